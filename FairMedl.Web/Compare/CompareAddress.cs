using System.Globalization;
using FairMedl.Core.Experiments;
using FairMedl.Core.Reports;
using FairMedl.Web.Components;

namespace FairMedl.Web.Compare;

/// <summary>A model of a study, as the address names it: "3.medl".</summary>
/// <param name="Study">The study's number.</param>
/// <param name="Model">The model's id.</param>
public readonly record struct RunKey(int Study, string Model)
{
    /// <summary>Reads "3.medl"; null where it is nothing of the kind.</summary>
    public static RunKey? Parse(string text)
    {
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && dot < text.Length - 1 && int.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out int study)
            ? new RunKey(study, text[(dot + 1)..])
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Study}.{Model}");
}

/// <summary>
/// What the page of comparisons shows, as it stands in the address bar. What is at its default is left out; what cannot be
/// read falls back to the default.
/// </summary>
public sealed record CompareAddress
{
    /// <summary>The page's path.</summary>
    public const string Path = "/compare";

    /// <summary>More runs than these nobody can tell apart.</summary>
    public const int MostRuns = 12;

    /// <summary>The chosen runs, in the order in which they were chosen.</summary>
    public IReadOnlyList<RunKey> Runs { get; init; } = [];

    /// <summary>What the others are held against; null = the first.</summary>
    public RunKey? Baseline { get; init; }

    /// <summary>Which head; a model without random effects shows its fixed effects under either. Null = the split's own (<see cref="StudyResults.MainHead(Split)"/>).</summary>
    public Head? Head { get; init; }

    /// <summary>Seen or unseen clusters.</summary>
    public Split Split { get; init; }

    /// <summary>The attribute; null = the one with the widest spread under the baseline.</summary>
    public string? Attribute { get; init; }

    /// <summary>The spread on the scatter's axis; null = the task's first.</summary>
    public string? Spread { get; init; }

    /// <summary>The rate by group; null = the task's first.</summary>
    public string? Rate { get; init; }

    /// <summary>The address of some runs, the first of them the baseline.</summary>
    public static string Of(params IEnumerable<RunKey> runs) => new CompareAddress { Runs = [.. runs.Distinct()] }.ToUri();

    /// <summary>The same page with one run more.</summary>
    public CompareAddress With(RunKey run) => Runs.Contains(run) || Runs.Count >= MostRuns ? this : this with { Runs = [.. Runs, run] };

    /// <summary>The same page without a run.</summary>
    public CompareAddress Without(RunKey run) => this with { Runs = [.. Runs.Where(r => r != run)], Baseline = Baseline == run ? null : Baseline };

    /// <summary>The address.</summary>
    public string ToUri() => new PageQuery()
        .Add("runs", Runs.Select(r => r.ToString()))
        .Add("baseline", Runs.Count > 0 && Baseline == Runs[0] ? null : Baseline?.ToString())
        .Add("head", Head is { } head ? ResultNames.Id(head) : null)
        .Add("split", Split == Split.Seen ? null : ResultNames.Id(Split))
        .Add("attribute", Attribute)
        .Add("spread", Spread)
        .Add("rate", Rate)
        .On(Path);

    /// <summary>Reads the query of an address.</summary>
    public static CompareAddress Parse(string uri)
    {
        PageQuery query = PageQuery.Of(uri);
        return new CompareAddress
        {
            Runs = [.. query.List("runs").Select(RunKey.Parse).OfType<RunKey>().Distinct().Take(MostRuns)],
            Baseline = query.One("baseline") is { } baseline ? RunKey.Parse(baseline) : null,
            Head = query.Choice<Head>("head", ResultNames.Id),
            Split = query.Choice<Split>("split", ResultNames.Id) ?? Split.Seen,
            Attribute = query.One("attribute"),
            Spread = query.One("spread"),
            Rate = query.One("rate"),
        };
    }
}
