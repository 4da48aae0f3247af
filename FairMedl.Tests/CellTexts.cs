using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;

namespace FairMedl.Tests;

/// <summary>Cells and texts as a test reads them: in the invariant format.</summary>
internal static class CellTexts
{
    extension(ReportCell cell)
    {
        public string Content => CellText.Plain.Of(cell);

        public string? Detail => CellText.Plain.Detail(cell);
    }

    public static bool Contains(this NumericText text, string part, StringComparison comparison) => text.ToString().Contains(part, comparison);

    public static bool StartsWith(this NumericText text, string part, StringComparison comparison) => text.ToString().StartsWith(part, comparison);
}
