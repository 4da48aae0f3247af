using System.Globalization;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Web.Components.Addresses;

/// <summary>A model of a study, as the address names it: "3.medl".</summary>
/// <param name="Study">The study's number.</param>
/// <param name="Model">The model's id.</param>
public readonly record struct RunKey(int Study, string Model)
{
    /// <summary>Reads "3.medl"; null where the text is no run.</summary>
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
/// The state of the compare page, as its address holds it. Defaults are left out; a part that cannot be read falls back to its
/// default.
/// </summary>
public sealed record CompareAddress
{
    /// <summary>The page's path.</summary>
    public const string Path = "/compare";

    /// <summary>The most runs that are compared at once.</summary>
    public const int MostRuns = 12;

    /// <summary>The chosen runs, in the order in which they were chosen.</summary>
    public IReadOnlyList<RunKey> Runs { get; init; } = [];

    /// <summary>The run that the others are compared with; null = the first.</summary>
    public RunKey? Baseline { get; init; }

    /// <summary>With or without cluster effects; a model without random effects always shows its fixed effects. Null = the split's own (<see cref="StudyResults.MainHead(Split)"/>).</summary>
    public Head? Head { get; init; }

    /// <summary>Seen or unseen clusters.</summary>
    public Split Split { get; init; }

    /// <summary>The attribute; null = all.</summary>
    public string? Attribute { get; init; }

    /// <summary>The fairness metric; null = the task's first.</summary>
    public string? Spread { get; init; }

    /// <summary>The metric by group; null = the task's first.</summary>
    public string? Rate { get; init; }

    /// <summary>The groups that the spreads count; null = as the baseline's study says.</summary>
    public CountedGroups? Counted { get; init; }

    /// <summary>The address of some runs, the first of them the baseline.</summary>
    public static string Of(params IEnumerable<RunKey> runs) => new CompareAddress { Runs = [.. runs.Distinct()] }.ToUri();

    /// <summary>The same page with more runs, up to <see cref="MostRuns"/>.</summary>
    public CompareAddress With(params IEnumerable<RunKey> runs)
    {
        RunKey[] all = [.. Runs.Concat(runs).Distinct().Take(MostRuns)];
        return all.Length == Runs.Count ? this : this with { Runs = all };
    }

    /// <summary>The same page without a run.</summary>
    public CompareAddress Without(RunKey run) => this with { Runs = [.. Runs.Where(r => r != run)], Baseline = Baseline == run ? null : Baseline };

    /// <summary>The address.</summary>
    public string ToUri() => new PageQuery()
        .Add("runs", Runs.Select(r => r.ToString()))
        .Add("baseline", Runs.Count > 0 && Baseline == Runs[0] ? null : Baseline?.ToString())
        .Add("head", Head is { } head ? ResultNames.Id(head) : null)
        .Add("split", Split == Split.Seen ? null : ResultNames.Id(Split))
        .Add("attribute", Attribute)
        .Add("count", Counted is { } counted ? Word(counted) : null)
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
            Counted = query.Choice<CountedGroups>("count", Word),
            Spread = query.One("spread"),
            Rate = query.One("rate"),
        };
    }

    private static string Word(CountedGroups counted) => counted.ToString().ToLowerInvariant();
}
