using FairMedl.Core.Data;
using FairMedl.Core.Fits;

namespace FairMedl.Core.Studies.Definition;

/// <summary>Checks everything in a definition that needs no data.</summary>
internal static class DefinitionCheck
{
    private const int MostSeeds = 1000, MostMinimum = 10_000;

    /// <summary>What each requested model is fitted with, in the definition's order; incomplete if there are errors.</summary>
    public static IReadOnlyList<FitSpecification> Specifications(StudyDefinition definition, out List<InputFault> faults)
    {
        faults = [];
        if (definition.FormatVersion != 1)
            faults.Add(new InputFault($"This version of FairMedl reads definition format 1, not {definition.FormatVersion}.",
                "Use a newer version of FairMedl, or create the definition again.", Path: "$.formatVersion"));
        if (string.IsNullOrWhiteSpace(definition.Name))
            faults.Add(new InputFault("The study has no name.", "Enter a name.", Path: "$.name"));
        CheckProtocol(definition.Protocol, faults);

        Preset? preset = Preset.Find(definition.Preset);
        if (preset is null)
            faults.Add(new InputFault($"There is no preset '{definition.Preset}'.",
                $"Choose one of {string.Join(", ", Preset.All.Select(p => p.Id))}.", Path: "$.preset"));
        if (definition.Models.Count == 0)
            faults.Add(new InputFault("The study has no models.", $"Choose at least one of {ModelNames()}.", Path: "$.models"));

        var specifications = new List<FitSpecification>();
        for (int m = 0; m < definition.Models.Count; m++)
        {
            string id = definition.Models[m].Model;
            if (ModelCatalogue.Find(id) is not { } kind)
                faults.Add(new InputFault($"There is no model '{id}'.", $"Choose from {ModelNames()}.", Path: $"$.models[{m}].model"));
            else if (definition.Models.Take(m).Any(other => other.Model == id))
                faults.Add(new InputFault($"The model '{id}' is listed twice.",
                    "List each model once. To compare two settings of one model, create two studies.", Path: $"$.models[{m}].model"));
            else if (preset is not null && SettingOverlay.Resolve(kind, preset, definition, m, faults) is { } specification)
            {
                specifications.Add(specification);
                if (kind is { ClusterAdversary: true, RandomEffects: false } && specification.Model.LambdaG == 0)
                    faults.Add(new InputFault($"'{kind.Name}' needs a cluster adversary, but the weight lambdaG is 0.",
                        "Set lambdaG above 0, or choose the model without the adversary.", Path: $"$.models[{m}]"));
                if (Unfair(specification, definition))
                    faults.Add(new InputFault($"'{kind.Name}' has no debiasing: the weights of its debiasing terms are all 0.",
                        "Set lambdaFe, lambdaMe or lambdaS above 0, or choose the model without debiasing.", Path: $"$.models[{m}]"));
            }
        }

        if (definition.Protocol.ValidationFold == false && specifications.FirstOrDefault(s => s.Training.ReadsValidation) is { } reader)
            faults.Add(new InputFault($"A hyperparameter of '{reader.Kind.Name}' reads the validation fold, but no fold is held out for " +
                "validation.", "Set validationFold to true, or set epochSelection to last and thresholdRows to training.",
                Path: "$.protocol.validationFold"));
        if (definition.Protocol.Folds == 2
            && (definition.Protocol.ValidationFold == true || specifications.Any(s => s.Training.ReadsValidation)))
            faults.Add(new InputFault("With two folds there is no fold for validation.", "Use at least three folds.", Path: "$.protocol.folds"));
        faults = [.. faults.Distinct()];
        CheckAttributeNames(definition, specifications, faults);
        return specifications;
    }

    /// <summary>Whether a fold is held out for validation: as the definition says, else as the preset and the hyperparameters need.</summary>
    public static bool HoldsOutValidation(StudyDefinition definition, IReadOnlyList<FitSpecification> specifications) =>
        definition.Protocol.ValidationFold
        ?? (Preset.Find(definition.Preset) is { KeepsValidationFold: true } || specifications.Any(s => s.Training.ReadsValidation));

    private static void CheckProtocol(ProtocolSpecification protocol, List<InputFault> faults)
    {
        if (protocol.Folds is < 2 or > 50)
            faults.Add(new InputFault("The number of folds must be between 2 and 50.", "Ten folds are usual.", Value: $"{protocol.Folds}",
                Path: "$.protocol.folds"));
        if (protocol.FoldsToRun is { } run && (run < 1 || run > protocol.Folds))
            faults.Add(new InputFault($"'foldsToRun' must be between 1 and the number of folds, {protocol.Folds}.",
                "Omit it to run all folds.", Value: $"{run}", Path: "$.protocol.foldsToRun"));
        if (protocol.MinimumGroup is < 0 or > MostMinimum)
            faults.Add(new InputFault($"'minimumGroup' must be between 0 and {MostMinimum:N0}.",
                "Use 30, or 0 to count all groups in the spreads.", Value: $"{protocol.MinimumGroup}", Path: "$.protocol.minimumGroup"));
        if (protocol.Seeds.Count is 0 or > MostSeeds)
            faults.Add(new InputFault($"A study needs 1 to {MostSeeds} seeds.", "Use one seed for a quick check and ten for a full study.",
                Path: "$.protocol.seeds"));
        if (protocol.Seeds.Distinct().Count() != protocol.Seeds.Count)
            faults.Add(new InputFault("A seed is listed twice, which would repeat the same fits.", "List each seed once.",
                Path: "$.protocol.seeds"));
    }

    private static void CheckAttributeNames(StudyDefinition definition, List<FitSpecification> specifications, List<InputFault> faults)
    {
        // Without any, that is the fault to tell (Data does): what a setting names cannot be among them.
        if (definition.Data.Sensitive.Count == 0) return;
        HashSet<string> attributes = [.. definition.Data.Sensitive.Select(s => s.Column)];
        IEnumerable<string> named = specifications.SelectMany(s =>
            s.Model.AttributeFactors.Keys.Concat(s.Model.GroupWeightExponents.Keys)).Distinct();
        foreach (string name in named.Where(n => !attributes.Contains(n)))
            faults.Add(new InputFault($"A setting refers to the attribute '{name}', which is not a sensitive column.",
                $"The sensitive columns are {string.Join(", ", attributes)}.", Path: "$.settings"));
    }

    private static bool Unfair(FitSpecification s, StudyDefinition definition) => s.Kind.Debiasing switch
    {
        Debiasing.None => false,
        Debiasing.Adversary when definition.Data.Sensitive.Count > 0
            && definition.Data.Sensitive.All(a => s.Model.AttributeFactors.GetValueOrDefault(a.Column, 1) == 0) => true,
        Debiasing.Adversary => s.Model.LambdaFe == 0 && (!s.Kind.RandomEffects || s.Model.LambdaMe == 0),
        Debiasing.Correlation => s.Model.LambdaS == 0,
    };

    private static string ModelNames() => string.Join(", ", ModelCatalogue.All.Select(m => m.Id));
}
