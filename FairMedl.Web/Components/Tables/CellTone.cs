using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Reports.Cells;

namespace FairMedl.Web.Components.Tables;

/// <summary>The look of a cell with an effect: an arrow beside the colour, because colour is never the only cue.</summary>
public static class CellTone
{
    /// <summary>The CSS classes of a cell.</summary>
    public static string Classes(ReportCell cell, ReportColumn column)
    {
        // Short cells stay on one line; sentences may wrap.
        string side = column.Alignment == CellAlignment.Right
            ? "num nowrap" : Display.Cells.Of(cell).Length switch { <= 24 => "nowrap", > 80 => "long", _ => "" };
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

    /// <summary>The arrow before an effect's words; null for numbers and cells without an effect.</summary>
    public static string? Arrow(ReportCell cell) => cell.IsNumber ? null : cell.Effect switch
    {
        EffectSize.Undefined => null,
        EffectSize.ModerateToLarge => "▲▲",
        EffectSize.Low => "▲",
        EffectSize.Negligible => "●",
        EffectSize.Worse => "▼",
    };
}
