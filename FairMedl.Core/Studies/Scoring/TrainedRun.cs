using FairMedl.Core.Data;
using FairMedl.Core.Data.NewFiles;
using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Studies.Scoring;

/// <summary>One model of a study with everything that its fits learned: folds and seeds, which predict together.</summary>
/// <param name="Definition">The study's definition.</param>
/// <param name="Models">The fits' models, all of one kind, in the plan's order.</param>
public sealed record TrainedRun(StudyDefinition Definition, IReadOnlyList<TrainedModel> Models)
{
    /// <summary>Fits that are done but have no model to predict with, each with its reason.</summary>
    public IReadOnlyList<string> Lacking { get; init; } = [];

    /// <summary>Kind of model.</summary>
    public ModelKind Kind => Models[0].Specification.Kind;

    /// <summary>The heads that it has.</summary>
    public IReadOnlyList<Head> Heads => Kind.RandomEffects ? [Head.FixedEffects, Head.MixedEffects] : [Head.FixedEffects];

    /// <summary>What a new file must have.</summary>
    public BatchSchema Schema
    {
        get
        {
            TrainedModel first = Models[0];
            return new BatchSchema
            {
                Data = Definition.Data,
                Groups = [.. first.Attributes.Select(a => a.GroupNames)],
                Clusters = first.Clusters,
                TargetLevels = first.TargetLevels,
                Features = [.. first.Encoder.Features.Select((f, i) =>
                {
                    if (f.Levels is null) return new BatchFeature(f.Column, null, f.Attribute);
                    string[] levels = [.. Models.SelectMany(m => m.Encoder.Features[i].Levels!).Distinct(StringComparer.Ordinal)];
                    return new BatchFeature(f.Column, levels, f.Attribute) { PartlyKnown =
                        [.. levels.Where(l => FitsKnowing(f.Column, l) < Models.Count)] };
                })],
            };
        }
    }

    /// <summary>Returns the number of fits whose training rows contain a level of a feature.</summary>
    public int FitsKnowing(string column, string level) =>
        Models.Count(m => m.Encoder.Features.First(f => f.Column == column).Levels!.Contains(level));

    /// <summary>"10 fits (10 folds, seed 1)".</summary>
    public string Members
    {
        get
        {
            ulong[] seeds = [.. Models.Select(m => m.Key.Seed).Distinct()];
            int folds = Models.Select(m => m.Key.Fold).Distinct().Count();
            string ofFolds = folds == 1 ? "1 fold" : FormattableString.Invariant($"{folds} folds");
            string ofSeeds = seeds.Length == 1
                ? FormattableString.Invariant($"seed {seeds[0]}") : FormattableString.Invariant($"{seeds.Length} seeds");
            return FormattableString.Invariant($"{Models.Count} {(Models.Count == 1 ? "fit" : "fits")} ({ofFolds}, {ofSeeds})");
        }
    }

    /// <summary>Refuses what cannot predict new rows.</summary>
    /// <exception cref="InputException">There is no model, or the study has probes.</exception>
    public static TrainedRun Of(StudyDefinition definition, IReadOnlyList<TrainedModel> models)
    {
        if (models.Count == 0)
            throw new InputException(new InputFault("No fit of this model has finished.",
                "Wait until a fit finishes, or queue the study again."));
        if (models.Any(m => m.Specification.Kind.Id != models[0].Specification.Kind.Id))
            throw new ArgumentException("The models are of several kinds.", nameof(models));
        if (models.Any(m => m.Encoder.Features.Any(f => f.IsProbe)))
        {
            throw new InputException(new InputFault("The study uses confounding probes, which are extra features " +
                "that no data file contains.", "Queue the study again without probes.", Path: "$.protocol.probes"));
        }

        return new TrainedRun(definition, models);
    }
}
