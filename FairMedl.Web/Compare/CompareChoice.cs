using FairMedl.Core.Experiments;
using FairMedl.Core.Fairness;
using FairMedl.Core.Reports;
using FairMedl.Web.Components.Controls;

namespace FairMedl.Web.Compare;

/// <summary>A run that is shown, with its place in the address and its style.</summary>
public sealed record ShownRun(RunKey Key, Run Run, SeriesStyle Style);

/// <summary>
/// An address held against the studies it speaks of: a run that is not there, or that predicts something of another kind
/// than the baseline, is told and left out, so that everything below can rely on its runs.
/// </summary>
public sealed class CompareChoice
{
    /// <summary>Holds the address against the results of its studies; a study that is gone has none.</summary>
    public CompareChoice(CompareAddress address, IReadOnlyDictionary<int, StudyResults> studies)
    {
        Address = address;
        RunKey[] there = [.. address.Runs.Where(k => studies.TryGetValue(k.Study, out StudyResults? r) && r.Audits.Any(a => a.Model == k.Model && a.Seed is null))];
        var left = new List<string>();
        foreach (RunKey key in address.Runs.Except(there))
            left.Add(studies.ContainsKey(key.Study) ? $"{ResultNames.Model(key.Model)} has no finished fit in study {key.Study}." : $"Study {key.Study} is gone, or has no finished fit: {ResultNames.Model(key.Model)} is left out.");
        HasMixed = there.Any(k => studies[k.Study].Audits.Any(a => a.Model == k.Model && a.Head == Head.MixedEffects));
        HasUnseen = there.Any(k => studies[k.Study].Audits.Any(a => a.Model == k.Model && a.Split == Split.Unseen));
        Split = HasUnseen ? address.Split : Split.Seen;
        Head = HasMixed ? address.Head ?? StudyResults.MainHead(Split) : Head.FixedEffects;
        bool several = there.Select(k => k.Study).Distinct().Count() > 1;
        Run[] runs = [.. there.Select(k => Of(k, studies[k.Study], several, there))];
        ShownRun[] shown = [.. there.Zip(runs, RunStyles.Of(there)).Select(r => new ShownRun(r.First, r.Second, r.Third))];
        Baseline = shown.FirstOrDefault(r => r.Key == address.Baseline) ?? shown.FirstOrDefault();
        foreach (ShownRun other in shown.Where(r => r.Run.IsClassification != Baseline!.Run.IsClassification))
            left.Add($"{other.Run.Name} predicts {(other.Run.IsClassification ? "a class" : "a number")} and the baseline does not: their metrics are others, and it is left out.");
        Runs = [.. shown.Where(r => r.Run.IsClassification == Baseline!.Run.IsClassification)];
        Left = left;
        Attributes = [.. Baseline?.Run.On(Split)?.Attributes.Select(a => a.Attribute) ?? []];
        bool classes = Baseline?.Run.IsClassification ?? true;
        Spreads = [.. MetricDescriptions.Of(MetricScope.Attribute, classes)];
        Spread = Spreads.FirstOrDefault(s => s.Id == address.Spread) ?? Spreads[0];
        Rates = [.. MetricDescriptions.Of(MetricScope.Group, classes)];
        Rate = Rates.FirstOrDefault(r => r.Id == address.Rate) ?? Rates[0];
        Attribute = Attributes.FirstOrDefault(a => a == address.Attribute)
            ?? Attributes.MaxBy(a => Baseline!.Run.Read(Split, a, Spreads[0].Id).Value ?? double.MinValue)
            ?? "";
    }

    /// <summary>The address as it was asked for.</summary>
    public CompareAddress Address { get; }

    /// <summary>The runs that are shown, the baseline among them.</summary>
    public IReadOnlyList<ShownRun> Runs { get; }

    /// <summary>What the others are held against; null without runs.</summary>
    public ShownRun? Baseline { get; }

    /// <summary>The runs besides the baseline.</summary>
    public IReadOnlyList<ShownRun> Others => [.. Runs.Where(r => r != Baseline)];

    /// <summary>What is left out, and why, in sentences.</summary>
    public IReadOnlyList<string> Left { get; }

    /// <summary>Which head.</summary>
    public Head Head { get; }

    /// <summary>Whether a run has mixed effects.</summary>
    public bool HasMixed { get; }

    /// <summary>Seen or unseen clusters.</summary>
    public Split Split { get; }

    /// <summary>Whether a run has unseen clusters.</summary>
    public bool HasUnseen { get; }

    /// <summary>The baseline's attributes.</summary>
    public IReadOnlyList<string> Attributes { get; }

    /// <summary>The attribute that is shown.</summary>
    public string Attribute { get; }

    /// <summary>The spreads and differences of the task.</summary>
    public IReadOnlyList<MetricDescription> Spreads { get; }

    /// <summary>The spread on the scatter's axis.</summary>
    public MetricDescription Spread { get; }

    /// <summary>The numbers of one group that the task has.</summary>
    public IReadOnlyList<MetricDescription> Rates { get; }

    /// <summary>What is shown by group.</summary>
    public MetricDescription Rate { get; }

    /// <summary>Which runs predict better by the head that is not shown, a sentence each.</summary>
    public IReadOnlyList<string> OtherHeads =>
        [.. Runs.Select(r => OtherHeadSentence.Of(r.Run.Results, r.Key.Model, r.Run.Head, Split, r.Run.Name)).OfType<string>()];

    /// <summary>Each other run that cannot be tested against the baseline, and why.</summary>
    public IReadOnlyList<string> Unpaired => [.. Others.Select(o => Untested(Baseline!.Run, o.Run)).OfType<string>()];

    private string? Untested(Run baseline, Run other) =>
        RunPairing.Of(baseline, other).Obstacle is { } obstacle ? $"{other.Name} is not paired with the baseline: {obstacle}."
        : PairedTestTable.Of(baseline, other, Split) is not { } table ? $"{other.Name} has too few seeds and folds in common with the baseline for a paired test."
        : table.Rows.All(r => !r[3].IsNumber) ? $"{other.Name} gives the same numbers as the baseline in every seed and fold: there is nothing to test."
        : null;

    private Run Of(RunKey key, StudyResults results, bool several, RunKey[] all)
    {
        Head head = Head == Head.MixedEffects && results.Audits.Any(a => a.Model == key.Model && a.Head == Head.MixedEffects) ? Head.MixedEffects : Head.FixedEffects;
        string name = ResultNames.Model(key.Model, head);
        // The study's name tells runs of several studies apart; its number too where two studies have one name.
        if (several) name += all.Where(k => k.Model == key.Model).Count() > 1 ? FormattableString.Invariant($", study {key.Study}") : "";
        return new Run(name, results, key.Model, head);
    }
}
