using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Files;

namespace FairMedl.Core.Reports.Writers;

/// <summary>
/// A report as an Office Open XML workbook: a sheet of contents, then one sheet per table with its header in the first row, for
/// programs to read, and notes below the rows. Numbers have full precision and are displayed as rounded on the page; the bounds
/// of an interval have a column each; text is never a formula.
/// </summary>
public static class ReportXlsx
{
    private const int LongestName = 31, EndOfName = 8;

    /// <summary>Writes the workbook.</summary>
    /// <param name="report">The report. Figures are omitted; their numbers are in tables.</param>
    /// <param name="stream">A writable and seekable stream.</param>
    public static void Write(StudyReport report, Stream stream)
    {
        using SpreadsheetDocument document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook);
        WorkbookPart workbook = document.AddWorkbookPart();
        var styles = new CellStyles();
        var sheets = new Sheets();
        (string Name, ReportTable Table)[] tables = [.. report.Sections.SelectMany(s => s.Tables)
            .Select((t, i) => (SheetName(i + 1, t), t))];
        Add(workbook, sheets, "Contents", ContentsOf(report, tables, styles));
        foreach ((string name, ReportTable table) in tables) Add(workbook, sheets, name, SheetOf(table, styles));
        workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = styles.ToStylesheet();
        workbook.Workbook = new Workbook(sheets);
    }

    private static void Add(WorkbookPart workbook, Sheets sheets, string name, Worksheet worksheet)
    {
        WorksheetPart part = workbook.AddNewPart<WorksheetPart>();
        part.Worksheet = worksheet;
        sheets.Append(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = (uint)sheets.Count() + 1, Name = name });
    }

    /// <summary>
    /// A sheet name that is unique in the workbook. Long names are shortened in the middle, because similar tables differ at the end.
    /// </summary>
    private static string SheetName(int number, ReportTable table)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{number} {table.Anchor}");
        return name.Length <= LongestName ? name : $"{name[..(LongestName - EndOfName - 1)]}…{name[^EndOfName..]}";
    }

    private static Worksheet ContentsOf(StudyReport report, (string Name, ReportTable Table)[] tables, CellStyles styles)
    {
        var rows = new SheetData();
        rows.Append(RowOf(TextCell(report.Title, styles.Bold)), RowOf(TextCell(report.Summary, styles.Plain)), new Row());
        if (report.Cover is { } cover)
            rows.Append([.. cover.Facts.Concat(cover.Statements)
                .Select(f => RowOf(TextCell(f.Name, styles.Header), TextCell(f.Value, styles.Plain))), new Row()]);
        rows.Append(RowOf(TextCell("Sheet", styles.Header), TextCell("Table", styles.Header)));
        foreach ((string name, ReportTable table) in tables)
            rows.Append(RowOf(TextCell(name, styles.Plain), TextCell(table.Title, styles.Plain)));
        rows.Append(report.Sections.SelectMany(s => s.Paragraphs).Distinct()
            .SelectMany((p, i) => i == 0 ? new[] { new Row(), RowOf(TextCell(p, styles.Plain)) } : [RowOf(TextCell(p, styles.Plain))]));
        return new Worksheet(ColumnsOf([34, 90]), rows);
    }

    private static Worksheet SheetOf(ReportTable table, CellStyles styles)
    {
        var rows = new SheetData();
        SheetColumn[] columns = [.. table.Columns.SelectMany((c, i) => ColumnsOf(c, [.. table.Rows.Select(r => r[i])]))];
        rows.Append(new Row(columns.Select(c => TextCell(c.Name, c.IsNumber ? styles.NumberHeader : styles.Header))));
        for (int r = 0; r < table.Rows.Count; r++) rows.Append(new Row(columns.Select(c => CellOf(c.Cells[r], styles))));
        rows.Append(new Row(), RowOf(TextCell(table.Title, styles.Bold)));
        foreach (NumericText note in table.Notes) rows.Append(RowOf(TextCell(CellText.Plain.Of(note), styles.Plain)));
        var frozen = new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen };
        int[] widths = [.. columns.Select(c => Math.Clamp(c.Cells.Select(cell => CellText.Plain.Of(cell).Length).Append(c.Name.Length)
            .Max() + 2, 8, 60))];
        return new Worksheet(new SheetViews(new SheetView(frozen) { WorkbookViewId = 0 }), ColumnsOf(widths), rows);
    }

    /// <summary>The column itself; where it holds intervals, columns of numbers for the value, if there is one, and both bounds.</summary>
    private static IEnumerable<SheetColumn> ColumnsOf(ReportColumn column, ReportCell[] cells) =>
        SplitColumn.Of(column, cells) is { } split
            ? split.Select(c => new SheetColumn(c.Name, IsNumber: true, [.. c.Cells]))
            : [new SheetColumn(column.Name, column.Alignment == CellAlignment.Right, cells)];

    private static Columns ColumnsOf(int[] widths) =>
        new(widths.Select((w, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = w, CustomWidth = true }));

    private static Row RowOf(params OpenXmlElement[] cells) => new(cells);

    private static Cell CellOf(ReportCell cell, CellStyles styles)
    {
        if (cell is not { IsNumber: true, Value: { } value } || !double.IsFinite(value))
            return TextCell(CellText.Plain.Of(cell), styles.Of(cell.Effect));
        return new Cell
        {
            CellValue = new CellValue(value.ToString("R", CultureInfo.InvariantCulture)),
            DataType = CellValues.Number,
            StyleIndex = styles.Number(cell.Digits.Decimals(value), cell.Effect),
        };
    }

    /// <summary>Replaces characters that XML does not allow by the replacement character.</summary>
    private static Cell TextCell(string text, uint style) =>
        new(new InlineString(new Text(Printable(text)) { Space = SpaceProcessingModeValues.Preserve }))
        {
            DataType = CellValues.InlineString,
            StyleIndex = style,
        };

    private static string Printable(string text) =>
        string.Concat(text.EnumerateRunes().Select(r => r.Value > char.MaxValue || XmlConvert.IsXmlChar((char)r.Value)
            ? r.ToString() : "\uFFFD"));

    /// <summary>A column of a sheet.</summary>
    private sealed record SheetColumn(string Name, bool IsNumber, ReportCell[] Cells);

    /// <summary>The workbook's cell formats, created on first use: number of decimals by effect.</summary>
    private sealed class CellStyles
    {
        private const uint FirstOwnFormat = 164, PlainFont = 0, BoldFont = 1, ItalicFont = 2;
        private readonly List<CellFormat> formats = [];
        private readonly Dictionary<(int? Decimals, uint Font), uint> numbers = [];
        private readonly SortedDictionary<uint, string> patterns = [];

        public CellStyles()
        {
            Plain = Add(new CellFormat { FontId = PlainFont });
            Bold = Add(new CellFormat { FontId = BoldFont, ApplyFont = true });
            Italic = Add(new CellFormat { FontId = ItalicFont, ApplyFont = true });
            Header = Add(new CellFormat { FontId = BoldFont, BorderId = 1, ApplyFont = true, ApplyBorder = true });
            NumberHeader = Add(new CellFormat(new Alignment { Horizontal = HorizontalAlignmentValues.Right })
            {
                FontId = BoldFont,
                BorderId = 1,
                ApplyFont = true,
                ApplyBorder = true,
                ApplyAlignment = true
            });
        }

        public uint Plain { get; }

        public uint Bold { get; }

        public uint Header { get; }

        public uint NumberHeader { get; }

        private uint Italic { get; }

        /// <summary>Format of text: bold and italic as in the other report formats.</summary>
        public uint Of(EffectSize effect) => Font(effect) switch { BoldFont => Bold, ItalicFont => Italic, _ => Plain };

        /// <summary>Format of numbers with a number of decimals; null = general.</summary>
        public uint Number(int? decimals, EffectSize effect)
        {
            uint font = Font(effect);
            if (numbers.TryGetValue((decimals, font), out uint known)) return known;
            uint pattern = 0;
            if (decimals is { } count)
            {
                pattern = FirstOwnFormat + (uint)count;
                patterns[pattern] = count == 0 ? "#,##0" : "0." + new string('0', count);
            }

            return numbers[(decimals, font)] = Add(new CellFormat
            {
                NumberFormatId = pattern,
                FontId = font,
                ApplyNumberFormat = true,
                ApplyFont = true
            });
        }

        public Stylesheet ToStylesheet()
        {
            var fonts = new Fonts(new Font(), new Font(new Bold()), new Font(new Italic()));
            var fills = new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 }));
            var borders = new Borders(new Border(), new Border(new LeftBorder(), new RightBorder(), new TopBorder(),
                new BottomBorder { Style = BorderStyleValues.Thin }));
            var stylesheet = new Stylesheet();
            if (patterns.Count > 0)
                stylesheet.Append(new NumberingFormats(patterns.Select(p =>
                    new NumberingFormat { NumberFormatId = p.Key, FormatCode = p.Value })));
            var normal = new DocumentFormat.OpenXml.Spreadsheet.CellStyles(new CellStyle { Name = "Normal", FormatId = 0, BuiltinId = 0 });
            stylesheet.Append(fonts, fills, borders, new CellStyleFormats(new CellFormat()), new CellFormats(formats), normal);
            return stylesheet;
        }

        private static uint Font(EffectSize effect) => effect switch
        {
            EffectSize.ModerateToLarge => BoldFont,
            EffectSize.Low => ItalicFont,
            EffectSize.Undefined or EffectSize.Negligible or EffectSize.Worse => PlainFont,
        };

        private uint Add(CellFormat format)
        {
            format.FormatId = 0;
            formats.Add(format);
            return (uint)formats.Count - 1;
        }
    }
}
