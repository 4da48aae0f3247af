using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Individuals;
using FairMedl.Web.Components;
using FairMedl.Web.Services.Individuals;

namespace FairMedl.Web.Individuals;

/// <summary>A prediction as the page shows it.</summary>
/// <param name="Number">The probability, or the predicted number of a regression.</param>
/// <param name="Value">The same as text.</param>
/// <param name="IsPositive">Whether the predicted class is positive; null for regression.</param>
/// <param name="ChangesDecision">Whether the predicted class differs from that of the row as it is.</param>
/// <param name="IsOwn">Whether the prediction is for the row's own group.</param>
public sealed record IndividualCell(double Number, string Value, bool? IsPositive, bool ChangesDecision, bool IsOwn);

/// <summary>The predictions of one model with or without its cluster effects: for the row as it is and as changed.</summary>
/// <param name="Label">The model's name, with FE or ME where it has both.</param>
/// <param name="Model">The model's id in the catalogue.</param>
/// <param name="Head">Fixed or mixed effects.</param>
/// <param name="Cutoff">The decision threshold; null for regression.</param>
/// <param name="Own">The prediction for the row as it is.</param>
/// <param name="Changed">The prediction for the row as changed.</param>
/// <param name="Difference">Changed minus own, with its sign.</param>
public sealed record IndividualLine(string Label, string Model, Head Head, double? Cutoff, IndividualCell Own, IndividualCell Changed,
    string Difference)
{
    /// <summary>The decision threshold as text; null for regression.</summary>
    public string? Threshold => Cutoff is { } cutoff ? Display.Fixed(cutoff, 3) : null;
}

/// <summary>The predictions with one attribute flipped to each of its groups.</summary>
/// <param name="Attribute">The column.</param>
/// <param name="Groups">The groups' names.</param>
/// <param name="Own">The index of the row's own group.</param>
/// <param name="IsFeature">Whether the models use the attribute; a flip changes nothing where they do not.</param>
/// <param name="Unlearned">Groups without a training row in one of the fits.</param>
/// <param name="Lines">By line of the view, a cell for each group.</param>
public sealed record FlipView(string Attribute, IReadOnlyList<string> Groups, int Own, bool IsFeature, IReadOnlyList<string> Unlearned,
    IReadOnlyList<(IndividualLine Line, IReadOnlyList<IndividualCell> Cells)> Lines)
{
    /// <summary>The largest change of a prediction under a flip.</summary>
    public double LargestChange =>
        Lines.SelectMany(l => l.Cells.Select(c => Math.Abs(c.Number - l.Line.Own.Number))).DefaultIfEmpty().Max();

    /// <summary>The number of predictions whose class changes under a flip.</summary>
    public int DecisionChanges => Lines.Count(l => l.Cells.Any(c => c.ChangesDecision));
}

/// <summary>The contribution of a model's random effects for the row's cluster.</summary>
/// <param name="Label">The model.</param>
/// <param name="Intercept">b(z).</param>
/// <param name="Slopes">&lt;U(z), x&gt;.</param>
/// <param name="Total">Their sum.</param>
/// <param name="Largest">The columns with the largest parts of the slopes.</param>
public sealed record ClusterLine(string Label, string Intercept, string Slopes, string Total, string Largest);

/// <summary>A row and its predictions, as the page shows them.</summary>
public sealed class IndividualView
{
    private const int LargestShown = 3;

    /// <summary>Arranges the predictions.</summary>
    /// <param name="rows">The study's rows.</param>
    /// <param name="row">The row.</param>
    /// <param name="classes">The names of the two classes.</param>
    /// <param name="question">The row's values and changes.</param>
    /// <param name="answers">The predictions.</param>
    /// <param name="models">The models that made them.</param>
    /// <param name="ranges">By feature, its range in the training rows of these models.</param>
    public IndividualView(
        PredictedRows rows, int row, ClassNames classes, IndividualQuestion question, IReadOnlyList<IndividualAnswer> answers,
        IndividualModels models, IReadOnlyDictionary<string, TrainingRange> ranges)
    {
        StudyData data = rows.Data;
        Row = row;
        SourceRow = data.SourceRows[row];
        Classes = classes;
        Question = question;
        IsClassification = data.Task == PredictionTask.Classification;
        IsSeen = data.Cluster[row] < data.SeenClusterCount;
        ClusterColumn = data.ClusterColumn;
        Cluster = data.ClusterNames[data.Cluster[row]];
        Target = data.TargetDescription;
        Truth = IsClassification ? classes.Of(data.Target[row] == 1) : $"{data.TargetDescription} {Display.Number(data.Target[row])}";
        Values = [.. data.Features.Where(f => !f.IsProbe)
            .Select(f => new IndividualValue(f, IndividualQuestion.ValueOf(f, row), question.Changes.GetValueOrDefault(f.Column),
            ranges.GetValueOrDefault(f.Column)))];
        Lines = [.. answers.Select(Line)];
        AttributeFlips = [.. data.Sensitive.Select((s, i) => new FlipView(
            s.Name, s.GroupNames, s.Groups[row], data.Features.Any(f => f.Attribute == i),
            [.. s.GroupNames.Where((_, g) => models.ByKind.SelectMany(k => k).Any(m => !m.Attributes[i].Learned[g]))],
            [.. answers.Zip(Lines, (a, line) => (line, (IReadOnlyList<IndividualCell>)[.. s.GroupNames.Select((_, g) =>
                Cell(a, question.FlipStarts[i] + g) with { IsOwn = g == s.Groups[row] })]))]))];
        Clusters = [.. answers.Where(a => a.Cluster is not null).Select(Contribution)];
        Basis = BasisOf(answers);
        Scale = IsClassification
            ? WeightedProbability.Warnings(models.ByKind.SelectMany(k => k).Select(m => m.Specification.Training)) : null;
        Faults = models.Faults;
    }

    /// <summary>The row's index in the study.</summary>
    public int Row { get; }

    /// <summary>The row's number in the file; 1 is the first record after the header.</summary>
    public int SourceRow { get; }

    /// <summary>The names of the two classes.</summary>
    public ClassNames Classes { get; }

    /// <summary>The row's values and changes.</summary>
    public IndividualQuestion Question { get; }

    /// <summary>Whether the study predicts a class.</summary>
    public bool IsClassification { get; }

    /// <summary>Whether the row's cluster was used in training.</summary>
    public bool IsSeen { get; }

    /// <summary>The cluster column.</summary>
    public string ClusterColumn { get; }

    /// <summary>The row's cluster.</summary>
    public string Cluster { get; }

    /// <summary>The target, such as "approved = yes"; for regression the column.</summary>
    public string Target { get; }

    /// <summary>The actual outcome, in words.</summary>
    public string Truth { get; }

    /// <summary>The features' values, as they are and as changed.</summary>
    public IReadOnlyList<IndividualValue> Values { get; }

    /// <summary>A warning for every value outside the range in training.</summary>
    public IReadOnlyList<string> Extrapolated =>
        [.. Values.Where(v => v.IsExtrapolated).Select(v =>
            $"{v.Feature.Column} {v.Current} is an extrapolation: values in training range from {v.Trained}. No training row " +
            "supports these predictions.")];

    /// <summary>The predictions by model, without and with cluster effects.</summary>
    public IReadOnlyList<IndividualLine> Lines { get; }

    /// <summary>The predictions by flipped attribute.</summary>
    public IReadOnlyList<FlipView> AttributeFlips { get; }

    /// <summary>The cluster's contribution by model with random effects.</summary>
    public IReadOnlyList<ClusterLine> Clusters { get; }

    /// <summary>Which fits made the predictions, in a sentence.</summary>
    public string Basis { get; }

    /// <summary>What a probability means where training weighted the classes; null where it did not.</summary>
    public string? Scale { get; }

    /// <summary>Fits whose model cannot be read.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>Whether the user changed a value.</summary>
    public bool IsChanged => Question.Changes.Count > 0;

    /// <summary>The number of predictions whose class changes with the changed values.</summary>
    public int DecisionChanges => Lines.Count(l => l.Changed.ChangesDecision);

    private IndividualLine Line(IndividualAnswer answer) => new(
        ResultNames.Model(answer.Model, answer.Head), answer.Model, answer.Head, answer.Threshold,
        Cell(answer, 0) with { IsOwn = true }, Cell(answer, 1),
        Signed(answer.Predictions[1] - answer.Predictions[0]));

    private IndividualCell Cell(IndividualAnswer answer, int position) => new(
        answer.Predictions[position], Text(answer.Predictions[position]), answer.Decision(position),
        answer.Decision(position) != answer.Decision(0), position == 0);

    private string Text(double value) => IsClassification ? Display.Fixed(value, 3) : Display.Number(Math.Round(value, 4));

    private string Signed(double value)
    {
        string text = Text(Math.Abs(value));
        return text.All(c => !char.IsDigit(c) || c == '0') ? text : (value < 0 ? "−" : "+") + text;
    }

    private static ClusterLine Contribution(IndividualAnswer answer)
    {
        ClusterContribution cluster = answer.Cluster!;
        IEnumerable<string> largest = cluster.SlopesByColumn.OrderByDescending(s => Math.Abs(s.Value))
            .ThenBy(s => s.Key, StringComparer.Ordinal).Take(LargestShown)
            .Where(s => Math.Abs(s.Value) >= 0.0005).Select(s => $"{s.Key} {Three(s.Value)}");
        return new ClusterLine(ResultNames.Model(answer.Model), Three(cluster.Intercept), Three(cluster.Slopes), Three(cluster.Total),
            string.Join(", ", largest));
    }

    private static string Three(double value)
    {
        string text = Display.Fixed(Math.Abs(value), 3);
        return Math.Abs(value) < 0.0005 ? text : (value < 0 ? "−" : "+") + text;
    }

    private string BasisOf(IReadOnlyList<IndividualAnswer> answers)
    {
        int fits = answers.Count == 0 ? 0 : answers.Max(a => a.Fits);
        string mean = fits == 1 ? "" : $" Each prediction is the mean over {fits} fits.";
        return (IsSeen ? "Predictions come from the models that held out this row."
            : $"No model was trained on this row's {ClusterColumn}.") + mean;
    }
}
