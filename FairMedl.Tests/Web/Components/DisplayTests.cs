using System.Globalization;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Web.Components;
using FairMedl.Web.Components.Disparity;
using Xunit;

namespace FairMedl.Tests.Web.Components;

public sealed class DisplayTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.0 kB")]
    [InlineData(1048575, "1.0 MB")]
    [InlineData(2147483648, "2.0 GB")]
    public void Bytes_RoundToTheNearestUnit(long bytes, string expected) => Assert.Equal(expected, Display.Bytes(bytes));

    [Theory]
    [InlineData(0, "0%")]
    [InlineData(.0004, "<0.1%")]
    [InlineData(.004, "0.4%")]
    [InlineData(.2478, "25%")]
    [InlineData(.9996, ">99.9%")]
    [InlineData(1, "100%")]
    public void Percent_OfAPart_IsNeverRoundedTo0Or100(double share, string expected) => Assert.Equal(expected, Display.Percent(share));

    [Theory]
    [InlineData(37, "37")]
    [InlineData(.125, "0.125")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(1484705, "1,484,705")]
    [InlineData(.00001234, "1.234E-05")]
    public void Number_IsShortAndInvariant(double value, string expected) => Assert.Equal(expected, Display.Number(value));

    [Theory]
    [InlineData(new[] { 12.747853, 9.5 }, 2)]
    [InlineData(new[] { .00123 }, 6)]
    [InlineData(new[] { -45_000.5, 3 }, 0)]
    [InlineData(new double[0], 0)]
    public void Decimals_AreAboutFourDigitsOfTheLargest(double[] values, int expected) => Assert.Equal(expected, Display.DecimalsFor(values));

    [Fact]
    public void Count_OneAndMany_AgreeWithTheirNoun() =>
        Assert.Equal("1 row, 2,345 rows", $"{Display.Count(1, "row", "rows")}, {Display.Count(2345, "row", "rows")}");

    [Fact]
    public void EveryNumber_OnAPage_UsesTheReadersSeparators()
    {
        CultureInfo before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal("1.234.567", Display.Count(1_234_567));
            Assert.Equal("0,4%", Display.Percent(.004));
            NumericText interval = $"[95% CI {Digits.Rate.Number(.031)} to {Digits.Rate.Number(.06)}]";
            string version = "0.1.0";
            Assert.Equal(
                "1.234 rows: cuts from 0,081 to 0,043 [95% CI 0,031 to 0,060]. FairMedl 0.1.0",
                Display.Text($"{1234:N0} rows: cuts from {.081:0.000} to {Digits.Rate.Number(.043)} {interval}. FairMedl {version}"));
            Assert.Equal("-0,5 to 1,2", Display.Cells.Of(ReportCell.Interval(-.5, 1.24, Digits.Fixed(1))));
            Assert.Equal("<=2.5", Display.Cells.Of(ReportCell.Words("<=2.5")));
            var estimate = new Estimate(.174, Lower: .164, Upper: .184, N: 1200);
            Assert.Equal("0,174 ± 0,012 [0,164 to 0,184]", Display.Cells.Of(ReportCell.Compact(estimate, .012, Digits.Rate)));
            Assert.Equal(["TPR SD 0,174", "95% CI 0,164 to 0,184", "n = 1.200"], EstimateTip.Lines(MetricDescriptions.Get("tpr_sd"), estimate, isClassification: true));
            Assert.Equal("0.174 [0.164 to 0.184]", CellText.Plain.Of(ReportCell.WithInterval(estimate, Digits.Rate)));
            Assert.Equal(",.", Display.Separators);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
