using MudBlazor;

namespace FairMedl.Web.Components.Layout;

/// <summary>FairMedl's look: MudBlazor's theme, light and dark, on the same colours as tokens.css.</summary>
public static class FairMedlTheme
{
    /// <summary>The theme.</summary>
    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0b5f73", PrimaryContrastText = "#ffffff", Secondary = "#0b5f73", Background = "#f5f7f8", Surface = "#ffffff",
            AppbarBackground = "#ffffff", AppbarText = "#182026", TextPrimary = "#182026", TextSecondary = "#46525b", ActionDefault = "#46525b",
            LinesDefault = "#d9e0e4", LinesInputs = "#7f8b94", TableLines = "#d9e0e4", Divider = "#d9e0e4", BackgroundGray = "#edf1f3",
            Warning = "#7a4d00", Error = "#9c2a1c", Success = "#17633a", Info = "#0b5f73",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#63c5d9", PrimaryContrastText = "#05232b", Secondary = "#63c5d9", Background = "#10161a", Surface = "#182025",
            AppbarBackground = "#182025", AppbarText = "#e6ecef", TextPrimary = "#e6ecef", TextSecondary = "#b3bfc7", ActionDefault = "#b3bfc7",
            LinesDefault = "#2f3b43", LinesInputs = "#76858f", TableLines = "#2f3b43", Divider = "#2f3b43", BackgroundGray = "#212b31",
            Warning = "#f2c46b", Error = "#f3a196", Success = "#86d3a7", Info = "#63c5d9",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = ["Roboto", "Segoe UI", "system-ui", "sans-serif"], FontSize = ".9375rem" },
            Button = new ButtonTypography { TextTransform = "none", FontSize = ".9375rem", LetterSpacing = "0" },
        },
    };
}
