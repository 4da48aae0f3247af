using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Runs;

/// <summary>One head of a study's model: the unit of comparison across studies.</summary>
/// <param name="Name">Name among the compared runs.</param>
/// <param name="Results">Results of its study.</param>
/// <param name="Model">The model's id.</param>
/// <param name="Head">The head.</param>
public sealed record Run(string Name, StudyResults Results, string Model, Head Head)
{
    /// <summary>Whether it predicts a class.</summary>
    public bool IsClassification => Results.Header.Definition.Data.Target.Task == PredictionTask.Classification;

    /// <summary>Its numbers over all seeds; null where it has none on this split.</summary>
    public SplitAudit? On(Split split) => Results.Find(Model, Head, split)?.Audit;

    /// <summary>Its numbers for an attribute; null where it has none.</summary>
    public AttributeAudit? On(Split split, string attribute) => On(split)?.Attributes.FirstOrDefault(a => a.Attribute == attribute);

    /// <summary>
    /// Whether an attribute has the same groups in both runs; bins may differ between studies. Spreads over
    /// different groups cannot be compared.
    /// </summary>
    public static bool HaveSameGroups(Run first, Run second, Split split, string attribute) =>
        first.On(split, attribute) is { } a && second.On(split, attribute) is { } b
            && a.Groups.Select(g => g.Group).SequenceEqual(b.Groups.Select(g => g.Group));

    /// <summary>
    /// The reason why a run's value for an attribute (null = all rows) cannot be compared with the baseline's: other data, another
    /// target, other rows of the same file, or other groups. Null where it can be compared.
    /// </summary>
    public static string? Incomparable(Run baseline, Run run, Split split, string? attribute) =>
        run.Results.Header.DataHash != baseline.Results.Header.DataHash ? OtherData
        : !RunPairing.HaveSameTarget(baseline, run) ? OtherTarget
        : !RunPairing.HaveSameRows(baseline, run) ? OtherRows
        : attribute is not null && run.On(split, attribute) is not null && !HaveSameGroups(baseline, run, split, attribute) ? "other groups"
        : null;

    /// <summary>
    /// Whether the spreads of an attribute count other groups in the two runs, because their minimum group sizes differ.
    /// </summary>
    public static bool CountOtherGroups(Run baseline, Run run, Split split, string attribute) =>
        baseline.On(split, attribute) is { } a && run.On(split, attribute) is { } b && a.Minimum != b.Minimum;

    /// <summary>The reason that <see cref="Incomparable"/> gives for runs of two data sets.</summary>
    public const string OtherData = "other data";

    /// <summary>The reason that <see cref="Incomparable"/> gives for runs that predict different outcomes.</summary>
    public const string OtherTarget = "another target";

    /// <summary>The reason that <see cref="Incomparable"/> gives for runs over different rows of one file.</summary>
    public const string OtherRows = "other rows";

    /// <summary>The value of an attribute's metric, or the reason why it is undefined.</summary>
    public Estimate Read(Split split, string attribute, string metric) =>
        On(split, attribute) is { } audit ? MetricDescriptions.Read(audit, metric) : Estimate.None(Missing(split, attribute));

    /// <summary>The value of an overall metric, or the reason why it is undefined.</summary>
    public Estimate Read(Split split, string metric) =>
        On(split) is { } audit ? MetricDescriptions.Read(audit, metric) : Estimate.None(Missing(split, null));

    /// <summary>The value of a group's metric, or the reason why it is undefined.</summary>
    public Estimate Read(Split split, string attribute, string group, string metric) =>
        On(split, attribute) is not { } audit ? Estimate.None(Missing(split, attribute))
        : audit.Groups.FirstOrDefault(g => g.Group == group) is { } found ? MetricDescriptions.Read(found, metric)
        : Estimate.None("no such group");

    private string Missing(Split split, string? attribute) =>
        On(split) is null ? $"no {ResultNames.Long(split)}" : $"{attribute} is not audited";
}
