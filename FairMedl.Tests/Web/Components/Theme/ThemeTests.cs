using System.Globalization;
using System.Text.RegularExpressions;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Theme;
using MudBlazor;
using Xunit;

namespace FairMedl.Tests.Web.Components.Theme;

/// <summary>tokens.css, MudBlazor's theme, MudBlazor's variables in the page and the charts' palette say the same.</summary>
public sealed partial class ThemeTests
{
    private static readonly string Css = File.ReadAllText(Path.Combine(SharedData.Repository, "wwwroot-assets", "css", "tokens.css"));

    // MudBlazor's css variables before the first render, and the same colour in its theme afterwards.
    private static readonly (string Variable, Func<Palette, string> Color)[] Colors =
    [
        ("primary", p => p.Primary.Value),
        ("primary-text", p => p.PrimaryContrastText.Value),
        ("secondary", p => p.Secondary.Value),
        ("background", p => p.Background.Value),
        ("surface", p => p.Surface.Value),
        ("appbar-background", p => p.AppbarBackground.Value),
        ("appbar-text", p => p.AppbarText.Value),
        ("drawer-background", p => p.DrawerBackground.Value),
        ("text-primary", p => p.TextPrimary.Value),
        ("text-secondary", p => p.TextSecondary.Value),
        ("text-disabled", p => p.TextDisabled.Value),
        ("action-default", p => p.ActionDefault.Value),
        ("lines-default", p => p.LinesDefault.Value),
        ("lines-inputs", p => p.LinesInputs.Value),
        ("table-lines", p => p.TableLines.Value),
        ("table-hover", p => p.TableHover.Value),
        ("divider", p => p.Divider.Value),
        ("background-gray", p => p.BackgroundGray.Value),
        ("warning", p => p.Warning.Value),
        ("error", p => p.Error.Value),
        ("success", p => p.Success.Value),
        ("info", p => p.Info.Value),
        ("skeleton", p => p.Skeleton.Value),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MudBlazor_TakesItsColorsFromTheTokens(bool dark)
    {
        DesignTokens tokens = dark ? DesignTokens.Dark : DesignTokens.Light;
        Palette palette = dark ? FairMedlTheme.Theme.PaletteDark : FairMedlTheme.Theme.PaletteLight;

        foreach ((string variable, Func<Palette, string> color) in Colors)
        {
            Match match = Regex.Match(Css, $@"--mud-palette-{variable}: var\((?<token>--fm-[\w-]+)\)");
            Assert.True(match.Success, $"tokens.css does not set --mud-palette-{variable}");
            Assert.StartsWith(tokens[match.Groups["token"].Value], color(palette), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ChartPalette_HasEveryColorOfASeries(bool dark)
    {
        ChartPalette palette = ChartPalette.Of(dark);
        DesignTokens tokens = dark ? DesignTokens.Dark : DesignTokens.Light;

        string[] series = [.. Enumerable.Range(0, 8).Select(i => palette[SeriesStyle.At(i).Color])];

        Assert.Equal(8, series.Distinct().Count());
        Assert.Equal(series, Enumerable.Range(1, 8).Select(i => tokens[$"--fm-series-{i}"]));
        Assert.All(series, c => Assert.Matches("^#[0-9a-f]{6}$", c));
        Assert.Equal("red", palette["red"]);
        Assert.Throws<ArgumentException>(() => palette["var(--fm-nothing)"]);
    }

    [Fact]
    public void DarkTheme_HasItsOwnValueForEveryColor()
    {
        // Sizes, fonts and distances are common to both themes.
        string[] colors = [.. DesignTokens.Light.Names.Where(n => ColorValue().IsMatch(DesignTokens.Light[n]))];
        string block = Css[Css.IndexOf("[data-theme=\"dark\"]", StringComparison.Ordinal)..];

        Assert.True(colors.Length > 20);
        Assert.All(colors, name => Assert.Contains($"{name}:", block, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--fm-ink", "--fm-surface", 7)]
    [InlineData("--fm-ink-soft", "--fm-sunken", 4.5)]
    [InlineData("--fm-ink-faint", "--fm-page", 4.5)]
    [InlineData("--fm-accent", "--fm-surface", 4.5)]
    [InlineData("--fm-on-accent", "--fm-accent", 4.5)]
    [InlineData("--fm-good", "--fm-good-soft", 4.5)]
    [InlineData("--fm-caution", "--fm-caution-soft", 4.5)]
    [InlineData("--fm-error", "--fm-error-soft", 4.5)]
    public void Text_HasEnoughContrast(string ink, string ground, double least)
    {
        foreach (DesignTokens tokens in new[] { DesignTokens.Light, DesignTokens.Dark })
            Assert.True(Contrast(tokens[ink], tokens[ground]) >= least, $"{ink} on {ground}: {Contrast(tokens[ink], tokens[ground]):0.00}");
    }

    // WCAG 2.2, relative luminance and contrast ratio.
    private static double Contrast(string a, string b)
    {
        double light = Math.Max(Luminance(a), Luminance(b)), dark = Math.Min(Luminance(a), Luminance(b));
        return (light + .05) / (dark + .05);
    }

    private static double Luminance(string hex)
    {
        double Part(int i)
        {
            double share = int.Parse(hex.AsSpan(1 + 2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return share <= .04045 ? share / 12.92 : Math.Pow((share + .055) / 1.055, 2.4);
        }

        return .2126 * Part(0) + .7152 * Part(1) + .0722 * Part(2);
    }

    [GeneratedRegex("^(#|rgb)")]
    private static partial Regex ColorValue();
}
