using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Figures;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Studies.Gathering;
using Xunit;

namespace FairMedl.Tests.Reports.Figures;

public sealed class DisparityFigureTests
{
    private static readonly StudyResults Study = SampleStudy.Classification();

    [Fact]
    public void Of_AClassification_HasAPanelForEachOfThePapersMetrics()
    {
        DisparityFigure figure = DisparityFigure.Of(Study, [("medl", Head.MixedEffects), ("fair-adb-medl", Head.MixedEffects)], Split.Seen)!;

        Assert.Equal(["tpr_sd", "fpr_sd", "demographic_parity", "counterfactual_fairness"], figure.Panels.Select(p => p.Metric.Id));
        Assert.Equal(["MEDL", "Fair(ADB) MEDL"], figure.Series);
        Assert.All(figure.Panels, p => Assert.Equal(2, p.Rows.Count));
        AttributeAudit age = Study.Find("medl", Head.MixedEffects, Split.Seen)!.Audit.Attributes[0];
        DisparityRow row = figure.Panels[0].Rows.Single(r => r.Attribute == "age");
        Assert.Equal(("Age", "3 groups"), (row.Label, row.GroupsWords));
        Assert.Equal(age.TprSd, row.Values[0].Estimate);
        Assert.Equal(age.NoiseFloor!.TprSd!.Percentile95, row.Values[0].NoiseFloor);
        Assert.Equal(row.Values[0].NoiseFloor, row.NoiseFloor);
        Assert.Contains("the noise floor of MEDL:", figure.Note, StringComparison.Ordinal);
        Assert.Equal("3 of 4 groups", figure.Panels[0].Rows.Single(r => r.Attribute == SampleStudy.Race).Values[0].Estimate.Note);
        Assert.Contains("occupations seen in training", figure.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ARegression_HasErrorsInPlaceOfRates()
    {
        DisparityFigure figure = DisparityFigure.Of(SampleStudy.Regression(), [("medl", Head.MixedEffects), ("medl", Head.FixedEffects)], Split.Seen)!;

        Assert.Equal(["mse_sd", "demographic_parity", "counterfactual_fairness"], figure.Panels.Select(p => p.Metric.Id));
        Assert.Equal(["MEDL (ME)", "MEDL (FE)"], figure.Series);
        Assert.Equal("not measured", figure.Panels[2].Rows[0].Values[0].Estimate.Undefined);
    }

    [Fact]
    public void Of_NoFinishedFits_IsNull() =>
        Assert.Null(DisparityFigure.Of(Study with { Audits = [] }, [("medl", Head.MixedEffects)], Split.Seen));

    [Fact]
    public void Svg_OfAFigure_MarksDefinedValuesAndNamesUndefinedOnes()
    {
        DisparityFigure figure = DisparityFigure.Of(Study, [("medl", Head.MixedEffects), ("fair-adb-medl", Head.MixedEffects)], Split.Seen)!;
        AttributeAudit undefined = Study.Audits[0].Audit.Attributes[0] with { TprSd = Estimate.None("1 of 3 groups defined") };
        DisparityRow row = figure.Panels[0].Rows[0] with { Values = [figure.Panels[0].Rows[0].Values[0] with { Estimate = undefined.TprSd }, figure.Panels[0].Rows[0].Values[1]] };
        DisparityFigure gap = figure with { Panels = [figure.Panels[0] with { Rows = [row] }] };
        using var document = new HtmlParser().ParseDocument(figure.ToSvg());
        using var partly = new HtmlParser().ParseDocument(gap.ToSvg());

        // One mark in the legend, and one a row and panel.
        Assert.Equal(1 + 2 * 4, Marks(document, "medl"));
        Assert.Equal(1 + 2 * 4, Marks(document, "fair-adb-medl"));
        Assert.Equal(1, Marks(partly, "medl"));
        Assert.Contains("– (1 of 3 groups defined)", partly.DocumentElement.TextContent, StringComparison.Ordinal);
        Assert.Empty(document.QuerySelectorAll("b, script"));
    }

    private static int Marks(IParentNode document, string model) => document.QuerySelectorAll("path").Count(p =>
        p.GetAttribute("d") == ModelStyle.OutlineOf(ModelStyle.OfModel(model).Symbol)
        && p.GetAttribute("stroke") == ModelStyle.OfModel(model).Hex
        && p.GetAttribute("fill") == (ModelStyle.OfModel(model).IsOpen ? "#fff" : ModelStyle.OfModel(model).Hex));
}
