using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Figures;

/// <summary>
/// A horizontal dot plot of one attribute: a row for each group with its size, a panel for each rate, a dot with its 95%
/// interval for each model. Groups that are too small to compare are faded and marked.
/// </summary>
/// <param name="Title">The caption.</param>
/// <param name="Models">Names of the models, in the order of each value list.</param>
/// <param name="Panels">Names of the rates, in the order of each row's values.</param>
/// <param name="Rows">The groups.</param>
/// <param name="Note">Note below the figure; null = none.</param>
public sealed record GroupFigure(string Title, IReadOnlyList<string> Models, IReadOnlyList<string> Panels,
    IReadOnlyList<GroupFigureRow> Rows, string? Note) : IReportFigure
{
    /// <summary>The look of each model, in the order of <see cref="Models"/>.</summary>
    public required IReadOnlyList<ModelStyle> Styles { get; init; }

    /// <summary>Maximum number of groups that fit a page; of more, the extremes are shown.</summary>
    public const int MostRows = 15;

    /// <summary>An attribute's groups under some models, each by its main head; null where none of the models has an audit.</summary>
    /// <param name="results">The study.</param>
    /// <param name="attribute">The attribute's name.</param>
    /// <param name="split">Seen or unseen clusters.</param>
    /// <param name="models">The models' ids, four at most.</param>
    public static GroupFigure? Of(StudyResults results, string attribute, Split split, IReadOnlyList<string> models)
    {
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        string[] metrics = [.. MetricDescriptions.Main(MetricScope.Group, classification).Select(m => m.Id)];
        (string Model, string Name, AttributeAudit Audit)[] audits =
        [
            .. from model in models.Take(FigureMark.MostModels)
               let found = results.Find(model, StudyResults.MainHead(model, split), split)
               let audit = found?.Audit.Attributes.FirstOrDefault(a => a.Attribute == attribute)
               where audit is not null
               select (model, ResultNames.Model(found.Model, found.Head), audit),
        ];
        if (audits.Length == 0) return null;
        int minimum = audits[0].Audit.MinimumCount;
        GroupFigureRow[] rows = [.. audits[0].Audit.Groups.Select((group, g) => new GroupFigureRow(
            group.Group, group.N, classification
                ? group.Positives : null, classification ? group.Negatives : null, IsSmall(group, classification, minimum),
            [.. metrics.Select(m => (IReadOnlyList<Estimate>)[.. audits.Select(a => MetricDescriptions.Read(a.Audit.Groups[g], m))])]))];
        GroupFigureRow[] shown = Extremes(rows);
        string[] notes =
        [
            .. shown.Any(r => r.IsSmall)
                ? new[] { $"Faded and marked †: fewer than {minimum} {(classification ? "positives or negatives" : "rows")}, " +
                $"too few to compare{(audits[0].Audit.Leading == CountedGroups.Large ? " and left out of the spreads of that rate" : "")}." } : [],
            .. shown.Length < rows.Length
                ? new[] { $"The {MessageText.Count(shown.Length)} groups with the highest and lowest values of " +
                $"{MessageText.Count(rows.Length)}; the appendix lists all." } : [],
        ];
        string what = classification ? "True positive rate (TPR) and false positive rate (FPR)" : "Mean squared error (MSE)";
        return new GroupFigure(
            $"{what} by {attribute}, {ClusterWords.Of(results).Of(split)}, with 95% confidence intervals",
            [.. audits.Select(a => a.Name)],
            classification ? ["TPR", "FPR"] : ["MSE"],
            shown,
            notes.Length == 0 ? null : string.Join(' ', notes))
        { Styles = ModelStyle.OfRuns([.. audits.Select(a => a.Model)]) };
    }

    /// <inheritdoc/>
    public string ToSvg() => GroupFigureSvg.Write(this);

    /// <summary>Whether a group has too few rows for its rates to be compared.</summary>
    internal static bool IsSmall(GroupAudit group, bool classification, int minimum) =>
        (classification ? Math.Min(group.Positives, group.Negatives) : group.N) < minimum;

    /// <summary>
    /// All groups in their order; of too many the lowest and the highest by the first rate of the first model, large groups first.
    /// </summary>
    private static GroupFigureRow[] Extremes(GroupFigureRow[] rows)
    {
        if (rows.Length <= MostRows) return rows;
        GroupFigureRow[] ranked = [.. rows.Where(r => r.Values[0][0].Value is not null).OrderBy(r => r.IsSmall)
            .ThenBy(r => r.Values[0][0].Value)];
        GroupFigureRow[] large = [.. ranked.Where(r => !r.IsSmall)];
        GroupFigureRow[] pool = large.Length >= MostRows ? large : [.. ranked.Take(MostRows)];
        HashSet<GroupFigureRow> kept = [.. pool.Take((MostRows + 1) / 2), .. pool.TakeLast(MostRows / 2)];
        return [.. rows.Where(kept.Contains)];
    }
}

/// <summary>One group.</summary>
/// <param name="Group">Its name.</param>
/// <param name="N">Its rows.</param>
/// <param name="Positives">Its positives; null for a regression.</param>
/// <param name="Negatives">Its negatives; null for a regression.</param>
/// <param name="IsSmall">Whether it is too small to compare.</param>
/// <param name="Values">By panel, then by model.</param>
public sealed record GroupFigureRow(string Group, int N, int? Positives, int? Negatives, bool IsSmall,
    IReadOnlyList<IReadOnlyList<Estimate>> Values);
