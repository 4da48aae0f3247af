using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Fairness;

namespace FairMedl.Core.Reports;

/// <summary>A model of a study, by one head: what is compared with others across studies.</summary>
/// <param name="Name">How it is called among the runs that it is compared with.</param>
/// <param name="Results">Its study's numbers.</param>
/// <param name="Model">The model's id.</param>
/// <param name="Head">By which head.</param>
public sealed record Run(string Name, StudyResults Results, string Model, Head Head)
{
    /// <summary>Whether it predicts a class.</summary>
    public bool IsClassification => Results.Header.Definition.Data.Target.Task == PredictionTask.Classification;

    /// <summary>Its numbers over all seeds; null where it has none on this split.</summary>
    public SplitAudit? On(Split split) => Results.Find(Model, Head, split)?.Audit;

    /// <summary>Its numbers for an attribute; null where it has none.</summary>
    public AttributeAudit? On(Split split, string attribute) => On(split)?.Attributes.FirstOrDefault(a => a.Attribute == attribute);

    /// <summary>Whether an attribute has the same groups in both runs; brackets may be cut elsewhere. A spread over other groups is no better or worse.</summary>
    public static bool HaveSameGroups(Run first, Run second, Split split, string attribute) =>
        first.On(split, attribute) is { } a && second.On(split, attribute) is { } b && a.Groups.Select(g => g.Group).SequenceEqual(b.Groups.Select(g => g.Group));

    /// <summary>Why a run's number, of an attribute or of all rows (null), is neither better nor worse than the baseline's: it rests on other data or other groups than that. Null where it can be.</summary>
    public static string? Incomparable(Run baseline, Run run, Split split, string? attribute) =>
        run.Results.Header.DataHash != baseline.Results.Header.DataHash ? OtherData
        : attribute is not null && run.On(split, attribute) is not null && !HaveSameGroups(baseline, run, split, attribute) ? "other groups"
        : null;

    /// <summary>What <see cref="Incomparable"/> says of runs of two data sets.</summary>
    public const string OtherData = "other data";

    /// <summary>A number of an attribute, or why there is none.</summary>
    public Estimate Read(Split split, string attribute, string metric) =>
        On(split, attribute) is { } audit ? MetricDescriptions.Read(audit, metric) : Estimate.None(Missing(split, attribute));

    /// <summary>An overall number, or why there is none.</summary>
    public Estimate Read(Split split, string metric) => On(split) is { } audit ? MetricDescriptions.Read(audit, metric) : Estimate.None(Missing(split, null));

    /// <summary>A number of one group, or why there is none.</summary>
    public Estimate Read(Split split, string attribute, string group, string metric) =>
        On(split, attribute) is not { } audit ? Estimate.None(Missing(split, attribute))
        : audit.Groups.FirstOrDefault(g => g.Group == group) is { } found ? MetricDescriptions.Read(found, metric)
        : Estimate.None("no such group");

    private string Missing(Split split, string? attribute) => On(split) is null ? $"no {ResultNames.Long(split)}" : $"{attribute} is not audited";
}
