using System.Globalization;
using System.Text;
using FairMedl.Core.Data;
using FairMedl.Core.Data.NewFiles;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Files;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Storage.Formats;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Individuals;
using FairMedl.Core.Studies.Plan;
using FairMedl.Core.Studies.Scoring;
using FairMedl.Engine.Training;
using Xunit;

namespace FairMedl.Tests.Studies.Scoring;

/// <summary>A trained run predicts files that it never saw.</summary>
public sealed class ScorerTests
{
    private static readonly Lazy<(StudyPlan Plan, TrainedRun Run)> Medl = new(() => Train(SmallStudy.Definition("medl")));

    [Fact]
    public void Score_TheStudysOwnFile_IsTheMeanOfItsFitsRowByRow()
    {
        (StudyPlan plan, TrainedRun run) = Medl.Value;
        (string[] lines, ScoringReport report) = Score(run, SmallStudy.Csv(600, 9, null));
        RowBatch all = RowBatch.Of(plan.Data, [.. Enumerable.Range(0, plan.Data.RowCount)]);
        RowPredictions[] fits = [.. run.Models.Select(m => new Predictor(m).Predict(all, flips: false))];
        double threshold = run.Models.Average(m => m.MixedThreshold!.Value);

        Assert.Equal("row,cluster,cluster_known,fe,fe_predicted,me,me_predicted", lines[0]);
        Assert.Equal(601, lines.Length);
        for (int i = 0; i < 600; i++)
        {
            string[] cells = lines[i + 1].Split(',');
            Assert.Equal($"{i + 1}", cells[0]);
            Assert.Equal(plan.Data.ClusterNames[plan.Data.Cluster[i]], cells[1]);
            Assert.Equal(plan.Data.Cluster[i] < 4 ? "1" : "0", cells[2]);
            Assert.Equal(fits.Average(f => f.Fixed[i]), float.Parse(cells[3], CultureInfo.InvariantCulture), 1e-6f);
            float mixed = float.Parse(cells[5], CultureInfo.InvariantCulture);
            Assert.Equal(fits.Average(f => f.Mixed![i]), mixed, 1e-6f);
            Assert.Equal(mixed >= threshold ? "1" : "0", cells[6]);
        }

        Assert.Equal((600L, 600L, plan.Data.SeenRows.Length), (report.Predicted, report.Labelled, report.InSeenClusters));
        AuditResult known = report.Audit!.Find("medl", Head.MixedEffects, Split.Seen)!;
        Assert.Equal(plan.Data.SeenRows.Length, known.Audit.N);
        GroupAudit women = known.Audit.Attributes[0].Groups.Single(g => g.Group == "f");
        Assert.Equal(plan.Data.SeenRows.Count(r => plan.Data.Sensitive[0].Groups[r] == 0), women.N);
        int truePositives = plan.Data.SeenRows.Count(r => plan.Data.Sensitive[0].Groups[r] == 0 && plan.Data.Target[r] == 1 && lines[r + 1].EndsWith(",1", StringComparison.Ordinal));
        Assert.Equal((double)truePositives / women.Positives, women.TruePositiveRate.Value!.Value, 1e-12);
        Assert.NotNull(women.TruePositiveRate.Lower);
    }

    [Fact]
    public void Score_ColumnsInAnotherOrderAndMoreThanNeeded_GivesTheSamePredictions()
    {
        (_, TrainedRun run) = Medl.Value;
        string csv = SmallStudy.Csv(50, 3, null);
        string turned = string.Join('\n', csv.TrimEnd().Split('\n').Select((line, i) => string.Join(';', line.Split(',').Reverse().Append(i == 0 ? "extra" : "text"))));

        Assert.Equal(Score(run, csv).Lines, Score(run, turned).Lines);
    }

    [Fact]
    public void Score_WithoutATarget_PredictsWithoutAnAudit()
    {
        (_, TrainedRun run) = Medl.Value;
        string csv = string.Join('\n', SmallStudy.Csv(20, 3, null).TrimEnd().Split('\n').Select(l => l[(l.IndexOf(',', StringComparison.Ordinal) + 1)..]));
        (string[] lines, ScoringReport report) = Score(run, csv);

        Assert.Equal(21, lines.Length);
        Assert.Null(report.Audit);
        Assert.Contains(report.Notes, n => n.Contains("no column 'y'", StringComparison.Ordinal));
        Assert.Single(report.Notes, n => n.Contains("not the share of similar rows that are positive", StringComparison.Ordinal));
        Assert.Equal(Score(run, SmallStudy.Csv(20, 3, null)).Lines, lines);
    }

    [Fact]
    public void Score_UnknownClustersLevelsAndGroups_AreCountedAndListed()
    {
        (_, TrainedRun run) = Medl.Value;
        const string csv = """
            y,site,sex,age,x1,x2,kind
            yes,s0,f,40,0.5,0.5,a
            no,moon,x,40,,0.5,zebra
            no,moon,,40,0.5,0.5,zebra
            ,s4,m,40,0.5,0.5,a

            """;
        (string[] lines, ScoringReport report) = Score(run, csv);

        Assert.Equal(5, lines.Length);
        Assert.Equal((2L, "moon"), (report.Summary.UnknownClusters.Most[0].Rows, report.Summary.UnknownClusters.Most[0].Value));
        Assert.Equal(2, report.Summary.UnseenLevels["kind"].Total);
        Assert.Equal([("(missing)", 1L), ("x", 1L)], report.Summary.UnseenLevels["sex"].Most.OrderBy(m => m.Value, StringComparer.Ordinal));
        Assert.Equal(1, report.Summary.MissingNumbers["x1"]);
        Assert.Equal(3, report.Labelled);
        GroupAudit other = report.Audit!.Find("medl", Head.FixedEffects, Split.Unseen)!.Audit.Attributes[0].Groups[^1];
        Assert.Equal(("(not in the study)", 2, 0), (other.Group, other.N, other.Positives));
        Assert.Equal("0 positives", other.TruePositiveRate.Undefined);
        foreach (string part in new[] { "moon 2", "zebra 2", "missing 'x1'", "1 row without a target", "weighted by the cluster predictor" })
            Assert.Contains(report.Notes, n => n.Contains(part, StringComparison.Ordinal));
    }

    [Fact]
    public void Score_InvalidFile_ReportsEveryFaultWithLineColumnAndValue()
    {
        (_, TrainedRun run) = Medl.Value;
        InputException broken = Assert.Throws<InputException>(() => Score(run, """
            y,site,sex,age,x1,x2,kind
            yes,s0,f,40,high,0.5,a
            yes,s0,f,old,0.5,0.5,a
            yes,s0,f,40,0.5,0.5
            yes,s0,f,40,inf,0.5,a
            """));
        Assert.Equal([(2L, "x1", "high"), (3, "age", "old"), (4, null, null), (5, "x1", "inf")], broken.Faults.Select(f => (f.Line!.Value, f.Column, f.Value)));

        InputFault lacking = Assert.Single(Assert.Throws<InputException>(() => Score(run, "y,sex,Age,x1,x2\nyes,f,40,1,1\n")).Faults);
        Assert.Equal("3 columns that the model needs are missing from the file: 'kind', 'age', 'site'.", lacking.What);
        Assert.Equal(
            "Add the columns, or rename the columns that contain them: 'age' may be 'Age'. The file has the columns 'y', 'sex', 'Age', 'x1', 'x2'.",
            lacking.Remedy);
        InputFault one = Assert.Single(Assert.Throws<InputException>(() => Score(run, "y,sex,Age,x1,x2,kind,site\nyes,f,40,1,1,a,s0\n")).Faults);
        Assert.Equal(("age", true), (one.Column, one.Remedy.StartsWith("If this is 'Age', rename that column.", StringComparison.Ordinal)));
        Assert.Contains("no rows", Assert.Throws<InputException>(() => Score(run, "y,site,sex,age,x1,x2,kind\n")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_UnknownTargetValue_IsAFaultAndNotANegative()
    {
        (_, TrainedRun run) = Medl.Value;
        InputException broken = Assert.Throws<InputException>(() => Score(run, """
            y,site,sex,age,x1,x2,kind
            yes,s0,f,40,0.5,0.5,a
            yes.,s0,f,40,0.5,0.5,a
            No,s0,f,40,0.5,0.5,a
            ,s0,f,40,0.5,0.5,a

            """));

        Assert.Equal([(3L, "y", "yes."), (4, "y", "No")], broken.Faults.Select(f => (f.Line!.Value, f.Column, f.Value)));
        Assert.Contains("'no', 'yes'", broken.Faults[0].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_LevelKnownToSomeFitsOnly_IsReportedWithTheirNumber()
    {
        int rare = Medl.Value.Plan.Data.SeenRows[0];
        string WithRare(int i, string line) => i == rare ? line[..^1] + "rare" : line;
        (_, TrainedRun run) = Train(SmallStudy.Definition("nnet"), WithRare);
        ScoringReport report = Score(run, SmallStudy.Csv(600, 9, WithRare)).Report;

        // At least the fold that tested the row did not train on it.
        int unknown = run.Models.Count(m => !m.Encoder.Features.Single(f => f.Column == "kind").Levels!.Contains("rare"));
        Assert.InRange(unknown, 1, 2);
        Assert.Contains(report.Notes, n => n.Contains($"'kind' that does not occur in the training rows of some fits (rare 1, unknown to {unknown} of 3 fits)", StringComparison.Ordinal));
        Assert.Empty(report.Summary.UnseenLevels);
        Assert.Empty(Score(Medl.Value.Run, SmallStudy.Csv(600, 9, null)).Report.Summary.PartlyKnownLevels);
    }

    [Fact]
    public void Decision_OfAMeanAtTheMeanThreshold_IsPositive()
    {
        // 0.7 in single precision is less than 0.7 in double precision.
        const double threshold = 0.7;
        using var text = new StringWriter();
        new ScoredRowsCsv(text).Write(new ScoredRows(new NewRows(new RowBatch([], [0], []), [1], ["s0"], [1]), new EnsemblePredictions([(float)threshold], null), threshold, null));

        Assert.EndsWith(",1,,", text.ToString().TrimEnd(), StringComparison.Ordinal);
        Assert.True(new IndividualAnswer("nnet", Head.FixedEffects, 2, threshold, [(float)threshold], null).Decision(0));
        Assert.False(new IndividualAnswer("nnet", Head.FixedEffects, 2, threshold, [MathF.BitDecrement((float)threshold)], null).Decision(0));
    }

    [Fact]
    public void Score_ExclusionsOfTheStudy_AreAppliedExceptOnTheTarget()
    {
        StudyDefinition definition = SmallStudy.Definition("nnet");
        definition = definition with { Data = definition.Data with { Exclude = [new RowExclusion("kind", ["c"]), new RowExclusion("y", [""])] } };
        (_, TrainedRun run) = Train(definition, (i, line) => i == 0 ? "," + line.Split(',', 2)[1] : line);
        string csv = SmallStudy.Csv(90, 3, (i, line) => i < 5 ? "," + line.Split(',', 2)[1] : line);
        int excluded = csv.Split('\n').Count(l => l.EndsWith(",c", StringComparison.Ordinal));
        (string[] lines, ScoringReport report) = Score(run, csv);

        Assert.Equal(91 - excluded, lines.Length);
        Assert.Equal([excluded, null], report.Summary.Excluded);
        Assert.True(report.Labelled < report.Predicted);
        Assert.All(lines.Skip(1), l => Assert.EndsWith(",,", l, StringComparison.Ordinal));
    }

    [Fact]
    public void Score_OfARegression_IsInTheTargetsUnitsWithoutDecisions()
    {
        StudyDefinition definition = SmallStudy.Definition("medl");
        definition = definition with { Data = definition.Data with { Target = new TargetSpecification("age", PredictionTask.Regression), Sensitive = [new SensitiveSpecification("sex")], Features = ["x1", "x2", "kind", "sex"] } };
        (StudyPlan plan, TrainedRun run) = Train(definition);
        (string[] lines, ScoringReport report) = Score(run, SmallStudy.Csv(600, 9, null));
        RowPredictions[] fits = [.. run.Models.Select(m => new Predictor(m).Predict(RowBatch.Of(plan.Data, [0]), flips: false))];
        string[] cells = lines[1].Split(',');

        Assert.Equal(fits.Average(f => f.Mixed![0]), float.Parse(cells[5], CultureInfo.InvariantCulture), 1e-3f);
        Assert.Equal(("", ""), (cells[4], cells[6]));
        double[] errors = [.. plan.Data.SeenRows.Select(r => Math.Pow(plan.Data.Target[r] - float.Parse(lines[r + 1].Split(',')[5], CultureInfo.InvariantCulture), 2))];
        Assert.Equal(errors.Average(), report.Audit!.Find("medl", Head.MixedEffects, Split.Seen)!.Audit.MeanSquaredError.Value!.Value, 1e-3);
    }

    [Fact]
    public void Score_ManyBatches_EqualsOneBatch()
    {
        (_, TrainedRun run) = Medl.Value;
        string csv = SmallStudy.Csv(9000, 5, null);
        (string[] lines, ScoringReport report) = Score(run, csv);
        (string[] parallel, _) = Score(run, csv, threads: 3);

        Assert.Equal(9001, lines.Length);
        Assert.Equal(lines, parallel);
        Assert.Equal(9000, report.Audit!.Audits.Where(a => a.Head == Head.MixedEffects).Sum(a => a.Audit.N));
        Assert.Equal(["8999", "9000"], lines[^2..].Select(l => l.Split(',')[0]));
    }

    [Fact]
    public void Score_WithFlips_MeasuresCounterfactualFairnessOfTheEnsemble()
    {
        (StudyPlan plan, TrainedRun run) = Medl.Value;
        TrainedRun single = run with { Models = [run.Models[0]] };
        string csv = SmallStudy.Csv(600, 9, null);
        StudyResults ofOne = Score(single, csv, flips: true).Report.Audit!, ofAll = Score(run, csv, flips: true).Report.Audit!;

        foreach ((Split split, int[] its) in new[] { (Split.Seen, plan.Data.SeenRows), (Split.Unseen, plan.Data.UnseenRows) })
        {
            RowBatch rows = RowBatch.Of(plan.Data, its);
            RowPredictions alone = new Predictor(single.Models[0]).Predict(rows, flips: true);
            SplitAudit audit = ofOne.Find("medl", Head.MixedEffects, split)!.Audit;
            // Mixed predictions of unknown clusters keep the weights of the row as it is.
            for (int a = 0; a < 2; a++) Assert.Equal(alone.MixedFlips![a].Average(s => (double)s), audit.Attributes[a].CounterfactualFairness.Value!.Value, 1e-7);
            // What moves one fit moves the mean of three by no more than the mean of their moves.
            double mean = run.Models.Average(m => new Predictor(m).Predict(rows, flips: true).MixedFlips![0].Average(s => (double)s));
            double together = ofAll.Find("medl", Head.MixedEffects, split)!.Audit.Attributes[0].CounterfactualFairness.Value!.Value;
            Assert.InRange(together, 1e-4, mean + 1e-6);
        }

        Assert.Null(Score(run, csv).Report.Audit!.Audits[0].Audit.Attributes[0].CounterfactualFairness.Value);
    }

    [Fact]
    public void Score_RowsUsedInTraining_AreCountedWithAWarning()
    {
        (StudyPlan plan, TrainedRun run) = Medl.Value;
        TrainingRows training = TrainingRows.Of(plan.Data);
        string[] own = SmallStudy.Csv(600, 9, null).TrimEnd().Split('\n'), other = SmallStudy.Csv(50, 3, null).TrimEnd().Split('\n');
        // The columns in another order, and one row whose target is another.
        string Turned(string line) => string.Join(',', line.Split(',').Reverse());
        string changed = own[1].StartsWith("yes", StringComparison.Ordinal) ? "no" + own[1][3..] : "yes" + own[1][2..];
        int seen = plan.Data.SeenRows.Count(r => r is >= 1 and < 40);
        string csv = string.Join('\n', other.Concat(own[2..41]).Append(changed).Select(Turned));

        TrainingOverlap overlap = Score(run, csv, training: training).Report.TrainingOverlap!;

        Assert.Equal((seen, 90, 0.0, plan.Data.SeenRows.Length), (overlap.Rows, overlap.Labelled, overlap.DuplicateShare, overlap.Study));
        Assert.True(overlap.IsWarning);
        ScoringReport report = Score(run, csv, training: training).Report;
        Assert.StartsWith($"{seen} of the 90 rows with a target are identical, in features, groups, cluster and target, to rows that the study was trained on; no two rows of the study are identical.", TrainingOverlapSentence.Of(report)!.ToString(), StringComparison.Ordinal);
        Assert.Contains(TrainingOverlapSentence.Of(report)!.ToString(), ReportMarkdown.Of(ScoringDocument.Of(report)), StringComparison.Ordinal);
    }

    [Fact]
    public void Score_RowsNotUsedInTraining_AreReportedAsNewOnlyIfChecked()
    {
        (StudyPlan plan, TrainedRun run) = Medl.Value;
        string csv = SmallStudy.Csv(50, 3, null);

        Assert.StartsWith("None of the 50 rows with a target is identical to one of the", TrainingOverlapSentence.Of(Score(run, csv, training: TrainingRows.Of(plan.Data)).Report)!.ToString(), StringComparison.Ordinal);
        Assert.Contains("were not detected", TrainingOverlapSentence.Of(Score(run, csv).Report)!.ToString(), StringComparison.Ordinal);
        string unlabelled = string.Join('\n', csv.TrimEnd().Split('\n').Select(l => l[(l.IndexOf(',', StringComparison.Ordinal) + 1)..]));
        Assert.Null(TrainingOverlapSentence.Of(Score(run, unlabelled, training: TrainingRows.Of(plan.Data)).Report));
    }

    [Fact]
    public void Of_AStudyWithProbesOrWithoutFits_IsRejected()
    {
        StudyDefinition definition = SmallStudy.Definition("nnet");
        Assert.Throws<InputException>(() => TrainedRun.Of(definition, []));
        definition = definition with { Protocol = definition.Protocol with { Probes = true } };
        Assert.Contains("probes", Assert.Throws<InputException>(() => Train(definition)).Message, StringComparison.Ordinal);
    }

    private static (StudyPlan, TrainedRun) Train(StudyDefinition definition, Func<int, string, string>? corrupt = null)
    {
        StudyPlan plan = StudyPlan.Create(definition, SmallStudy.Table(corrupt: corrupt));
        TrainedRun run = TrainedRun.Of(definition, [.. plan.Fits.Select(f => plan.Run(TestCompute.Managed, f, null, CancellationToken.None).Model!)]);
        using var file = new MemoryStream();
        TrainedRunFormat.Write(file, run.Definition, run.Models.Select(TrainedModelFormat.Write), run.Models.Count);
        return (plan, TrainedRunFormat.Read(file.ToArray()));
    }

    private static (string[] Lines, ScoringReport Report) Score(TrainedRun run, string csv, int threads = 1, bool flips = false, TrainingRows? training = null)
    {
        using var text = new StringWriter();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        ScoringReport report = new Scorer(TestCompute.Managed, run, training).Score(stream, "new.csv", new ScoredRowsCsv(text).Write, flips, threads);
        return (text.ToString().TrimEnd('\n').Split('\n'), report);
    }
}
