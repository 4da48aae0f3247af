using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Fairness;
using FairMedl.Core.Models;
using FairMedl.Core.Reports;

namespace FairMedl.Web.Results;

/// <summary>
/// An address held against the results it speaks of: what is not there (a model, an attribute, a split) is replaced by
/// what is, so that every page below this can rely on its choice.
/// </summary>
public sealed class ResultsChoice
{
    /// <summary>Holds the address against results without scores.</summary>
    public ResultsChoice(StudyResults results, ResultsAddress address) : this(new RecountedResults(new GatheredStudy(results, null)), address)
    {
    }

    /// <summary>Holds the address against the results.</summary>
    public ResultsChoice(RecountedResults study, ResultsAddress address)
    {
        StudyResults results = study.Gathered.Results;
        Grid = study.Gathered.Scores?.Grid;
        Address = address;
        Task = results.Header.Definition.Data.Target.Task;
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
        StudyComparison? told = StudyComparison.Main(results.Header.Definition, Models);
        Baseline = Models.FirstOrDefault(m => m == address.Baseline)
            ?? told?.Baseline
            ?? Models.FirstOrDefault(m => ModelCatalogue.Find(m) is { Debiasing: Debiasing.None })
            ?? (Models.Count > 0 ? Models[0] : "");
        Compared = Others.FirstOrDefault(m => m == address.Compared)
            ?? StudyComparison.Of(results.Header.Definition).FirstOrDefault(c => c.Baseline == Baseline && Others.Contains(c.Fair))?.Fair
            ?? Others.FirstOrDefault(m => m == told?.Fair)
            ?? (Others.Count > 0 ? Others[0] : null);
        Chosen = Attributes.FirstOrDefault(a => a == address.Attribute)
            ?? Attributes.FirstOrDefault(a => a == StudySentence.AttributeOf(results, Baseline, Split, Head))
            ?? (Attributes.Count > 0 ? Attributes[0] : "");
        Crossable = [.. Attributes.Where(a => a != Chosen && study.Gathered.Scores?.Intersection(Chosen, a) is not null)];
        With = Crossable.FirstOrDefault(a => a == address.With);
        Attribute = With is null ? Chosen : IntersectionGroups.IntersectionName(Chosen, With);
        Results = study.At(Split, Grid is null ? null : address.Threshold, With is null ? null : (Chosen, With));
        bool classes = Task == PredictionTask.Classification;
        Spreads = [.. MetricDescriptions.Of(MetricScope.Attribute, classes)];
        Spread = Spreads.FirstOrDefault(s => s.Id == address.Spread) ?? Spreads[0];
        Rates = [.. MetricDescriptions.Of(MetricScope.Group, classes)];
        Rate = Rates.FirstOrDefault(r => r.Id == address.Rate) ?? Rates[0];
    }

    /// <summary>The numbers, at the chosen threshold and with the chosen crossing.</summary>
    public StudyResults Results { get; }

    /// <summary>The address as it was asked for; ahead of the numbers while others are counted.</summary>
    public ResultsAddress Address { get; private set; }

    /// <summary>Classification or regression.</summary>
    public PredictionTask Task { get; }

    /// <summary>Every model that has numbers, in the study's order.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>Models of the study whose first fit is not done.</summary>
    public IReadOnlyList<string> Waiting { get; }

    /// <summary>The models that are shown.</summary>
    public IReadOnlyList<string> Models { get; }

    /// <summary>The model that others are compared with.</summary>
    public string Baseline { get; }

    /// <summary>The model that is held against the baseline; null where there is only one.</summary>
    public string? Compared { get; }

    /// <summary>The models besides the baseline.</summary>
    public IReadOnlyList<string> Others => [.. Models.Where(m => m != Baseline)];

    /// <summary>Which head.</summary>
    public Head Head { get; }

    /// <summary>Whether a model has mixed effects.</summary>
    public bool HasMixed { get; }

    /// <summary>Seen or unseen clusters.</summary>
    public Split Split { get; }

    /// <summary>Whether there are unseen clusters.</summary>
    public bool HasUnseen { get; }

    /// <summary>The sensitive attributes.</summary>
    public IReadOnlyList<string> Attributes { get; }

    /// <summary>The attribute that was chosen.</summary>
    public string Chosen { get; }

    /// <summary>The attributes that the chosen one can be crossed with.</summary>
    public IReadOnlyList<string> Crossable { get; }

    /// <summary>The attribute that the chosen one is crossed with; null = none.</summary>
    public string? With { get; }

    /// <summary>What is shown: the chosen attribute, or the two crossed.</summary>
    public string Attribute { get; }

    /// <summary>The thresholds that can be chosen; null where the scores are not at hand (a regression, or too many groups).</summary>
    public ThresholdGrid? Grid { get; }

    /// <summary>Why no threshold can be chosen and no attributes be crossed; null where they can.</summary>
    public string? WithoutGrid => Grid is not null ? null : Task switch
    {
        PredictionTask.Regression => "A regression decides nothing: it has no threshold to move, and its attributes are not crossed, because crossed groups are counted from decisions.",
        PredictionTask.Classification => "This study has so many fits and rows that the counts behind one threshold for all, and behind crossed attributes, would take too much memory. Each fit decides at its own threshold.",
    };

    /// <summary>What the address asks for in vain, because of <see cref="WithoutGrid"/>; null = nothing.</summary>
    public string? InVain => Grid is not null ? null : (Address.Threshold, Address.With) switch
    {
        ({ } one, { } with) => FormattableString.Invariant($"The address asks for a threshold of {one:0.000} and for groups crossed with {with}; neither is shown."),
        ({ } one, null) => FormattableString.Invariant($"The address asks for a threshold of {one:0.000}; these numbers are not at it."),
        (null, { } with) => $"The address asks for groups crossed with {with}; these are not crossed.",
        _ => null,
    };

    /// <summary>The one threshold for all fits; null = each fit's own.</summary>
    public double? Threshold => Results.Threshold;

    /// <summary>The shown models' own thresholds, ascending, by the shown head.</summary>
    public IReadOnlyList<double> OwnThresholds =>
        [.. Results.Fits.Where(f => Models.Contains(f.Key.Model)).Select(f => HeadOf(f.Key.Model) == Head.MixedEffects ? f.MixedThreshold : f.FixedThreshold).OfType<double>().Order()];

    /// <summary>The spreads and differences of the task.</summary>
    public IReadOnlyList<MetricDescription> Spreads { get; }

    /// <summary>The spread on the scatter's axis.</summary>
    public MetricDescription Spread { get; }

    /// <summary>The numbers of one group that the task has.</summary>
    public IReadOnlyList<MetricDescription> Rates { get; }

    /// <summary>What the bars show.</summary>
    public MetricDescription Rate { get; }

    /// <summary>Whether fits are missing from these numbers.</summary>
    public bool IsPartial => Results.Fits.Count < Results.Header.PlannedFits;

    /// <summary>"3 of 20 fits".</summary>
    public string Progress => FormattableString.Invariant($"{Results.Fits.Count} of {Results.Header.PlannedFits} fits");

    /// <summary>Takes over what a person chose while the numbers for it are still counted, so that the next choice builds on it.</summary>
    public void Follow(ResultsAddress address) => Address = address;

    /// <summary>The head by which a model is shown: the chosen one where the model has it.</summary>
    public Head HeadOf(string model) => Head == Head.MixedEffects && Results.Find(model, Head.MixedEffects, Split) is not null ? Head.MixedEffects : Head.FixedEffects;

    /// <summary>Which of the compared models predict better by the head that is not shown, a sentence each.</summary>
    public IReadOnlyList<string> OtherHeads =>
        [.. new[] { Compared, Baseline }.OfType<string>().Select(m => OtherHeadSentence.Of(Results, m, HeadOf(m), Split)).OfType<string>()];

    /// <summary>A model's numbers under this choice, or null.</summary>
    public SplitAudit? Audit(string model) => Results.Find(model, HeadOf(model), Split)?.Audit;

    /// <summary>A model's numbers for the chosen attribute, or null.</summary>
    public AttributeAudit? AttributeOf(string model) => Audit(model)?.Attributes.FirstOrDefault(a => a.Attribute == Attribute);

    /// <summary>A model's name, and that it is shown by its fixed effects where the others are not.</summary>
    public string Label(string model)
    {
        string name = ModelCatalogue.Find(model)?.Name ?? model;
        return Head == Head.MixedEffects && HeadOf(model) == Head.FixedEffects ? $"{name} (FE)" : name;
    }

    /// <summary>"ME, seen clusters, age": what a table or a chart is of.</summary>
    public string Scope(bool withAttribute = true) =>
        $"{(Head == Head.MixedEffects ? "ME" : "FE")}, {(Split == Split.Seen ? "seen" : "unseen")} clusters{(withAttribute ? ", " + Attribute : "")}{(Threshold is { } one ? FormattableString.Invariant($", threshold {one:0.000}") : "")}";
}
