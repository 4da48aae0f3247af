using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Results;
using FairMedl.Web.Results.Figures;
using Xunit;

namespace FairMedl.Tests.Web.Results;

public sealed class ResultsTablesTests
{
    private static ResultsChoice Choose(ResultsAddress address) => new(SampleResults.Create(), address);

    [Fact]
    public void Comparison_UnderAHead_HasThatHeadOnly()
    {
        foreach (Head head in Enum.GetValues<Head>())
        {
            ResultsChoice choice = Choose(new ResultsAddress { Study = 1, Head = head });
            ReportTable table = ResultsTables.Comparison(choice)!;

            Assert.Equal(
                choice.Results.Find("medl", head, Split.Seen)!.Audit.BalancedAccuracy.Value,
                table.Rows.Single(r => r[0].Content == "All rows" && r[1].Content == "Balanced accuracy")[2].Value);
            Assert.EndsWith(head == Head.MixedEffects ? ", with occupation effects, occupations seen in training" : ", without occupation effects, occupations seen in training", table.Title, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Comparison_HasTheChangeInPercentOfTheBaseline()
    {
        ReportTable table = ResultsTables.Comparison(Choose(new ResultsAddress { Study = 1 }))!;
        IReadOnlyList<ReportCell> row = table.Rows.Single(r => r[0].Content == "age" && r[1].Content == "TPR SD");

        Assert.Equal(100 * (row[2].Value!.Value - row[3].Value!.Value) / row[2].Value!.Value, row[5].Value!.Value, 6);
        Assert.Equal("0.150 [0.140 to 0.160]", row[2].Content);
    }

    [Fact]
    public void Comparison_OfAModelWithoutRandomEffects_IsOfWhatTheFigureShows()
    {
        ResultsChoice choice = Choose(new ResultsAddress { Study = 1, Baseline = "medl", Compared = "nnet" });
        ReportTable table = ResultsTables.Comparison(choice)!;

        Assert.Equal(choice.AttributeOf("nnet", "age")!.TprSd.Value, table.Rows.Single(r => r[0].Content == "age" && r[1].Content == "TPR SD")[3].Value);
        Assert.Equal(choice.AttributeOf("medl", "age")!.TprSd.Value, table.Rows.Single(r => r[0].Content == "age" && r[1].Content == "TPR SD")[2].Value);
    }

    [Fact]
    public void Default_IsTheFairModelAgainstItsUnmitigatedCounterpart()
    {
        ResultsChoice choice = Choose(new ResultsAddress { Study = 1 });

        Assert.Equal(("medl", "fair-adb-medl"), (choice.Baseline, choice.Compared));
    }

    [Fact]
    public void Attribute_ThatNobodyChose_IsTheWidest()
    {
        StudyResults age = SampleResults.Create();
        StudyResults race = age with { Audits = [.. age.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Select(x => x.Attribute == "race" ? x with { TprSd = new Estimate(0.4), Groups = [.. x.Groups.Select((g, i) => g.Positives == 0 ? g : g with { TruePositiveRate = new Estimate(0.1 + 0.8 * i) })] } : x)] } })] };

        foreach (StudyResults results in new[] { age, race })
        {
            var choice = new ResultsChoice(results, new ResultsAddress { Study = 1 });
            Assert.Contains($" MEDL for {choice.Attribute}: the spread of the true positive rate ", ResultsTables.Sentence(new ResultsChoice(results, new ResultsAddress { Study = 1, Attribute = choice.Attribute })).ToString(), StringComparison.Ordinal);
            Assert.Equal(choice.Attribute, choice.Shown[0]);
        }

        Assert.Equal("race", new ResultsChoice(race, new ResultsAddress { Study = 1 }).Attribute);
        Assert.Equal("age", new ResultsChoice(race, new ResultsAddress { Study = 1, Attribute = "age" }).Attribute);
    }

    [Fact]
    public void HiddenModels_AreInNoTable()
    {
        var address = new ResultsAddress { Study = 1, Hidden = ["nnet"] };
        foreach (ResultsPart part in new[] { ResultsPart.Compare, ResultsPart.Groups, ResultsPart.Training, ResultsPart.Features, ResultsPart.Clusters })
            foreach (ReportTable table in ResultsTables.Of(Choose(address with { Part = part })))
                Assert.DoesNotContain("NNet", string.Join("|", table.Columns.Select(c => c.Name).Concat(table.Rows.SelectMany(r => r).Select(c => c.Content))), StringComparison.Ordinal);
    }

    [Fact]
    public void WorstGroup_NeverIsOneWhoseRateIsUndefined()
    {
        ReportTable worst = ResultsTables.Worst(Choose(new ResultsAddress { Study = 1, Attribute = "race" }), "race");

        Assert.DoesNotContain(worst.Rows, r => r[0].Content == "Lowest TPR" && r[2].Content == "Other");
        Assert.Contains(worst.Notes, n => n.ToString() == "Lowest TPR: too small to judge, with fewer than 30 positives: Other (0 positives).");
        Assert.Equal("White", worst.Rows.First(r => r[0].Content == "Lowest TPR")[2].Content);
        Assert.Equal("Other", worst.Rows.First(r => r[0].Content == "Highest FPR")[2].Content);
    }

    [Theory]
    [InlineData("Lending, first look", "lending-first-look-compare.csv")]
    [InlineData("../../etc/passwd", "etc-passwd-compare.csv")]
    [InlineData("Ünï 数", "n-compare.csv")]
    [InlineData("数", "study-compare.csv")]
    public void FileNames_AreNamesEverywhere(string study, string expected) => Assert.Equal(expected, FileNames.Of(study, "compare", "csv"));
}
