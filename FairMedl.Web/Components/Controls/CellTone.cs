using FairMedl.Core.Fairness;
using FairMedl.Core.Reports;

namespace FairMedl.Web.Components.Controls;

/// <summary>How a cell with an effect is marked: an arrow beside the colour, since colour is never the only cue.</summary>
public static class CellTone
{
    /// <summary>The cell's classes.</summary>
    public static string Classes(ReportCell cell, ReportColumn column)
    {
        // Short cells stay on one line; a sentence may break.
        string side = column.Alignment == CellAlignment.Right ? "num nowrap" : cell.Content.Length switch { <= 24 => "nowrap", > 80 => "long", _ => "" };
        string tone = cell.Effect switch
        {
            EffectSize.Undefined => "",
            EffectSize.ModerateToLarge => "effect-large",
            EffectSize.Low => "effect-low",
            EffectSize.Negligible => "effect-none",
            EffectSize.Worse => "effect-worse",
        };
        return $"{side} {tone}".Trim();
    }

    /// <summary>The arrow before a band's words; null for a number or where there is no band.</summary>
    public static string? Arrow(ReportCell cell) => cell.IsNumber ? null : cell.Effect switch
    {
        EffectSize.Undefined => null,
        EffectSize.ModerateToLarge => "▲▲",
        EffectSize.Low => "▲",
        EffectSize.Negligible => "●",
        EffectSize.Worse => "▼",
    };
}
