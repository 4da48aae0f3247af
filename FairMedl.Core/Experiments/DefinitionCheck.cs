using FairMedl.Core.Data;
using FairMedl.Core.Models;
using FairMedl.Core.Training;

namespace FairMedl.Core.Experiments;

/// <summary>Checks everything in a definition that needs no data.</summary>
internal static class DefinitionCheck
{
    private const int MostSeeds = 1000;

    /// <summary>What each requested model is fitted with, in the definition's order; incomplete where there are faults.</summary>
    public static IReadOnlyList<FitSpecification> Specifications(ExperimentDefinition definition, out List<InputFault> faults)
    {
        faults = [];
        if (definition.FormatVersion != 1)
            faults.Add(new InputFault($"This version reads definitions of format 1, not {definition.FormatVersion}.", "Use a newer FairMedl, or write the definition anew.", Path: "$.formatVersion"));
        if (string.IsNullOrWhiteSpace(definition.Name)) faults.Add(new InputFault("The study has no name.", "Give it one.", Path: "$.name"));
        CheckProtocol(definition.Protocol, faults);

        Preset? preset = Preset.Find(definition.Preset);
        if (preset is null)
            faults.Add(new InputFault($"There is no preset '{definition.Preset}'.", $"Choose one of {string.Join(", ", Preset.All.Select(p => p.Id))}.", Path: "$.preset"));
        if (definition.Models.Count == 0) faults.Add(new InputFault("No model is asked for.", $"Name at least one of {ModelNames()}.", Path: "$.models"));

        var specifications = new List<FitSpecification>();
        for (int m = 0; m < definition.Models.Count; m++)
        {
            string id = definition.Models[m].Model;
            if (ModelCatalogue.Find(id) is not { } kind)
                faults.Add(new InputFault($"There is no model '{id}'.", $"Choose from {ModelNames()}.", Path: $"$.models[{m}].model"));
            else if (definition.Models.Take(m).Any(other => other.Model == id))
                faults.Add(new InputFault($"The model '{id}' is asked for twice.", "Ask for it once; compare settings of one model in two studies.", Path: $"$.models[{m}].model"));
            else if (preset is not null && SettingOverlay.Resolve(kind, preset, definition, m, faults) is { } specification)
            {
                specifications.Add(specification);
                if (kind is { ClusterAdversary: true, RandomEffects: false } && specification.Model.LambdaG == 0)
                    faults.Add(new InputFault($"'{kind.Name}' without a cluster adversary is another model.", "Give lambdaG a weight, or ask for the model without the adversary.", Path: $"$.models[{m}]"));
                if (Unfair(specification, definition))
                    faults.Add(new InputFault($"'{kind.Name}' has nothing that makes it fair: the weights of its debiasing terms are all 0.", "Give lambdaFe, lambdaMe or lambdaS a weight, or ask for the model without debiasing.", Path: $"$.models[{m}]"));
            }
        }

        faults = [.. faults.Distinct()];
        CheckAttributeNames(definition, specifications, faults);
        return specifications;
    }

    private static void CheckProtocol(ProtocolSpecification protocol, List<InputFault> faults)
    {
        if (protocol.Folds is < 2 or > 50)
            faults.Add(new InputFault("The number of folds must lie between 2 and 50.", "Ten is usual.", Value: $"{protocol.Folds}", Path: "$.protocol.folds"));
        if (protocol.FoldsToRun is { } run && (run < 1 || run > protocol.Folds))
            faults.Add(new InputFault($"foldsToRun must lie between 1 and the number of folds, {protocol.Folds}.", "Leave it out to run all folds.", Value: $"{run}", Path: "$.protocol.foldsToRun"));
        if (protocol.Seeds.Count is 0 or > MostSeeds)
            faults.Add(new InputFault($"Between 1 and {MostSeeds} seeds are needed.", "One for a look, ten for a study.", Path: "$.protocol.seeds"));
        if (protocol.Seeds.Distinct().Count() != protocol.Seeds.Count)
            faults.Add(new InputFault("A seed is named twice: its fits would be the same.", "Name each seed once.", Path: "$.protocol.seeds"));
    }

    private static void CheckAttributeNames(ExperimentDefinition definition, List<FitSpecification> specifications, List<InputFault> faults)
    {
        // Without any, that is the fault to tell (Data does): what a setting names cannot be among them.
        if (definition.Data.Sensitive.Count == 0) return;
        HashSet<string> attributes = [.. definition.Data.Sensitive.Select(s => s.Column)];
        IEnumerable<string> named = specifications.SelectMany(s => s.Model.AttributeFactors.Keys.Concat(s.Model.GroupWeightExponents.Keys)).Distinct();
        foreach (string name in named.Where(n => !attributes.Contains(n)))
            faults.Add(new InputFault($"A setting names the attribute '{name}', which is not among the sensitive columns.", $"The sensitive columns are {string.Join(", ", attributes)}.", Path: "$.settings"));
    }

    private static bool Unfair(FitSpecification s, ExperimentDefinition definition) => s.Kind.Debiasing switch
    {
        Debiasing.None => false,
        Debiasing.Adversary when definition.Data.Sensitive.Count > 0 && definition.Data.Sensitive.All(a => s.Model.AttributeFactors.GetValueOrDefault(a.Column, 1) == 0) => true,
        Debiasing.Adversary => s.Model.LambdaFe == 0 && (!s.Kind.RandomEffects || s.Model.LambdaMe == 0),
        Debiasing.Correlation => s.Model.LambdaS == 0,
    };

    private static string ModelNames() => string.Join(", ", ModelCatalogue.All.Select(m => m.Id));
}
