using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Definition;

namespace FairMedl.Core.Reports.Runs;

/// <summary>
/// A fair model and its baseline: the unmitigated counterpart where the study has it (MEDL for Fair(ADB) MEDL, as in the paper),
/// so that the models differ in debiasing only; else the first model without debiasing.
/// </summary>
/// <param name="Baseline">The id of the model without debiasing.</param>
/// <param name="Fair">The fair model's id.</param>
public sealed record StudyComparison(string Baseline, string Fair)
{
    /// <summary>
    /// The main comparison of a study, on pages and in reports alike: the full model and its baseline where the
    /// study has it, else the first; null where no fair model has a baseline.
    /// </summary>
    /// <param name="definition">The study.</param>
    /// <param name="models">The models to choose from; null = all.</param>
    public static StudyComparison? Main(StudyDefinition definition, IReadOnlyCollection<string>? models = null)
    {
        StudyComparison[] pairs = [.. Of(definition).Where(c => models is null
            || (models.Contains(c.Baseline) && models.Contains(c.Fair)))];
        return pairs.FirstOrDefault(c => c.Fair == "fair-adb-medl") ?? pairs.FirstOrDefault();
    }

    /// <summary>
    /// The baseline of a study's performance table: that of its main comparison, else the first model without
    /// debiasing; null where there is none.
    /// </summary>
    public static string? BaselineOf(StudyDefinition definition) => Main(definition)?.Baseline ?? FirstUnfair(definition);

    /// <summary>One comparison per fair model, in the definition's order; none where every model is debiased.</summary>
    public static IReadOnlyList<StudyComparison> Of(StudyDefinition definition)
    {
        ModelKind[] kinds = Kinds(definition);
        if (FirstUnfair(definition) is not { } baseline) return [];
        return kinds
            .Where(k => k.Debiasing != Debiasing.None)
            .Select(fair => new StudyComparison(kinds.FirstOrDefault(k => SameNetwork(k, fair))?.Id ?? baseline, fair.Id))
            .ToArray();
    }

    private static string? FirstUnfair(StudyDefinition definition) =>
        Kinds(definition).FirstOrDefault(k => k.Debiasing == Debiasing.None)?.Id;

    private static bool SameNetwork(ModelKind unfair, ModelKind fair) =>
        unfair.Debiasing == Debiasing.None
        && unfair.ClusterAdversary == fair.ClusterAdversary
        && unfair.RandomEffects == fair.RandomEffects
        && unfair.ClusterAsInput == fair.ClusterAsInput;

    private static ModelKind[] Kinds(StudyDefinition definition) =>
        definition.Models.Select(m => ModelCatalogue.Find(m.Model)).OfType<ModelKind>().Distinct().ToArray();
}
