using FairMedl.Core.Experiments;
using FairMedl.Core.Fairness;
using FairMedl.Core.Reports;
using FairMedl.Web.Results;
using FairMedl.Web.Studies;
using Xunit;

namespace FairMedl.Tests.Web.Results;

public sealed class ResultsTablesTests
{
    private static ResultsChoice Choose(ResultsAddress address) => new(SampleResults.Create(), address);

    [Fact]
    public void Comparison_UnderAHead_HasThatHeadOnly()
    {
        ReportTable mixed = ResultsTables.Comparison(Choose(new ResultsAddress { Study = 1 }))!;
        ReportTable plain = ResultsTables.Comparison(Choose(new ResultsAddress { Study = 1, Head = Head.FixedEffects }))!;

        Assert.Contains(mixed.Columns, c => c.Name.StartsWith("ME ", StringComparison.Ordinal));
        Assert.DoesNotContain(mixed.Columns, c => c.Name.StartsWith("FE ", StringComparison.Ordinal));
        Assert.DoesNotContain(plain.Columns, c => c.Name.StartsWith("ME ", StringComparison.Ordinal));
    }

    [Fact]
    public void Comparison_TellsTheChangeAgainstTheBaselineInPerCent()
    {
        ReportTable table = ResultsTables.Comparison(Choose(new ResultsAddress { Study = 1 }))!;
        IReadOnlyList<ReportCell> row = table.Rows.Single(r => r[0].Content == "age" && r[1].Content == "TPR SD");
        double from = double.Parse(row[2].Content, System.Globalization.CultureInfo.InvariantCulture), to = double.Parse(row[3].Content, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(100 * (from - to) / from, double.Parse(row[4].Content, System.Globalization.CultureInfo.InvariantCulture), 0.06);
    }

    [Fact]
    public void Comparison_OfAModelWithoutRandomEffectsAgainstOneThatHasThem_IsByFixedEffects()
    {
        ReportTable table = ResultsTables.Comparison(Choose(new ResultsAddress { Study = 1, Baseline = "medl", Compared = "nnet" }))!;

        Assert.NotEmpty(table.Rows);
        Assert.DoesNotContain(table.Columns, c => c.Name.StartsWith("ME ", StringComparison.Ordinal));
    }

    [Fact]
    public void Default_IsTheFairModelAgainstItsUnfairTwin()
    {
        ResultsChoice choice = Choose(new ResultsAddress { Study = 1 });

        Assert.Equal(("medl", "fair-adb-medl"), (choice.Baseline, choice.Compared));
    }

    [Fact]
    public void Attribute_ThatNobodyChose_IsTheOneOfTheSentence()
    {
        StudyResults age = SampleResults.Create();
        StudyResults race = age with { Audits = [.. age.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Select(x => x.Attribute == "race" ? x with { TprSd = new Estimate(0.4), Groups = [.. x.Groups.Select((g, i) => g.Positives == 0 ? g : g with { TruePositiveRate = new Estimate(0.1 + 0.8 * i) })] } : x)] } })] };

        foreach (StudyResults results in new[] { age, race })
        {
            var choice = new ResultsChoice(results, new ResultsAddress { Study = 1 });
            Assert.Contains($" MEDL for {choice.Attribute}: the spread of the true positive rate ", ResultsTables.Sentence(choice), StringComparison.Ordinal);
        }

        Assert.Equal("race", new ResultsChoice(race, new ResultsAddress { Study = 1 }).Attribute);
        Assert.Equal("age", new ResultsChoice(race, new ResultsAddress { Study = 1, Attribute = "age" }).Attribute);
    }

    [Fact]
    public void HiddenModels_AreInNoTable()
    {
        var address = new ResultsAddress { Study = 1, Hidden = ["nnet"] };
        foreach (ResultsPart part in new[] { ResultsPart.Compare, ResultsPart.Groups, ResultsPart.Training, ResultsPart.Features })
            foreach (ReportTable table in ResultsTables.Of(Choose(address with { Part = part })))
                Assert.DoesNotContain("NNet", string.Join("|", table.Columns.Select(c => c.Name).Concat(table.Rows.SelectMany(r => r).Select(c => c.Content))), StringComparison.Ordinal);
    }

    [Fact]
    public void WorstGroup_NeverIsOneWhoseRateIsUndefined()
    {
        ReportTable worst = ResultsTables.Worst(Choose(new ResultsAddress { Study = 1, Attribute = "race" }));

        Assert.DoesNotContain(worst.Rows, r => r[0].Content == "Lowest TPR" && r[2].Content == "Other");
        Assert.Contains(worst.Notes, n => n == "Lowest TPR: too small to judge, with fewer than 30 positives: Other (0 positives).");
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
