using System.Text;
using CsvHelper;
using FairMedl.Core.Data.Roles;

namespace FairMedl.Core.Data.Csv;

/// <summary>
/// A CSV from bytes to records, as a stream: UTF-8 with or without a byte-order mark, UTF-16 and UTF-32 with one; the
/// dialect found out from the first lines. Who reads it says what a record is good for.
/// </summary>
internal sealed class CsvSource : IDisposable
{
    private const int HeadBytes = 64 << 10, BufferBytes = 256 << 10, RowsPerReport = 1 << 12;

    private readonly CsvOptions options;
    private readonly CsvLimits limits;
    private readonly IProgress<CsvProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly long? totalBytes;
    private readonly Intake intake;
    private readonly WatchedStream raw;
    private WatchedStream? text;
    private int untilReport = RowsPerReport;

    /// <summary>Opens nothing yet; the source stays open.</summary>
    /// <exception cref="InputException">The options cannot be used.</exception>
    public CsvSource(Stream source, CsvOptions options, CsvLimits limits, IProgress<CsvProgress>? progress, CancellationToken cancellation)
    {
        this.options = options;
        this.limits = limits;
        this.progress = progress;
        this.cancellation = cancellation;
        if (options.Delimiter is { } delimiter && delimiter is not ("," or ";" or "\t" or "|"))
        {
            throw new InputException(new InputFault("The delimiter is not supported.",
                "Use a comma, semicolon, tab or vertical bar, or omit it to detect the delimiter.", Value: MessageText.Shorten(delimiter),
                Path: "$.data.csv.delimiter"));
        }

        totalBytes = source.CanSeek ? source.Length - source.Position : null;
        intake = new Intake(limits);
        raw = new WatchedStream(source, intake.Take);
        Check = new RecordCheck(limits);
    }

    /// <summary>What holds the records to the header.</summary>
    public RecordCheck Check { get; }

    /// <summary>The reader, once it is open.</summary>
    public CsvReader Reader { get; private set; } = null!;

    /// <summary>How many bytes were read.</summary>
    public long Bytes => intake.Bytes;

    /// <summary>SHA-256 of what was read, in lower-case hexadecimal.</summary>
    public string Fingerprint() => intake.Fingerprint();

    /// <summary>Finds the encoding and the dialect out and opens the reader.</summary>
    public void Open()
    {
        var mark = new byte[FileKind.Bytes];
        Stream decoded = Decode(mark.AsMemory(0, raw.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false)));
        var head = new byte[HeadBytes];
        Begin(head.AsMemory(0, decoded.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)));
    }

    /// <summary>As <see cref="Open"/>, for a stream that can only be read asynchronously.</summary>
    public async Task OpenAsync()
    {
        var mark = new byte[FileKind.Bytes];
        Stream decoded = Decode(mark.AsMemory(0, await raw.ReadAtLeastAsync(mark, mark.Length, throwOnEndOfStream: false, cancellation)
            .ConfigureAwait(false)));
        var head = new byte[HeadBytes];
        Begin(head.AsMemory(0, await decoded.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, cancellation)
            .ConfigureAwait(false)));
    }

    /// <summary>After each record: reports now and then, and ends where the token was cancelled.</summary>
    public void Passed()
    {
        if (--untilReport > 0) return;
        untilReport = RowsPerReport;
        cancellation.ThrowIfCancellationRequested();
        progress?.Report(new CsvProgress(Bytes, totalBytes, Check.RowCount));
    }

    /// <summary>After the last record.</summary>
    public void Ended()
    {
        cancellation.ThrowIfCancellationRequested();
        progress?.Report(new CsvProgress(Bytes, Bytes, Check.RowCount));
    }

    /// <summary>What a failure of the layers below means for the person, or null where it is not about the file.</summary>
    public InputException? Explain(Exception e) => e switch
    {
        DecoderFallbackException => new InputException(new InputFault(
            "The file has a UTF-16 or UTF-32 byte-order mark but is not valid text in that encoding.", "Save it as a UTF-8 CSV file.")),
        CsvFormatException format => Check.FaultsWith(new InputFault(
            $"The record that starts here is longer than {MessageText.Count(limits.MaxRecordBytes)} bytes. A closing " +
                "quote is probably missing.",
            "Close or remove the quote.", format.LineNumber > 0 ? format.LineNumber : null)),
        _ => null,
    };

    public void Dispose()
    {
        Reader?.Dispose();
        text?.Dispose();
        raw.Dispose();
        intake.Dispose();
    }

    private WatchedStream Decode(ReadOnlyMemory<byte> mark)
    {
        ReadOnlySpan<byte> m = mark.Span;
        Encoding? wide =
            m.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]) ? new UTF32Encoding(false, true, true)
            : m.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? new UnicodeEncoding(false, true, true)
            : m.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? new UnicodeEncoding(true, true, true)
            : null;
        if (wide is null && FileKind.Fault(m) is { } fault) throw new InputException(fault);
        raw.GiveBack(mark);
        Stream whole = wide is null ? raw : Encoding.CreateTranscodingStream(raw, wide, new UTF8Encoding(false, true), leaveOpen: true);
        return text = new WatchedStream(whole, new TextGuard().Check);
    }

    private void Begin(ReadOnlyMemory<byte> head)
    {
        CsvDialect dialect = CsvDialect.Find(head, head.Length < HeadBytes, options);
        Check.HasHeader = dialect.HasHeader;
        CsvReaderOptions readerOptions = CsvDialect.ReaderOptions(dialect.Delimiter, limits.MaxRecordBytes) with
        {
            BufferSize = BufferBytes,
            OnMalformedRecord = Check.TakeMalformed,
        };
        text!.GiveBack(head);
        Reader = CsvReader.Create(text, readerOptions, leaveOpen: true);
    }
}
