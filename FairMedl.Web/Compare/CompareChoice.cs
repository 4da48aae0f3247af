using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Components.Charts.Series;

namespace FairMedl.Web.Compare;

/// <summary>A run that is shown, with its key in the address and its style.</summary>
public sealed record ShownRun(RunKey Key, Run Run, SeriesStyle Style);

/// <summary>
/// An address applied to the studies that it names. A run that does not exist, or that predicts another kind of target than the
/// baseline, is left out with a sentence, so that everything below can rely on its runs.
/// </summary>
public sealed class CompareChoice
{
    /// <summary>Applies the address to the results of its studies; a deleted study has none.</summary>
    public CompareChoice(CompareAddress address, IReadOnlyDictionary<int, StudyResults> studies)
    {
        Address = address;
        // Spreads are comparable over the same groups only: all studies follow the baseline's.
        IEnumerable<RunKey> baselines = address.Baseline is { } chosen ? address.Runs.OrderByDescending(k => k == chosen) : address.Runs;
        Own = baselines.Where(k => studies.ContainsKey(k.Study)).Select(k => studies[k.Study].Counted).FirstOrDefault();
        VersionsDiffer = address.Runs.Select(k => k.Study).Distinct().Any(id => studies.TryGetValue(id, out StudyResults? r) && CountedGroupsText.VersionsDiffer(r));
        Counted = VersionsDiffer ? address.Counted ?? Own : Own;
        studies = studies.ToDictionary(s => s.Key, s => s.Value.Counting(Counted));
        RunKey[] there = [.. address.Runs.Where(k => studies.TryGetValue(k.Study, out StudyResults? r) && r.Audits.Any(a => a.Model == k.Model && a.Seed is null))];
        var left = new List<string>();
        foreach (RunKey key in address.Runs.Except(there))
            left.Add(studies.ContainsKey(key.Study) ? $"{ResultNames.Model(key.Model)} has no finished fit in study {key.Study}." : $"Study {key.Study} was deleted or has no finished fit. {ResultNames.Model(key.Model)} is left out.");
        HasMixed = there.Any(k => studies[k.Study].Audits.Any(a => a.Model == k.Model && a.Head == Head.MixedEffects));
        HasUnseen = there.Any(k => studies[k.Study].Audits.Any(a => a.Model == k.Model && a.Split == Split.Unseen));
        Split = HasUnseen ? address.Split : Split.Seen;
        Head = HasMixed ? address.Head ?? StudyResults.MainHead(Split) : Head.FixedEffects;
        bool several = there.Select(k => k.Study).Distinct().Count() > 1;
        Run[] runs = [.. there.Select(k => Of(k, studies[k.Study], several, there))];
        ShownRun[] shown = [.. there.Zip(runs, RunStyles.Of(there)).Select(r => new ShownRun(r.First, r.Second, r.Third))];
        Baseline = shown.FirstOrDefault(r => r.Key == address.Baseline) ?? shown.FirstOrDefault();
        foreach (ShownRun other in shown.Where(r => r.Run.IsClassification != Baseline!.Run.IsClassification))
            left.Add($"{other.Run.Name} predicts {(other.Run.IsClassification ? "a class" : "a number")} and the baseline does not. Their metrics differ, so it is left out.");
        Runs = [.. shown.Where(r => r.Run.IsClassification == Baseline!.Run.IsClassification)];
        LeftOut = left;
        Attributes = [.. Baseline?.Run.On(Split)?.Attributes.Select(a => a.Attribute) ?? []];
        bool classes = Baseline?.Run.IsClassification ?? true;
        Spreads = [.. MetricDescriptions.Of(MetricScope.Attribute, classes)];
        Spread = Spreads.FirstOrDefault(s => s.Id == address.Spread) ?? Spreads[0];
        Rates = [.. MetricDescriptions.Of(MetricScope.Group, classes)];
        Rate = Rates.FirstOrDefault(r => r.Id == address.Rate) ?? Rates[0];
        Attribute = Attributes.FirstOrDefault(a => a == address.Attribute)
            ?? (Baseline?.Run.On(Split) is { } audit ? AttributeOrder.Opening(audit, RunComparison.MainSpread(classes)) : null)
            ?? "";
        Clusters = Baseline is null ? new ClusterWords("cluster", "clusters") : ClusterWords.Of(Baseline.Run.Results);
        Comparisons = [.. Others.Select(o => new RunComparison(Baseline!.Run, o.Run, Split))];
    }

    /// <summary>The address.</summary>
    public CompareAddress Address { get; }

    /// <summary>The runs that are shown, the baseline among them.</summary>
    public IReadOnlyList<ShownRun> Runs { get; }

    /// <summary>The run that the others are compared with; null without runs.</summary>
    public ShownRun? Baseline { get; }

    /// <summary>The runs besides the baseline.</summary>
    public IReadOnlyList<ShownRun> Others => [.. Runs.Where(r => r != Baseline)];

    /// <summary>The runs with the baseline first.</summary>
    public IReadOnlyList<ShownRun> BaselineFirst => Baseline is null ? [] : [Baseline, .. Others];

    /// <summary>Each other run against the baseline, in the order of <see cref="Others"/>.</summary>
    public IReadOnlyList<RunComparison> Comparisons { get; }

    /// <summary>Words formed from the baseline's cluster column.</summary>
    public ClusterWords Clusters { get; }

    /// <summary>Which runs are left out and why, a sentence each.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>The groups that the spreads count.</summary>
    public CountedGroups Counted { get; }

    /// <summary>The groups that the spreads count in the baseline's study.</summary>
    public CountedGroups Own { get; }

    /// <summary>Whether a group is too small for one of the two versions of the spreads, so that there is a choice.</summary>
    public bool VersionsDiffer { get; }

    /// <summary>The size from which a group of the baseline is large enough.</summary>
    public int MinimumGroup => Baseline?.Run.On(Split)?.Attributes.Select(a => a.MinimumCount).FirstOrDefault() ?? 0;

    /// <summary>The groups of the shown attributes that the baseline's spreads leave out, a sentence for each attribute.</summary>
    public IReadOnlyList<NumericText> GroupsLeftOut => Baseline is null ? [] : [.. CountedGroupsText.LeftOut(Baseline.Run.Results, Split, [.. Shown])];

    /// <summary>With or without cluster effects.</summary>
    public Head Head { get; }

    /// <summary>Whether a run has mixed effects.</summary>
    public bool HasMixed { get; }

    /// <summary>Seen or unseen clusters.</summary>
    public Split Split { get; }

    /// <summary>Whether a run has unseen clusters.</summary>
    public bool HasUnseen { get; }

    /// <summary>The baseline's attributes.</summary>
    public IReadOnlyList<string> Attributes { get; }

    /// <summary>Whether all attributes are shown.</summary>
    public bool IsAll => !Attributes.Contains(Address.Attribute);

    /// <summary>The attributes that are shown, the widest spread under the baseline first.</summary>
    public IReadOnlyList<string> Shown => IsAll
        ? Baseline?.Run.On(Split) is { } audit ? AttributeOrder.Of(audit, RunComparison.MainSpread(Baseline.Run.IsClassification)) : []
        : [Attribute];

    /// <summary>The attribute of figures that show one: the chosen one, otherwise the widest among groups large enough to judge.</summary>
    public string Attribute { get; }

    /// <summary>The spreads and differences of the task.</summary>
    public IReadOnlyList<MetricDescription> Spreads { get; }

    /// <summary>The spread on the scatter's axis.</summary>
    public MetricDescription Spread { get; }

    /// <summary>The numbers of one group that the task has.</summary>
    public IReadOnlyList<MetricDescription> Rates { get; }

    /// <summary>What is shown by group.</summary>
    public MetricDescription Rate { get; }

    /// <summary>Which runs predict better with or without their cluster effects than shown, a sentence each.</summary>
    public IReadOnlyList<NumericText> OtherHeads =>
        [.. Runs.Select(r => OtherHeadSentence.Of(r.Run.Results, r.Key.Model, r.Run.Head, Split, r.Run.Name)).OfType<NumericText>()];

    /// <summary>The style of a run.</summary>
    public SeriesStyle StyleOf(Run run) => Runs.First(r => r.Run == run).Style;

    /// <summary>Why a run has no paired test against the baseline, in a sentence; null where it has one.</summary>
    public string? Unpaired(ShownRun other) =>
        RunPairing.Of(Baseline!.Run, other.Run).Obstacle is { } obstacle ? $"{other.Run.Name} is not paired with the baseline: {obstacle}."
        : Comparisons.First(c => c.Compared == other.Run).Tests is null ? $"{other.Run.Name} has too few seeds and folds in common with the baseline for a paired test."
        : null;

    private Run Of(RunKey key, StudyResults results, bool several, RunKey[] all)
    {
        Head head = Head == Head.MixedEffects && results.Audits.Any(a => a.Model == key.Model && a.Head == Head.MixedEffects) ? Head.MixedEffects : Head.FixedEffects;
        string name = ResultNames.Model(key.Model, head);
        // The study's number distinguishes runs of one model.
        if (several) name += all.Where(k => k.Model == key.Model).Count() > 1 ? FormattableString.Invariant($", study {key.Study}") : "";
        return new Run(name, results, key.Model, head);
    }
}
