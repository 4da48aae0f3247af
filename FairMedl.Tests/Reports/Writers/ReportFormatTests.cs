using System.Globalization;
using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Studies.Gathering;
using Xunit;

namespace FairMedl.Tests.Reports.Writers;

public sealed class ReportFormatTests
{
    private static readonly StudyResults Study = SampleStudy.Classification();

    private static readonly ReportTable Nasty = new(
        "nasty", "Title & 5 % of [x]*?",
        [new("Name"), ReportColumn.Number("Value (%)")],
        [
            [ReportCell.Words("=1+1"), ReportCell.Number(0.123456789, Digits.Rate)],
            [ReportCell.Words("@cmd \u0001\uFFFE 𝛼"), ReportCell.Number(-44.25, Digits.Fixed(1))],
            [ReportCell.Words("007"), ReportCell.Of(Estimate.None("0 positives"), Digits.Rate)],
            [ReportCell.Words("small"), ReportCell.Number(1.5e-9, Digits.Significant(3))],
        ],
        [$"A note."]);

    private static readonly StudyReport Report = new("=Report", "Summary", [new ReportSection(ReportPart.Shown, "Heading", ["Paragraph."], [Nasty, Nasty])]);

    public static TheoryData<string> Extensions => [.. ReportFormat.All.Select(f => f.Extension)];

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Export_OfAPage_IncludesItsProvenance(string extension)
    {
        StudyReport shown = StudyReport.OfShown(Study, "Compare", "A sentence.", [Nasty]);
        byte[] bytes = ReportFormat.Find(extension)!.ToBytes(shown);
        string text = extension == "xlsx" ? Words(bytes) : Encoding.UTF8.GetString(bytes);
        foreach (string fact in new[] { Study.Header.DefinitionHash, Study.Header.DataHash, Study.Header.Version, "Seeds", "Thresholds", "TPR SD" })
            Assert.Contains(fact, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Xlsx_ReadBack_HasNumbersAsNumbersAndTextAsText()
    {
        using SpreadsheetDocument document = Open(ReportFormat.Find("xlsx")!.ToBytes(Report));
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        Assert.Equal(["Contents", "1 nasty", "2 nasty"], document.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().Select(s => s.Name!.Value!));
        Row[] rows = [.. Worksheet(document, "1 nasty").GetFirstChild<SheetData>()!.Elements<Row>()];
        Assert.Equal(["Name", "Value (%)"], rows[0].Elements<Cell>().Select(c => c.InnerText));
        Assert.Equal("=1+1", rows[1].Elements<Cell>().First().InnerText);
        Assert.Equal("007", rows[3].Elements<Cell>().First().InnerText);
        Assert.Equal("– (0 positives)", rows[3].Elements<Cell>().Last().InnerText);
        Assert.All(document.WorkbookPart.WorksheetParts.SelectMany(p => p.Worksheet.Descendants<Cell>()), c => Assert.Null(c.CellFormula));
        Assert.Equal([0.123456789, -44.25, 1.5e-9], new[] { 1, 2, 4 }.Select(r => double.Parse(rows[r].Elements<Cell>().Last().CellValue!.Text, CultureInfo.InvariantCulture)));
        Assert.Equal("0.000", Pattern(document, rows[1].Elements<Cell>().Last()));
        Assert.Equal("0.0", Pattern(document, rows[2].Elements<Cell>().Last()));
    }

    [Fact]
    public void CsvAndXlsx_ColumnOfValuesWithIntervals_HasThreeColumnsOfNumbers()
    {
        var table = new ReportTable(
            "values", "Values", [new("Name"), ReportColumn.Number("TPR [95% CI]")],
            [
                [ReportCell.Words("a"), ReportCell.WithInterval(new Estimate(0.0851234, Lower: -0.0701234, Upper: 0.1011234), Digits.Rate)],
                [ReportCell.Words("b"), ReportCell.WithInterval(Estimate.None("0 positives"), Digits.Rate)],
                [ReportCell.Words("c"), ReportCell.WithInterval(new Estimate(0.5), Digits.Rate)],
            ],
            []);
        Assert.Equal("0.085 [-0.070 to 0.101]", table.Rows[0][1].Content);
        Assert.Equal(["Name,TPR,TPR lower,TPR upper", "a,0.085,-0.070,0.101", "b,– (0 positives),,", "c,0.500,,"], table.ToCsv().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('\r')));

        using SpreadsheetDocument document = Open(ReportFormat.Find("xlsx")!.ToBytes(Report with { Sections = [new ReportSection(ReportPart.Shown, "Heading", [], [table])] }));
        Cell[][] rows = [.. Worksheet(document, "1 values").GetFirstChild<SheetData>()!.Elements<Row>().Take(3).Select(r => r.Elements<Cell>().ToArray())];
        Assert.Equal(["Name", "TPR", "TPR lower", "TPR upper"], rows[0].Select(c => c.InnerText));
        Assert.Equal(["0.0851234", "-0.0701234", "0.1011234"], rows[1][1..].Select(c => c.CellValue!.Text));
        Assert.Equal(["b", "– (0 positives)", "", ""], rows[2].Select(c => c.InnerText));
    }

    [Fact]
    public void CsvAndXlsx_ValuesWithSdAndIntervals_AreNumbersInTheirOwnColumns()
    {
        var estimate = new Estimate(0.1741, Lower: 0.1642, Upper: 0.1843);
        var table = new ReportTable("compact", "Compact", [new("Model"), new("TPR SD")],
            [
                [ReportCell.Words("a"), ReportCell.Compact(estimate, 0.0121, Digits.Rate)],
                [ReportCell.Words("b"), ReportCell.None()],
            ],
            []);

        Assert.Equal("Model,TPR SD,\"TPR SD, SD over seeds\",TPR SD lower,TPR SD upper\na,0.174,0.012,0.164,0.184\nb,–,,,\n", table.ToCsv());
        using SpreadsheetDocument document = Open(ReportFormat.Find("xlsx")!.ToBytes(Report with { Sections = [new ReportSection(ReportPart.Shown, "Heading", [], [table])] }));
        Cell[] cells = [.. Worksheet(document, "1 compact").GetFirstChild<SheetData>()!.Elements<Row>().ElementAt(1).Elements<Cell>()];
        Assert.Equal(["0.1741", "0.0121", "0.1642", "0.1843"], cells[1..].Select(c => c.CellValue!.Text));
    }

    [Fact]
    public void PValue_BelowAThousandth_IsANumberThatReadsAsABound()
    {
        var cell = ReportCell.Number(.0002, Digits.Probability);

        Assert.Equal(("<0.001", "0.012"), (cell.Content, ReportCell.Number(.012, Digits.Probability).Content));
        Assert.Equal(.0002, cell.Value);
    }

    [Fact]
    public void Xlsx_AColumnOfIntervals_IsTwoColumnsOfNumbers()
    {
        var interval = new Estimate(0.0851234, Lower: 0.0701234, Upper: 0.1011234);
        var table = new ReportTable(
            "intervals", "Intervals", [new("Name"), new("95 % CI"), ReportColumn.Number("n")],
            [
                [ReportCell.Words("a"), ReportCell.Interval(interval, Digits.Rate), ReportCell.Count(7)],
                [ReportCell.Words("b"), ReportCell.Interval(Estimate.None("0 positives"), Digits.Rate), ReportCell.Count(8)],
            ],
            []);
        using SpreadsheetDocument document = Open(ReportFormat.Find("xlsx")!.ToBytes(Report with { Sections = [new ReportSection(ReportPart.Shown, "Heading", [], [table])] }));
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(e => e.Description));
        Cell[][] rows = [.. Worksheet(document, "1 intervals").GetFirstChild<SheetData>()!.Elements<Row>().Take(3).Select(r => r.Elements<Cell>().ToArray())];
        Assert.Equal(["Name", "95 % CI lower", "95 % CI upper", "n"], rows[0].Select(c => c.InnerText));
        Assert.Equal(["0.0701234", "0.1011234", "7"], rows[1][1..].Select(c => c.CellValue!.Text));
        Assert.All(rows[1][1..3], c => Assert.Equal("0.000", Pattern(document, c)));
        Assert.Equal(["b", "", "", "8"], rows[2].Select(c => c.InnerText));
        Assert.Equal("0.070 to 0.101", table.Rows[0][1].Content);
    }

    [Fact]
    public void Xlsx_LongTableNames_KeepTheirEnds()
    {
        ReportTable[] tables = [.. new[] { "seen", "unseen" }.Select(split => Nasty with { Id = $"a-table-of-a-very-long-name-{split}" })];
        using SpreadsheetDocument document = Open(ReportFormat.Find("xlsx")!.ToBytes(Report with { Sections = [new ReportSection(ReportPart.Shown, "Heading", [], tables)] }));
        string[] names = [.. document.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().Skip(1).Select(s => s.Name!.Value!)];
        Assert.Equal(["1 a-table-of-a-very-lo…ame-seen", "2 a-table-of-a-very-lo…e-unseen"], names);
        Assert.All(names, n => Assert.Equal(31, n.Length));
    }

    [Fact]
    public void Xlsx_OfAWholeStudy_IsValid()
    {
        foreach (StudyResults study in new[] { Study, SampleStudy.Regression(), Study with { Audits = [], Fits = [], Importance = [], RandomEffects = [] } })
        {
            using SpreadsheetDocument document = Open(ReportFormat.Find("xlsx")!.ToBytes(StudyReport.Of(study)));
            Assert.Empty(new OpenXmlValidator().Validate(document).Select(e => e.Description));
        }
    }

    [ProgramFact("/usr/bin/python3", "-c", "import openpyxl")]
    public void Xlsx_ReadByAnotherProgram_HasTheSameCells()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fairmedl");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "report.xlsx"), ReportFormat.Find("xlsx")!.ToBytes(Report));
            const string Script = "import openpyxl, json, warnings; warnings.simplefilter('error'); s = openpyxl.load_workbook('report.xlsx')['1 nasty']; print(json.dumps([[c.value for c in r] for r in s.iter_rows(min_row=1, max_row=4)]), [c.data_type for c in s['B']][:4])";
            (int exit, string output) = ProgramFactAttribute.Run("/usr/bin/python3", ["-c", Script], folder.FullName);
            Assert.Equal(0, exit);
            Assert.StartsWith("[[\"Name\", \"Value (%)\"], [\"=1+1\", 0.123456789], [\"@cmd ", output, StringComparison.Ordinal);
            Assert.Contains("-44.25], [\"007\", \"\\u2013 (0 positives)\"]]", output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [ProgramFact("pdflatex", "--version")]
    public void Latex_OfAWholeStudy_Compiles()
    {
        foreach (StudyReport report in new[] { StudyReport.Of(Study), StudyReport.Of(SampleStudy.Regression()), ModelCard.Of(Study, "fair-adb-medl")!, WithNasty() })
        {
            DirectoryInfo folder = Directory.CreateTempSubdirectory("fairmedl");
            try
            {
                File.WriteAllText(Path.Combine(folder.FullName, "report.tex"), ReportLatex.Of(report));
                (int exit, string output) = ProgramFactAttribute.Run("pdflatex", ["-interaction=nonstopmode", "-halt-on-error", "report.tex"], folder.FullName);
                Assert.True(exit == 0, output);
                Assert.DoesNotContain("Float too large", output, StringComparison.Ordinal);
                Assert.True(new FileInfo(Path.Combine(folder.FullName, "report.pdf")).Length > 10_000);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        // Signs that LaTeX takes for its own, letters that no font of it has, and more rows than a page holds.
        static StudyReport WithNasty() => new("T_1 & \"q\"", "50 % of $5 #1 {x} ~ ^ \\", [new(ReportPart.Shown, "H_#", ["p & q"], [Nasty with { Rows = [.. Nasty.Rows, [ReportCell.Words("Ελλάδα, Россия, 中国, Ærø, ŉ, €, 𝛼"), ReportCell.Words("")], [ReportCell.Words("[0.1 to"), ReportCell.Words("*x")], .. Enumerable.Range(0, 120).Select(i => (ReportCell[])[ReportCell.Words($"row {i}"), ReportCell.Count(i)])] }])]);
    }

    [Fact]
    public void Json_OfAPage_HasEveryCell()
    {
        using JsonDocument json = JsonDocument.Parse(ReportFormat.Find("json")!.ToBytes(Report));
        JsonElement cell = json.RootElement.GetProperty("sections")[0].GetProperty("tables")[1].GetProperty("rows")[0][1];
        Assert.Equal("0.123", cell.GetProperty("content").GetString());
        Assert.Equal(0.123456789, cell.GetProperty("value").GetDouble());
    }

    [Fact]
    public void Json_OfAnInterval_HasItsBounds()
    {
        ReportTable table = Nasty with { Rows = [[ReportCell.Words("a"), ReportCell.Interval(new Estimate(0.2, Lower: 0.125, Upper: 0.25), Digits.Rate)]] };
        using JsonDocument json = JsonDocument.Parse(ReportFormat.Find("json")!.ToBytes(Report with { Sections = [new ReportSection(ReportPart.Shown, "Heading", [], [table])] }));
        JsonElement row = json.RootElement.GetProperty("sections")[0].GetProperty("tables")[0].GetProperty("rows")[0];
        Assert.Equal((0.125, 0.25), (row[1].GetProperty("lower").GetDouble(), row[1].GetProperty("upper").GetDouble()));
        Assert.False(row[0].TryGetProperty("lower", out _));
    }

    [Fact]
    public void Only_SomeParts_KeepsTheProvenance()
    {
        StudyReport report = StudyReport.Of(Study).Only(new HashSet<ReportPart> { ReportPart.Fits });
        Assert.Equal([ReportPart.Origin, ReportPart.Fits], report.Sections.Select(s => s.Part));
    }

    private static string Words(byte[] workbook)
    {
        using SpreadsheetDocument document = Open(workbook);
        return string.Join('\n', document.WorkbookPart!.WorksheetParts.SelectMany(p => p.Worksheet.Descendants<Cell>()).Select(c => c.InnerText));
    }

    private static SpreadsheetDocument Open(byte[] workbook) => SpreadsheetDocument.Open(new MemoryStream(workbook), isEditable: false);

    private static Worksheet Worksheet(SpreadsheetDocument document, string name)
    {
        WorkbookPart workbook = document.WorkbookPart!;
        Sheet sheet = workbook.Workbook.Sheets!.Elements<Sheet>().Single(s => s.Name == name);
        return ((WorksheetPart)workbook.GetPartById(sheet.Id!)).Worksheet;
    }

    private static string? Pattern(SpreadsheetDocument document, Cell cell)
    {
        Stylesheet styles = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet;
        CellFormat format = styles.CellFormats!.Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value);
        return styles.NumberingFormats!.Elements<NumberingFormat>().Single(n => n.NumberFormatId!.Value == format.NumberFormatId!.Value).FormatCode;
    }
}
