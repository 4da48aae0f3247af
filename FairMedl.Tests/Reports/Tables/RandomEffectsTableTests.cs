using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Tables;
using FairMedl.Core.Studies.Gathering;
using Xunit;

namespace FairMedl.Tests.Reports.Tables;

public sealed class RandomEffectsTableTests
{
    private static readonly StudyResults Study = SampleStudy.Classification(), Regression = SampleStudy.Regression();

    [Fact]
    public void Effects_WithTotals_AreSortedAndHaveIntervalsAndIntercepts()
    {
        ReportTable table = RandomEffectsTable.Effects(Shown());

        Assert.Equal("Occupation effects of MEDL, in log-odds", table.Title);
        Assert.Equal(["Occupation", "n", "Total effect [95% interval]", "SD", "Random intercept", "SD of the intercept"], table.Columns.Select(c => c.Name));
        Assert.Equal(["office", "30", "1.250 [0.515 to 1.985]", "0.375", "-0.500", "0.250"], table.Rows[0].Select(c => c.Content));
        Assert.Equal(["=sales", "50", "-0.750 [-1.730 to 0.230]", "0.500", "0.500", "0.250"], table.Rows[1].Select(c => c.Content));
        Assert.Empty(table.Notes);
    }

    [Fact]
    public void Effects_OfARegression_AreInTheTargetsUnits()
    {
        ShownEffects shown = ShownEffects.Of(Regression, Regression.RandomEffects[0] with { TargetSd = 40 });
        ReportTable table = RandomEffectsTable.Effects(shown), slopes = RandomEffectsTable.Slopes(shown);

        Assert.Equal("Occupation effects of MEDL, in units of income", table.Title);
        Assert.Equal(["office", "30", "50.0 [20.6 to 79.4]", "15.0", "-20.0", "10.0"], table.Rows[0].Select(c => c.Content));
        Assert.Equal(["hours", "4.0", "office", "-4.0", "=sales", "4.0"], slopes.Rows[0].Select(c => c.Content));
        Assert.Contains("in units of income.", shown.Meaning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(.04, "0.0500 [0.0206 to 0.0794]")]
    [InlineData(4_000, "5,000 [2,060 to 7,940]")]
    public void Effects_OfARegression_HaveTheDecimalsOfItsUnits(double sd, string effect) =>
        Assert.Equal(effect, RandomEffectsTable.Effects(ShownEffects.Of(Regression, Regression.RandomEffects[0] with { TargetSd = sd })).Rows[0][2].Content);

    [Fact]
    public void Effects_OfOlderResults_AreInterceptsAndSayIt()
    {
        RandomEffectsResult older = Study.RandomEffects[0] with { Clusters = [.. Study.RandomEffects[0].Clusters.Select(c => c with { TotalMean = null, TotalSd = null })], IsCentered = false };
        ShownEffects shown = ShownEffects.Of(Study, older);
        ReportTable table = RandomEffectsTable.Effects(shown);

        Assert.Equal(["Occupation", "n", "Random intercept [95% interval]", "SD"], table.Columns.Select(c => c.Name));
        Assert.Equal(["=sales", "50", "0.500 [0.010 to 0.990]", "0.250"], table.Rows[0].Select(c => c.Content));
        Assert.Contains("did not record total effects", shown.Meaning, StringComparison.Ordinal);
    }

    [Fact]
    public void Meaning_OfEffects_SaysWhatZeroIs()
    {
        Assert.Contains("deviations from the population of occupations in training: 0 is the prediction without occupation effects", Shown().Meaning, StringComparison.Ordinal);

        ShownEffects raw = ShownEffects.Of(Study, Study.RandomEffects[0] with { IsCentered = false });
        Assert.Contains("Effects are not centered in this run", raw.Meaning, StringComparison.Ordinal);
        // (50 * -.75 + 30 * 1.25) / 80: weighted by rows.
        Assert.Equal("Mean over occupations, weighted by rows: 0.000.", Assert.Single(RandomEffectsTable.Effects(raw).Notes).ToString());
        Assert.Equal(0, raw.Common, 12);
        ShownEffects shifted = ShownEffects.Of(Study, raw.Effects with { Clusters = [.. raw.Effects.Clusters.Select(c => c with { TotalMean = c.TotalMean + 1 })] });
        Assert.Equal(1, shifted.Common, 12);
    }

    [Fact]
    public void Appendix_OfModelsWithEffects_ExplainsThemOnce()
    {
        RandomEffectsResult fair = Study.RandomEffects[0] with { Model = "fair-adb-medl" };
        ReportSection section = StudyReport.Of(Study with { RandomEffects = [Study.RandomEffects[0], fair] }).Sections.Single(s => s.Part == ReportPart.RandomEffects);

        Assert.Equal([Shown().Meaning, Shown().IntervalMeaning], section.Paragraphs);
        Assert.Equal(["intercepts-medl", "slopes-medl", "intercepts-fair-adb-medl", "slopes-fair-adb-medl"], section.Tables.Select(t => t.Id));
    }

    private static ShownEffects Shown() => ShownEffects.Of(Study, Study.RandomEffects[0]);
}
