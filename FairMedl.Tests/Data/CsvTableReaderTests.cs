using System.Security.Cryptography;
using System.Text;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using Xunit;

namespace FairMedl.Tests.Data;

public sealed class CsvTableReaderTests
{
    private const string Small = "name,n\nAda,1\nÆthel,2\nLi,3\n";

    public static TheoryData<string> Encodings => ["utf-8", "utf-8-bom", "utf-16", "utf-16be", "utf-32"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Read_AnyUnicodeEncoding_GivesTheSameTable(string encoding)
    {
        Encoding e = encoding switch
        {
            "utf-8" => new UTF8Encoding(false),
            "utf-8-bom" => new UTF8Encoding(true),
            "utf-16" => new UnicodeEncoding(false, true),
            "utf-16be" => new UnicodeEncoding(true, true),
            _ => new UTF32Encoding(false, true),
        };
        byte[] bytes = [.. e.GetPreamble(), .. e.GetBytes(Small)];

        Table table = Given.Bytes(bytes);

        Assert.Equal(["name", "n"], table.Columns.Select(c => c.Name));
        Assert.Equal(["Ada", "Æthel", "Li"], table.Texts("name"));
        Assert.Equal(2, table.Find("n")!.Number(1));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), table.Fingerprint);
        Assert.Equal(bytes.Length, table.ByteCount);
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void Read_AnyDelimiter_IsDetected(char delimiter)
    {
        Table table = Given.Table(string.Join('\n', "a,b,c", "1,x,2", "3,y,4").Replace(',', delimiter));

        Assert.Equal(3, table.Columns.Count);
        Assert.Equal(delimiter.ToString(), table.ReadAs.Delimiter);
        Assert.Equal(["x", "y"], table.Texts("b"));
    }

    [Fact]
    public void Read_SemicolonsWithDecimalCommas_ReportsTheCommas()
    {
        Table table = Given.Table("a;b\n1,5;x\n2,25;y\n");

        Assert.Equal(ColumnKind.Text, table.Find("a")!.Kind);
        ColumnProblem problem = Assert.Single(table.Find("a")!.Problems);
        Assert.Contains("comma", problem.What, StringComparison.Ordinal);
        Assert.Equal([2, 3], problem.Lines);
    }

    [Fact]
    public void Read_ExcelsSeparatorLine_IsUsedAndCounted()
    {
        Table table = Given.Table("sep=;\na;b\n1;x,y\n");

        Assert.Equal(["a", "b"], table.Columns.Select(c => c.Name));
        Assert.Equal("x,y", table.Find("b")!.Text(0));
        Assert.Equal(3, table.LineOf(0));
    }

    [Fact]
    public void Read_SpacesAfterSeparators_AreIgnored()
    {
        Table table = Given.Table("a, b, c\n1, ?, \" x, y \"\n 2 ,\tz\t, ?\n");

        Assert.Equal(["a", "b", "c"], table.Columns.Select(c => c.Name));
        Assert.Equal([null, "z"], table.Texts("b"));
        Assert.Equal(["x, y", null], table.Texts("c"));
        Assert.Equal(ColumnKind.Number, table.Find("a")!.Kind);
    }

    [Fact]
    public void Read_QuotesAndLineBreaks_KeepPhysicalLineNumbers()
    {
        Table table = Given.Table("a,b\r\n\"one\r\ntwo\",1\r\n\r\n\"say \"\"hi\"\"\",2\r\nplain,3\r\n");

        Assert.Equal(["one\r\ntwo", "say \"hi\"", "plain"], table.Texts("a"));
        Assert.Equal([2, 5, 6], Enumerable.Range(0, 3).Select(table.LineOf));
    }

    [Theory]
    [InlineData("39,State-gov,x\n50,Private,y\n", false)]
    [InlineData("age,class,z\n39,State-gov,x\n", true)]
    [InlineData("?,b,c\n1,b,c\n2,d,c\n", false)]
    [InlineData("country,2018,2019\nA,1.5,2\nB,1,3\n", false)]
    [InlineData("name,x2018\nA,1.5\nB,1\n", true)]
    [InlineData("yes,red\nno,red\nyes,blue\nno,green\n", false)]
    [InlineData("smokes,colour\nno,red\nyes,blue\n", true)]
    public void Header_NotGiven_IsDetected(string csv, bool hasHeader)
    {
        Table table = Given.Table(csv);

        Assert.Equal(hasHeader, table.ReadAs.HasHeader);
        Assert.Equal(csv.Count(c => c == '\n') - (hasHeader ? 1 : 0), table.RowCount);
        if (!hasHeader) Assert.Equal("column1", table.Columns[0].Name);
    }

    [Fact]
    public void Header_Given_IsUsed()
    {
        Assert.Equal(2, Given.Table("a,b\n1,2\n", new CsvOptions { HasHeader = false }).RowCount);
        Assert.Equal(["1", "2"], Given.Table("1,2\n3,4\n", new CsvOptions { HasHeader = true }).Columns.Select(c => c.Name));
    }

    [Fact]
    public void MissingCodes_Given_AreExactAndReplaceTheDefaults()
    {
        Table table = Given.Table("a,b\n?,x\n,NA\n-9,na\n4,\"\"\n", new CsvOptions { Missing = ["-9", "?"] });

        Assert.Equal([null, null, null, "4"], table.Texts("a"));
        Assert.Equal(["x", "NA", "na", null], table.Texts("b"));
        Assert.Equal(3, table.Find("a")!.MissingCount);
        Assert.Equal(ColumnKind.Number, table.Find("a")!.Kind);
    }

    [Fact]
    public void Read_AnEmptyFile_IsRejected()
    {
        Assert.Contains("empty", Assert.Single(Given.Faults("")).What, StringComparison.Ordinal);
        Assert.Contains("empty", Assert.Single(Given.Faults("\n \n\n")).What, StringComparison.Ordinal);
        Assert.Contains("empty", Assert.Single(Given.Faults("\uFEFF")).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AHeaderAlone_IsRejected() =>
        Assert.Contains("no rows", Assert.Single(Given.Faults("a,b,c\n")).What, StringComparison.Ordinal);

    [Fact]
    public void Read_RaggedRows_ReportsTheirLinesUpToALimit()
    {
        IReadOnlyList<InputFault> few = Given.Faults("a,b\n1,2\n3\n\"x\ny\",4\n5,6,7\n8,9\n");
        Assert.Equal([3, 6], few.Select(f => f.Line!.Value));
        Assert.Contains("1 field, but the header has 2", few[0].What, StringComparison.Ordinal);

        IReadOnlyList<InputFault> many = Given.Faults("a,b\n1,2\n" + string.Concat(Enumerable.Repeat("1,2,3\n", 500)) + "1,2\n");
        Assert.Equal(11, many.Count);
        Assert.Contains("490 more", many[^1].What, StringComparison.Ordinal);

        // Faults of another kind are still listed, and so is the one that ends the reading.
        IReadOnlyList<InputFault> mixed = Given.Faults("a,b\n1,2\n" + string.Concat(Enumerable.Repeat("1,2,3\n", 500)) + "1,\"x\"y\n1,\"2\n");
        Assert.Equal(503, mixed[10].Line);
        Assert.Contains("closing quote", mixed[10].What, StringComparison.Ordinal);
        Assert.Contains("ends inside a quoted value", mixed[11].What, StringComparison.Ordinal);
        Assert.Contains("490 more", mixed[12].What, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AFileCutOffInARecord_IsReported()
    {
        InputFault fault = Assert.Single(Given.Faults("a,b,c\n1,2,3\n4,5"));

        Assert.Equal(3, fault.Line);
        Assert.Contains("truncated", fault.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,\"never\nclosed\n5,6\n", 3)]
    [InlineData("a,b\n1,2\n\"3,4", 3)]
    public void Read_AFileCutOffInAQuote_ReportsTheRecordsLine(string csv, long line)
    {
        InputFault fault = Assert.Single(Given.Faults(csv));

        Assert.Equal(line, fault.Line);
        Assert.Contains("quoted value", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnclosedQuoteInALargeFile_IsRejectedInBoundedMemory()
    {
        var csv = new StringBuilder("a,b\n1,2\n\"3,4\n");
        for (int i = 0; i < 200_000; i++) csv.Append("5,6\n");

        InputFault fault = Assert.Single(Given.Faults(csv.ToString(), limits: new CsvLimits(MaxRecordBytes: 100_000)));

        Assert.Equal(3, fault.Line);
        Assert.Contains("quote", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TextAfterAClosingQuote_IsRejected()
    {
        InputFault fault = Assert.Single(Given.Faults("a,b\n\"x\"y,2\n"));

        Assert.Equal(2, fault.Line);
        Assert.Contains("closing quote", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AStrayQuote_IsKeptAndReported()
    {
        Table table = Given.Table("a,b\n5\" pipe,2\n");

        Assert.Equal("5\" pipe", table.Find("a")!.Text(0));
        Assert.Equal([2], Assert.Single(table.Problems).Lines);
    }

    [Fact]
    public void Read_EmptyOrDuplicateNames_AreAllReported()
    {
        IReadOnlyList<InputFault> faults = Given.Faults("a,,b,a\n1,2,3,4\n");

        Assert.Equal(2, faults.Count);
        Assert.Contains("Column 2 has no name", faults[0].What, StringComparison.Ordinal);
        Assert.Contains("Columns 1 and 4", faults[1].What, StringComparison.Ordinal);
        Assert.All(faults, f => Assert.Equal(1, f.Line));
    }

    [Fact]
    public void Read_BytesThatAreNotText_AreRejectedWithTheirLine()
    {
        Assert.Equal(3, NotText([.. "a,b\n1,2\n3,"u8, 0, .. "4\n"u8], "NUL").Line);
        Assert.Equal(2, NotText([.. "a,b\nM"u8, 0xFC, .. "ller,2\n"u8], "UTF-8").Line);
        Assert.Equal(2, NotText([.. "a,b\n1,"u8, 0xE2, 0x82], "UTF-8").Line);
        NotText([0xFF, 0xFE, (byte)'a', 0, 0x00, 0xD8, (byte)'b', 0], "UTF-16");
    }

    [Fact]
    public void Read_AFileOfAnotherKind_IsOneFaultThatNamesTheKind()
    {
        NotText([.. "PK\x03\x04"u8, 1, 2, 3], "Excel");
        NotText([0x89, .. "PNG\r\n"u8, 26, 10, 0], "PNG");
        NotText([0x1F, 0x8B, 8, 0], "gzip");
        NotText([.. "%PDF-1.4\n"u8, 0xE2], "PDF");
        NotText([.. "PAR1"u8, 0x15, 4], "Parquet");
        NotText([.. "\uFEFF<!DOCTYPE html>\n<html>"u8], "HTML");
        NotText([.. "<?xml version=\"1.0\"?>"u8], "XML");
        NotText([.. "{\n  \"formatVersion\": 1,\n"u8], "JSON");
        NotText([.. "[{\"a\": 1}]"u8], "JSON");
        NotText([.. "age,sex\n31,f\n"u8.ToArray().SelectMany(b => new byte[] { b, 0 })], "UTF-16 text without");
        NotText([.. "age,sex\n31,f\n"u8.ToArray().SelectMany(b => new byte[] { 0, b })], "UTF-16 text without");
    }

    /// <summary>What looks a little like something else is read.</summary>
    [Theory]
    [InlineData("[id],[age]\n1,2\n")]
    [InlineData("{id},{age}\n1,2\n")]
    [InlineData("GIF,PNG\n1,2\n")]
    [InlineData("a,b\n1,2\n")]
    public void Read_ACsvWithOddNames_IsRead(string csv) => Assert.Equal(1, Given.Table(csv).RowCount);

    [Fact]
    public void Read_BeyondALimit_IsRejected()
    {
        Assert.Contains("larger than 10 bytes", Assert.Single(Given.Faults(Small, limits: new CsvLimits(MaxBytes: 10))).What, StringComparison.Ordinal);
        Assert.Equal(4, Assert.Single(Given.Faults(Small, limits: new CsvLimits(MaxRows: 2))).Line);
        Assert.Contains("2 columns", Assert.Single(Given.Faults(Small, limits: new CsvLimits(MaxColumns: 1))).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnUnknownDelimiter_IsRejectedWithItsPath() =>
        Assert.Equal("$.data.csv.delimiter", Assert.Single(Given.Faults(Small, new CsvOptions { Delimiter = "::" })).Path);

    /// <summary>Records, quotes, multi-byte characters and line breaks must survive every way of cutting the stream.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(4093)]
    public async Task Read_InChunksOfAnySize_GivesTheSameTable(int piece)
    {
        var csv = new StringBuilder("id,text,n\r\n");
        for (int i = 0; i < 2_500; i++) csv.Append(FormattableString.Invariant($"{i},\"日本 {i % 97} 😀, \"\"q\"\"\r\nnext\",{i * .25}\r\n"));
        byte[] bytes = Encoding.UTF8.GetBytes(csv.ToString());
        Table whole = Given.Bytes(bytes);

        Table pieces = CsvTableReader.Read(new PiecewiseStream(bytes, piece, allowsSync: true), "test.csv");
        Table uploaded = await CsvTableReader.ReadAsync(new PiecewiseStream(bytes, piece, allowsSync: false), "test.csv");

        foreach (Table table in (Table[])[pieces, uploaded])
        {
            Assert.Equal(whole.Fingerprint, table.Fingerprint);
            Assert.Equal(2_500, table.RowCount);
            Assert.Equal(whole.Texts("text"), table.Texts("text"));
            Assert.Equal(whole.Texts("n"), table.Texts("n"));
            Assert.Equal(2 + 2 * 2_499, table.LineOf(2_499));
        }
    }

    [Fact]
    public void Read_InvalidTextInChunks_IsRejectedWithItsLine()
    {
        byte[] bytes = [.. "a,b\nä,1\n"u8, 0xE2, 0x28, 0xA1, .. ",2\n"u8];
        foreach (int piece in (int[])[1, 2, 3, 5, 100])
        {
            InputException refused = Assert.Throws<InputException>(() => CsvTableReader.Read(new PiecewiseStream(bytes, piece, true), "test.csv"));
            Assert.Equal(3, Assert.Single(refused.Faults).Line);
        }
    }

    [Fact]
    public void Read_WithProgress_CountsUpToTheEnd()
    {
        var reports = new List<CsvProgress>();
        byte[] bytes = Encoding.UTF8.GetBytes("a\n" + string.Concat(Enumerable.Repeat("1\n", 10_000)));

        CsvTableReader.Read(new MemoryStream(bytes), "test.csv", progress: new Reports(reports));

        Assert.True(reports.Count >= 3);
        Assert.Equal(reports.OrderBy(r => r.Rows), reports);
        Assert.Equal(new CsvProgress(bytes.Length, bytes.Length, 10_000), reports[^1]);
    }

    [Fact]
    public void Read_WhenCancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => CsvTableReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Small)), "test.csv", cancellationToken: source.Token));
    }

    private static InputFault NotText(byte[] bytes, string said)
    {
        InputFault fault = Assert.Single(Assert.Throws<InputException>(() => Given.Bytes(bytes)).Faults);
        Assert.Contains(said, fault.What, StringComparison.Ordinal);
        return fault;
    }

    private sealed class Reports(List<CsvProgress> into) : IProgress<CsvProgress>
    {
        public void Report(CsvProgress value) => into.Add(value);
    }
}
