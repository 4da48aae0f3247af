using System.Globalization;
using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Experiments.Individuals;
using FairMedl.Core.Reports;
using FairMedl.Core.Training;
using FairMedl.Web.Components;

namespace FairMedl.Web.Individuals;

/// <summary>A value as a page shows it.</summary>
/// <param name="Value">The probability or the prediction.</param>
/// <param name="Decision">"yes" or "no"; null for regression.</param>
/// <param name="ChangesDecision">Whether the decision is another than that of the row as it is.</param>
/// <param name="IsOwn">Whether it is the row as it is.</param>
public sealed record IndividualCell(string Value, string? Decision, bool ChangesDecision, bool IsOwn);

/// <summary>One model's head: what it says of the row as it is, and as changed.</summary>
/// <param name="Label">The model, with its head where it has both.</param>
/// <param name="Model">The model's name in the catalogue.</param>
/// <param name="Threshold">Where a probability becomes a yes; null for regression.</param>
/// <param name="Own">The row as it is.</param>
/// <param name="Changed">The row as changed.</param>
/// <param name="Difference">Changed minus own, with its sign.</param>
/// <param name="Fits">How many fits the mean is over.</param>
public sealed record IndividualLine(string Label, string Model, string? Threshold, IndividualCell Own, IndividualCell Changed, string Difference, int Fits);

/// <summary>One attribute flipped to each of its groups.</summary>
/// <param name="Attribute">The column.</param>
/// <param name="Groups">The groups' names.</param>
/// <param name="Own">The row's own group.</param>
/// <param name="IsFeature">Whether the models read it; a flip changes nothing where they do not.</param>
/// <param name="Unlearned">Groups without a training row in one of the fits: what is said of them is hardly learned.</param>
/// <param name="Lines">By model and head, a cell a group.</param>
public sealed record FlipView(string Attribute, IReadOnlyList<string> Groups, int Own, bool IsFeature, IReadOnlyList<string> Unlearned, IReadOnlyList<(string Label, IReadOnlyList<IndividualCell> Cells)> Lines);

/// <summary>What a model's random effects add for the row's cluster.</summary>
/// <param name="Label">The model.</param>
/// <param name="Intercept">b(z).</param>
/// <param name="Slopes">&lt;U(z), x&gt;.</param>
/// <param name="Total">Their sum.</param>
/// <param name="Largest">The columns with the largest parts of the slopes.</param>
public sealed record ClusterLine(string Label, string Intercept, string Slopes, string Total, string Largest);

/// <summary>A person as the page shows it.</summary>
public sealed class IndividualView
{
    private const int LargestShown = 3;

    /// <summary>Arranges the answers; by number, the range in training of the models that gave them.</summary>
    public IndividualView(PredictedRows rows, int row, IndividualQuestion question, IReadOnlyList<IndividualAnswer> answers, IndividualModels models, IReadOnlyDictionary<string, TrainingRange> ranges)
    {
        StudyData data = rows.Data;
        Row = row;
        Question = question;
        Answers = answers;
        IsClassification = data.Task == PredictionTask.Classification;
        IsSeen = data.Cluster[row] < data.SeenClusterCount;
        Cluster = data.ClusterNames[data.Cluster[row]];
        Truth = !IsClassification ? $"{data.TargetDescription} {Display.Number(data.Target[row])}" : data.Target[row] == 1 ? $"{data.TargetDescription} is true" : $"{data.TargetDescription} is not true";
        Values = [.. data.Features.Where(f => !f.IsProbe).Select(f => new IndividualValue(f, IndividualQuestion.ValueOf(f, row), question.Changes.GetValueOrDefault(f.Column), ranges.GetValueOrDefault(f.Column)))];
        Lines = [.. answers.Select(a => new IndividualLine(
            ResultNames.Model(a.Model, a.Head), a.Model, a.Threshold is { } t ? Text(t) : null, Cell(a, 0), Cell(a, 1), Signed(a.Predictions[1] - a.Predictions[0]), a.Fits))];
        AttributeFlips = [.. data.Sensitive.Select((s, i) => new FlipView(
            s.Name, s.GroupNames, s.Groups[row], data.Features.Any(f => f.Attribute == i),
            [.. s.GroupNames.Where((_, g) => models.ByKind.SelectMany(k => k).Any(m => !m.Attributes[i].Learned[g]))],
            [.. answers.Select(a => (ResultNames.Model(a.Model, a.Head), (IReadOnlyList<IndividualCell>)[.. s.GroupNames.Select((_, g) => Cell(a, question.FlipStarts[i] + g) with { IsOwn = g == s.Groups[row] })]))]))];
        Clusters = [.. answers.Where(a => a.Cluster is not null).Select(a => Contribution(a))];
        Basis = Told(rows, answers);
        Scale = IsClassification ? WeightedProbability.Warnings(models.ByKind.SelectMany(k => k).Select(m => m.Specification.Training)) : null;
        Faults = models.Faults;
    }

    /// <summary>The study's row.</summary>
    public int Row { get; }

    /// <summary>What was asked.</summary>
    public IndividualQuestion Question { get; }

    /// <summary>What was answered.</summary>
    public IReadOnlyList<IndividualAnswer> Answers { get; }

    /// <summary>Whether there are decisions.</summary>
    public bool IsClassification { get; }

    /// <summary>Whether the cluster took part in training.</summary>
    public bool IsSeen { get; }

    /// <summary>The row's cluster.</summary>
    public string Cluster { get; }

    /// <summary>The target, in words.</summary>
    public string Truth { get; }

    /// <summary>Every feature's value, and what it was changed to.</summary>
    public IReadOnlyList<IndividualValue> Values { get; }

    /// <summary>Each value that lies outside of what the models met in training, in a sentence.</summary>
    public IReadOnlyList<string> Extrapolated =>
        [.. Values.Where(v => v.IsExtrapolated).Select(v => $"{v.Feature.Column} {v.Current} is an extrapolation: in training it went from {v.Trained}. What the models answer to it rests on no row that they learned from.")];

    /// <summary>By model and head.</summary>
    public IReadOnlyList<IndividualLine> Lines { get; }

    /// <summary>By attribute.</summary>
    public IReadOnlyList<FlipView> AttributeFlips { get; }

    /// <summary>By model with random effects.</summary>
    public IReadOnlyList<ClusterLine> Clusters { get; }

    /// <summary>Which fits speak, in a sentence.</summary>
    public string Basis { get; }

    /// <summary>What a probability means where it is not a share of rows, in a sentence.</summary>
    public string? Scale { get; }

    /// <summary>Fits whose model cannot be read.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>Whether anything was changed.</summary>
    public bool IsChanged => Question.Changes.Count > 0;

    /// <summary>How many heads change their decision with the changes.</summary>
    public int DecisionChanges => Lines.Count(l => l.Changed.ChangesDecision);

    private IndividualCell Cell(IndividualAnswer answer, int position) => new(
        Text(answer.Predictions[position]),
        answer.Decision(position) switch { true => "yes", false => "no", null => null },
        answer.Decision(position) != answer.Decision(0),
        position == 0);

    private string Text(double value) => IsClassification ? Display.Fixed(value, 3) : Display.Number(Math.Round(value, 4));

    private string Signed(double value)
    {
        string text = Text(Math.Abs(value));
        return text.All(c => c is '0' or '.') ? text : (value < 0 ? "−" : "+") + text;
    }

    private static ClusterLine Contribution(IndividualAnswer answer)
    {
        ClusterContribution cluster = answer.Cluster!;
        IEnumerable<string> largest = cluster.SlopesByColumn.OrderByDescending(s => Math.Abs(s.Value)).ThenBy(s => s.Key, StringComparer.Ordinal).Take(LargestShown)
            .Where(s => Math.Abs(s.Value) >= 0.0005).Select(s => $"{s.Key} {Three(s.Value)}");
        return new ClusterLine(ResultNames.Model(answer.Model), Three(cluster.Intercept), Three(cluster.Slopes), Three(cluster.Total), string.Join(", ", largest));
    }

    private static string Three(double value)
    {
        string text = Display.Fixed(Math.Abs(value), 3);
        return text == "0.000" ? text : (value < 0 ? "−" : "+") + text;
    }

    private string Told(PredictedRows rows, IReadOnlyList<IndividualAnswer> answers)
    {
        int fits = answers.Count == 0 ? 0 : answers.Max(a => a.Fits);
        string count = fits == 1 ? "one fit a model" : $"{fits} fits a model, their mean";
        return IsSeen
            ? $"The row was never trained on by the models that speak here: of each seed the model of the fold that tested it ({count})."
            : $"The row's cluster was held out whole, so that every fold's model speaks ({count}).";
    }
}

/// <summary>One feature of a person.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Own">Its value.</param>
/// <param name="Changed">What it was changed to; null where it was not.</param>
/// <param name="Range">From where to where it went in training; null for a category, and where it was always missing.</param>
public sealed record IndividualValue(FeatureSource Feature, string Own, string? Changed, TrainingRange? Range)
{
    /// <summary>"1,200 to 98,000": from where to where it went in training.</summary>
    public string Trained => Range is null ? "" : $"{Display.Number(Range.Least)} to {Display.Number(Range.Most)}";

    /// <summary>Whether what stands in the form lies outside of that.</summary>
    public bool IsExtrapolated => Range is not null && float.TryParse(Current, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && Range.IsOutside(value);

    /// <summary>What stands in the form.</summary>
    public string Current => Changed ?? Own;
}
