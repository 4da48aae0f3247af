using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Runs;

namespace FairMedl.Core.Reports.Sentences;

/// <summary>The conclusion on a single model without a comparison: its performance, and the attribute whose groups differ most.</summary>
internal static class SingleRunSentence
{
    public static SentenceParts Parts(Run run, Studies.Gathering.Split split, string? attribute)
    {
        bool classification = run.IsClassification;
        MetricDescription spread = RunComparison.MainSpread(classification), performance = MetricDescriptions.Performance(classification);
        Estimate score = run.Read(split, performance.Id);
        string where = SentenceWords.Where(run, split);
        NumericText lead = score.Value is not { } value
            ? NumericText.Of($"{where}{run.Name} has no {performance.NameInText}: {score.Undefined}")
            : classification ? NumericText.Of($"{where}{run.Name} reaches a {performance.NameInText} of {Digits.Percent(value)}")
            : NumericText.Of($"{where}{run.Name} has a mean squared error of {Digits.Of(performance, classification).Number(value)}");
        lead = SentenceWords.Start(lead);
        string useless = SentenceWords.Useless(split, run);
        HashSet<string> own = [.. run.Results.Header.Definition.Data.Sensitive.Select(s => s.Column)];
        string? shown = attribute ?? AttributeOrder.Opening(run.On(split)!, spread, own);
        if (shown is null || run.On(split, shown) is not { } audit)
            return new SentenceParts(lead, $". No sensitive attribute has two groups that are large enough to compare.{useless}");

        Estimate width = MetricDescriptions.Read(audit, spread.Id);
        Digits digits = Digits.Of(spread, classification);
        string plain = spread.PlainFor(classification) + CountedGroupsText.Of([audit], spread.Id), name = ColumnWords.Of(shown);
        if (width.Value is not { } wide)
            return new SentenceParts(lead, $". For {name} the {plain} is undefined: {width.Undefined}.{useless}");
        NumericText interval = SentenceWords.Interval(width, digits);
        string chance = MetricDescriptions.Floor(audit, spread.Id) is { } floor && wide <= floor.Percentile95
            ? ", no more than expected by chance at these group sizes" : "";
        string small = SmallGroups.Of(audit, spread.Id).Words is { } few ? $" ({few})" : "";
        string which = attribute is null && own.Count > 1 ? $"Its groups differ most by {name}:" : $"For {name},";
        return new SentenceParts(lead, $". {which} the {plain} is {digits.Number(wide)}{interval}{chance}{small}.{useless}");
    }
}
