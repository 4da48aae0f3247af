using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Counts;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Web.Results;

/// <summary>
/// An address applied to a study's results: what the results do not have (a model, an attribute, a split) is replaced by what they
/// have, so that every part of the page can rely on its choice.
/// </summary>
public sealed class ResultsChoice
{
    private readonly Lazy<RunComparison?> comparison;
    private readonly Lazy<NumericText?> noEffect;

    /// <summary>Applies the address to results without scores.</summary>
    public ResultsChoice(StudyResults results, ResultsAddress address) : this(new RecountedResults(new GatheredStudy(results, null)), address)
    {
    }

    /// <summary>Applies the address to the results.</summary>
    public ResultsChoice(RecountedResults study, ResultsAddress address)
    {
        Own = study.Gathered.Results.Counted;
        VersionsDiffer = CountedGroupsText.VersionsDiffer(study.Gathered.Results);
        Counted = VersionsDiffer ? address.Counted ?? Own : Own;
        StudyResults results = study.At(Split.Seen, null, null, Counted);
        Grid = study.Gathered.Scores?.Grid;
        Address = address;
        Task = results.Header.Definition.Data.Target.Task;
        Clusters = ClusterWords.Of(results);
        string[] requested = [.. results.Header.Definition.Models.Select(m => m.Model)];
        All = [.. requested.Where(m => results.Audits.Any(a => a.Model == m && a.Seed is null))];
        Waiting = [.. requested.Except(All)];
        HasUnseen = results.Audits.Any(a => a.Split == Split.Unseen && a.Seed is null);
        Split = address.Split == Split.Unseen && HasUnseen ? Split.Unseen : Split.Seen;
        HasMixed = All.Any(m => results.Find(m, Head.MixedEffects, Split) is not null);
        Results = results;
        Head = HasMixed ? address.Head ?? StudyResults.MainHead(Split) : Head.FixedEffects;
        Attributes = [.. results.Audits.Where(a => a.Seed is null).SelectMany(a => a.Audit.Attributes).Select(a => a.Attribute).Distinct()];
        Models = [.. All.Where(m => !address.Hidden.Contains(m))];
        if (Models.Count == 0) Models = All;
        StudyComparison? main = StudyComparison.Main(results.Header.Definition, Models);
        Baseline = Models.FirstOrDefault(m => m == address.Baseline)
            ?? main?.Baseline
            ?? Models.FirstOrDefault(m => ModelCatalogue.Find(m) is { Debiasing: Debiasing.None })
            ?? (Models.Count > 0 ? Models[0] : "");
        Compared = Others.FirstOrDefault(m => m == address.Compared)
            ?? StudyComparison.Of(results.Header.Definition).FirstOrDefault(c => c.Baseline == Baseline && Others.Contains(c.Fair))?.Fair
            ?? Others.FirstOrDefault(m => m == main?.Fair)
            ?? (Others.Count > 0 ? Others[0] : null);
        Chosen = Attributes.FirstOrDefault(a => a == address.Attribute)
            ?? Attributes.FirstOrDefault(a => a == StudySentence.AttributeOf(results, Baseline, Split, Head))
            ?? (Attributes.Count > 0 ? Attributes[0] : "");
        Intersectable = [.. Attributes.Where(a => a != Chosen && study.Gathered.Scores?.Intersection(Chosen, a) is not null)];
        With = Intersectable.FirstOrDefault(a => a == address.With);
        IsAll = With is null && !Attributes.Contains(address.Attribute);
        Attribute = With is null ? Chosen : IntersectionGroups.IntersectionName(Chosen, With);
        Results = study.At(Split, Grid is null ? null : address.Threshold, With is null ? null : (Chosen, With), Counted);
        Shown = !IsAll ? [Attribute] : [.. InOrder().Where(Attributes.Contains).Concat(Attributes).Distinct()];
        noEffect = new(() => Comparison is { } runs ? DebiasingSentence.Of(runs) : null);
        comparison = new(() => Compared is null ? null : RunComparison.Of(Results, Baseline, Compared, Split, Head));
        Spreads = [.. MetricDescriptions.Of(MetricScope.Attribute, IsClassification)];
        Spread = Spreads.FirstOrDefault(s => s.Id == address.Spread) ?? Spreads[0];
        Rates = [.. MetricDescriptions.Of(MetricScope.Group, IsClassification)];
        Rate = Rates.FirstOrDefault(r => r.Id == address.Rate) ?? Rates[0];
    }

    /// <summary>The numbers, at the chosen threshold and with the chosen intersection.</summary>
    public StudyResults Results { get; }

    /// <summary>The address as it was requested; it is ahead of the numbers while others are recomputed.</summary>
    public ResultsAddress Address { get; private set; }

    /// <summary>Classification or regression.</summary>
    public PredictionTask Task { get; }

    /// <summary>Whether the task is a classification.</summary>
    public bool IsClassification => Task == PredictionTask.Classification;

    /// <summary>The words of the study's cluster column, such as "hospital effects".</summary>
    public ClusterWords Clusters { get; }

    /// <summary>Every model that has numbers, in the study's order.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>Models of the study without a finished fit.</summary>
    public IReadOnlyList<string> Waiting { get; }

    /// <summary>The models that are shown.</summary>
    public IReadOnlyList<string> Models { get; }

    /// <summary>The models that are shown, the baseline first and the compared model second.</summary>
    public IReadOnlyList<string> BaselineFirst => [.. Models.OrderBy(m => m == Baseline ? 0 : m == Compared ? 1 : 2)];

    /// <summary>The baseline model.</summary>
    public string Baseline { get; }

    /// <summary>The model that is compared with the baseline; null where there is only one model.</summary>
    public string? Compared { get; }

    /// <summary>The models besides the baseline.</summary>
    public IReadOnlyList<string> Others => [.. Models.Where(m => m != Baseline)];

    /// <summary>With or without cluster effects.</summary>
    public Head Head { get; }

    /// <summary>Whether a model has random effects.</summary>
    public bool HasMixed { get; }

    /// <summary>Seen or unseen clusters.</summary>
    public Split Split { get; }

    /// <summary>Whether clusters were held out.</summary>
    public bool HasUnseen { get; }

    /// <summary>The sensitive attributes, in the data's order.</summary>
    public IReadOnlyList<string> Attributes { get; }

    /// <summary>Whether all attributes are shown.</summary>
    public bool IsAll { get; }

    /// <summary>The attribute that the user chose, or the one with the widest spread.</summary>
    public string Chosen { get; }

    /// <summary>The attributes that the chosen one can be intersected with.</summary>
    public IReadOnlyList<string> Intersectable { get; }

    /// <summary>The attribute that the chosen one is intersected with; null = none.</summary>
    public string? With { get; }

    /// <summary>The chosen attribute, or its intersection with another.</summary>
    public string Attribute { get; }

    /// <summary>The attributes that are shown: all of them, the widest spread first, or the chosen one.</summary>
    public IReadOnlyList<string> Shown { get; }

    /// <summary>The thresholds to choose from; null where the scores are not kept (a regression, or too many groups).</summary>
    public ThresholdGrid? Grid { get; }

    /// <summary>Why neither a threshold nor an intersection can be chosen; null where they can.</summary>
    public string? WithoutGrid => Grid is not null ? null : Task switch
    {
        PredictionTask.Regression => "Thresholds and intersections apply to classification only.",
        PredictionTask.Classification => "This study has too many fits and rows: the counts behind a common threshold and behind intersections would need too much memory. Each model uses its own threshold.",
    };

    /// <summary>What the address requests in vain, because of <see cref="WithoutGrid"/>; null = nothing.</summary>
    public string? InVain => Grid is not null ? null : (Address.Threshold, Address.With) switch
    {
        ({ } one, { } with) => FormattableString.Invariant($"The address requests a threshold of {one:0.000} and an intersection with {with}. Neither is available."),
        ({ } one, null) => FormattableString.Invariant($"The address requests a threshold of {one:0.000}, which is not available."),
        (null, { } with) => $"The address requests an intersection with {with}, which is not available.",
        _ => null,
    };

    /// <summary>The common threshold; null = each model's own.</summary>
    public double? Threshold => Results.Threshold;

    /// <summary>The shown models' own thresholds, ascending, by the shown head.</summary>
    public IReadOnlyList<double> OwnThresholds =>
        [.. Results.Fits.Where(f => Models.Contains(f.Key.Model)).Select(f => HeadOf(f.Key.Model) == Head.MixedEffects ? f.MixedThreshold : f.FixedThreshold).OfType<double>().Order()];

    /// <summary>The groups that the spreads count.</summary>
    public CountedGroups Counted { get; }

    /// <summary>The groups that the spreads count in this study.</summary>
    public CountedGroups Own { get; }

    /// <summary>Whether a group is too small for one of the two versions of the spreads, so that there is a choice.</summary>
    public bool VersionsDiffer { get; }

    /// <summary>The size from which a group is large enough.</summary>
    public int MinimumGroup => Results.Audits.SelectMany(a => a.Audit.Attributes).Select(a => a.MinimumCount).FirstOrDefault();

    /// <summary>The groups of the shown attributes that the spreads leave out, a sentence for each attribute.</summary>
    public IReadOnlyList<NumericText> LeftOut => [.. CountedGroupsText.LeftOut(Results, Split, [.. Shown])];

    /// <summary>That debiasing had no measurable effect; null where it had one, or where this cannot be said.</summary>
    public NumericText? NoEffect => noEffect.Value;

    /// <summary>The fairness metrics of the task.</summary>
    public IReadOnlyList<MetricDescription> Spreads { get; }

    /// <summary>The fairness metric of the scatter plot.</summary>
    public MetricDescription Spread { get; }

    /// <summary>The metrics by group of the task.</summary>
    public IReadOnlyList<MetricDescription> Rates { get; }

    /// <summary>The metric by group that is shown.</summary>
    public MetricDescription Rate { get; }

    /// <summary>The compared model against the baseline; null where there is only one model.</summary>
    public RunComparison? Comparison => comparison.Value;

    /// <summary>The verdict on each shown attribute; empty where there is only one model.</summary>
    public IReadOnlyList<AttributeVerdict> Verdicts => Comparison is not { } runs ? [] : [.. Shown.Select(a => runs.OnAttribute(a, RunComparison.MainSpread(IsClassification)))];

    /// <summary>Whether fits are missing from these numbers.</summary>
    public bool IsPartial => Results.Fits.Count < Results.Header.PlannedFits;

    /// <summary>"3 of 20 fits".</summary>
    public string Progress => FormattableString.Invariant($"{Results.Fits.Count} of {Results.Header.PlannedFits} fits");

    /// <summary>Takes over what a person chose while the numbers for it are still computed, so that the next choice builds on it.</summary>
    public void Follow(ResultsAddress address) => Address = address;

    /// <summary>The head by which a model is shown: the chosen one where the model has it.</summary>
    public Head HeadOf(string model) => Head == Head.MixedEffects && Results.Find(model, Head.MixedEffects, Split) is not null ? Head.MixedEffects : Head.FixedEffects;

    /// <summary>The shown models that have no cluster effects although the others are shown with them.</summary>
    public IReadOnlyList<string> WithoutEffects => Head == Head.FixedEffects ? [] : [.. Models.Where(m => HeadOf(m) == Head.FixedEffects)];

    /// <summary>Which of the compared models predict better by the head that is not shown, a sentence each.</summary>
    public IReadOnlyList<NumericText> OtherHeads =>
        [.. new[] { Compared, Baseline }.OfType<string>().Select(m => OtherHeadSentence.Of(Results, m, HeadOf(m), Split)).OfType<NumericText>()];

    /// <summary>A model's numbers under this choice, or null.</summary>
    public SplitAudit? Audit(string model) => Results.Find(model, HeadOf(model), Split)?.Audit;

    /// <summary>A model's numbers for an attribute (null = the chosen one), or null.</summary>
    public AttributeAudit? AttributeOf(string model, string? attribute = null) => Audit(model)?.Attributes.FirstOrDefault(a => a.Attribute == (attribute ?? Attribute));

    /// <summary>A model as a run, by the head that is shown.</summary>
    public Run RunOf(string model) => new(Label(model), Results, model, HeadOf(model));

    /// <summary>A model's name.</summary>
    public string Label(string model) => ResultNames.Model(model);

    /// <summary>"with hospital effects, hospitals seen in training": what a table or a chart is of.</summary>
    public string Scope() =>
        $"{(HasMixed ? Clusters.Of(Head) + ", " : "")}{Clusters.Of(Split)}{(Threshold is { } one ? FormattableString.Invariant($", threshold {one:0.000}") : "")}";

    private IReadOnlyList<string> InOrder() => Audit(Baseline) is { } audit ? AttributeOrder.Of(audit, RunComparison.MainSpread(IsClassification)) : [];
}
