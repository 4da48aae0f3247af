using MudBlazor;

namespace FairMedl.Web.Components.Theme;

/// <summary>MudBlazor's theme, light and dark, made from the <see cref="DesignTokens"/>.</summary>
public static class FairMedlTheme
{
    /// <summary>The theme.</summary>
    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = Fill(new PaletteLight(), DesignTokens.Light),
        PaletteDark = Fill(new PaletteDark(), DesignTokens.Dark),
        LayoutProperties = new LayoutProperties
        {
            DefaultBorderRadius = DesignTokens.Light["--fm-radius-s"],
            AppbarHeight = "3.5rem",
            DrawerWidthLeft = "16rem"
        },
        Typography = new Typography
        {
            Default = new DefaultTypography
            {
                FontFamily =
                [.. DesignTokens.Light["--fm-font"].Split(',').Select(name => name.Trim(' ', '"'))],
                FontSize = ".9375rem",
                LineHeight = "1.5",
                LetterSpacing = "0"
            },
            Body1 = new Body1Typography { FontSize = ".9375rem", LetterSpacing = "0" },
            Body2 = new Body2Typography { FontSize = ".875rem", LetterSpacing = "0" },
            Subtitle1 = new Subtitle1Typography { FontSize = ".9375rem", LetterSpacing = "0" },
            Caption = new CaptionTypography { FontSize = ".8125rem", LetterSpacing = "0" },
            Button = new ButtonTypography { TextTransform = "none", FontSize = ".9375rem", FontWeight = "500", LetterSpacing = "0" },
        },
    };

    private static T Fill<T>(T palette, DesignTokens tokens) where T : Palette
    {
        palette.Primary = palette.Secondary = palette.Tertiary = palette.Info = tokens["--fm-accent"];
        palette.PrimaryContrastText = palette.SecondaryContrastText = palette.TertiaryContrastText = palette.InfoContrastText =
            tokens["--fm-on-accent"];
        palette.PrimaryDarken = palette.PrimaryLighten = tokens["--fm-accent-hover"];
        palette.Background = tokens["--fm-page"];
        palette.BackgroundGray = tokens["--fm-sunken"];
        palette.Surface = palette.AppbarBackground = palette.DrawerBackground = tokens["--fm-surface"];
        palette.TextPrimary = palette.AppbarText = palette.DrawerText = tokens["--fm-ink"];
        palette.TextSecondary = palette.ActionDefault = palette.DrawerIcon = tokens["--fm-ink-soft"];
        palette.TextDisabled = palette.ActionDisabled = tokens["--fm-ink-faint"];
        palette.ActionDisabledBackground = palette.TableHover = palette.TableStriped = tokens["--fm-sunken"];
        palette.LinesDefault = palette.TableLines = palette.Divider = palette.DividerLight = tokens["--fm-line"];
        palette.LinesInputs = tokens["--fm-line-strong"];
        palette.Warning = tokens["--fm-caution"];
        palette.Error = tokens["--fm-error"];
        palette.Success = tokens["--fm-good"];
        palette.Black = palette.Dark = tokens["--fm-ink"];
        palette.WarningContrastText = palette.ErrorContrastText = palette.SuccessContrastText = palette.DarkContrastText =
            tokens["--fm-surface"];
        palette.OverlayDark = tokens["--fm-shade"];
        palette.Skeleton = tokens["--fm-line"];
        return palette;
    }
}
