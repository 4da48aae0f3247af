using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Runs;

/// <summary>Order of models and attributes in a report, the same as on the results page.</summary>
internal static class ReportOrder
{
    /// <summary>
    /// Ids of the models that have results: the baseline of the main comparison, the model compared with it, then the others in the
    /// study's order.
    /// </summary>
    public static IReadOnlyList<string> Models(StudyResults results)
    {
        StudyDefinition definition = results.Header.Definition;
        string[] models = [.. definition.Models.Select(m => m.Model).Distinct()
            .Where(m => results.Audits.Any(a => a.Model == m && a.Seed is null))];
        StudyComparison? main = StudyComparison.Main(definition, models);
        string? baseline = main?.Baseline ?? models.FirstOrDefault(m => ModelCatalogue.Find(m) is { Debiasing: Debiasing.None });
        string? compared = StudyComparison.Of(definition).FirstOrDefault(c => c.Baseline == baseline && models.Contains(c.Fair))?.Fair;
        return [.. models.OrderBy(m => m == baseline ? 0 : m == compared ? 1 : 2)];
    }

    /// <summary>The study's attributes, widest spread of the baseline first.</summary>
    public static IReadOnlyList<string> Attributes(StudyResults results)
    {
        string[] attributes = [.. results.Header.Definition.Data.Sensitive.Select(s => s.Column)];
        if (Baseline(results) is not { } audit) return attributes;
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        return [.. AttributeOrder.Of(audit.Audit, RunComparison.MainSpread(classification)).Where(attributes.Contains).Union(attributes)];
    }

    /// <summary>The baseline's audit by its main head, on seen clusters where there are any; null before the first result.</summary>
    /// <param name="results">The study.</param>
    /// <param name="split">Seen or unseen clusters; null = the first that has results.</param>
    public static AuditResult? Baseline(StudyResults results, Split? split = null)
    {
        if (Models(results) is not [var baseline, ..]) return null;
        return (split is { } one ? [one] : Enum.GetValues<Split>())
            .Select(s => results.Find(baseline, StudyResults.MainHead(baseline, s), s)).FirstOrDefault(a => a is not null);
    }
}
