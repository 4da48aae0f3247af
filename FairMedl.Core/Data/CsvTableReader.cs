using System.Text;
using CsvHelper;

namespace FairMedl.Core.Data;

/// <summary>
/// Reads a CSV as a stream into a <see cref="Table"/>. UTF-8 with or without a byte-order mark, UTF-16 and UTF-32 with
/// one; RFC 4180 quotes with line breaks inside; comma, semicolon, tab or bar; with or without a header. Spaces and tabs
/// around a value, and empty lines, do not count. What cannot be read is told with its physical line and nothing is
/// guessed in silence.
/// </summary>
public static class CsvTableReader
{
    private const int HeadBytes = 64 << 10, BufferBytes = 256 << 10, RowsPerReport = 1 << 12;

    /// <summary>Reads the whole stream, which stays open.</summary>
    /// <exception cref="InputException">The file or the options cannot be used; every fault found.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Table Read(Stream stream, string name, CsvOptions? options = null, CsvLimits? limits = null, IProgress<CsvProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var reading = new Reading(stream, name, options ?? new CsvOptions(), limits ?? new CsvLimits(), progress, cancellationToken);
        try
        {
            var mark = new byte[4];
            reading.Decode(mark.AsMemory(0, reading.Intake.ReadAtLeast(mark, 4, throwOnEndOfStream: false)));
            var head = new byte[HeadBytes];
            reading.Begin(head.AsMemory(0, reading.Text.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)));
            while (reading.Reader.Read()) reading.Accept();
            return reading.Finish();
        }
        catch (Exception e) when (reading.Explain(e) is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>As <see cref="Read"/>, for a stream that can only be read asynchronously, such as an upload.</summary>
    /// <exception cref="InputException">The file or the options cannot be used; every fault found.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<Table> ReadAsync(Stream stream, string name, CsvOptions? options = null, CsvLimits? limits = null, IProgress<CsvProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var reading = new Reading(stream, name, options ?? new CsvOptions(), limits ?? new CsvLimits(), progress, cancellationToken);
        try
        {
            var mark = new byte[4];
            int marked = await reading.Intake.ReadAtLeastAsync(mark, 4, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            reading.Decode(mark.AsMemory(0, marked));
            var head = new byte[HeadBytes];
            int read = await reading.Text.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            reading.Begin(head.AsMemory(0, read));
            while (await reading.Reader.ReadAsync(cancellationToken).ConfigureAwait(false)) reading.Accept();
            return reading.Finish();
        }
        catch (Exception e) when (reading.Explain(e) is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">The file or the options cannot be used; every fault found.</exception>
    public static Table ReadFile(string path, CsvOptions? options = null, CsvLimits? limits = null, IProgress<CsvProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        return Read(stream, Path.GetFileName(path), options, limits, progress, cancellationToken);
    }

    /// <summary>One reading: bytes, text, records, columns.</summary>
    private sealed class Reading : IDisposable
    {
        private readonly CsvOptions options;
        private readonly CsvLimits limits;
        private readonly IProgress<CsvProgress>? progress;
        private readonly CancellationToken cancellation;
        private readonly TableBuilder builder;
        private int untilReport = RowsPerReport;

        public Reading(Stream source, string name, CsvOptions options, CsvLimits limits, IProgress<CsvProgress>? progress, CancellationToken cancellation)
        {
            this.options = options;
            this.limits = limits;
            this.progress = progress;
            this.cancellation = cancellation;
            if (options.Delimiter is { } delimiter && delimiter is not ("," or ";" or "\t" or "|"))
            {
                throw new InputException(new InputFault("The delimiter is not one of comma, semicolon, tab and bar.",
                    "Name one of them, or leave it out to have it found.", Value: ShownText.Shorten(delimiter), Path: "$.data.csv.delimiter"));
            }

            Intake = new IntakeStream(source, limits);
            builder = new TableBuilder(name, options, limits);
        }

        public IntakeStream Intake { get; }

        public Stream Text { get; private set; } = Stream.Null;

        public CsvReader Reader { get; private set; } = null!;

        /// <summary>Sets the decoding up from the first four bytes.</summary>
        public void Decode(ReadOnlyMemory<byte> mark)
        {
            ReadOnlySpan<byte> m = mark.Span;
            if (m.StartsWith("PK\x03\x04"u8))
            {
                throw new InputException(new InputFault("The file is an Excel workbook or another zip archive, not a CSV.", "Save the sheet as a CSV in UTF-8."));
            }

            Encoding? wide =
                m.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]) ? new UTF32Encoding(false, true, true)
                : m.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? new UnicodeEncoding(false, true, true)
                : m.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? new UnicodeEncoding(true, true, true)
                : null;
            Stream whole = new PrefixedStream(mark, Intake);
            if (wide is not null) whole = Encoding.CreateTranscodingStream(whole, wide, new UTF8Encoding(false, true), leaveOpen: true);
            Text = new TextGuardStream(whole);
        }

        /// <summary>Finds the dialect out and opens the reader.</summary>
        public void Begin(ReadOnlyMemory<byte> head)
        {
            CsvDialect dialect = CsvDialect.Find(head, head.Length < HeadBytes, options);
            builder.HasHeader = dialect.HasHeader;
            CsvReaderOptions readerOptions = CsvDialect.ReaderOptions(dialect.Delimiter, limits.MaxRecordBytes) with
            {
                BufferSize = BufferBytes,
                OnMalformedRecord = builder.AcceptMalformed,
            };
            Reader = CsvReader.Create(new PrefixedStream(head, Text), readerOptions, leaveOpen: true);
        }

        /// <summary>Takes the reader's current record.</summary>
        public void Accept()
        {
            builder.Accept(Reader);
            if (--untilReport > 0) return;
            untilReport = RowsPerReport;
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new CsvProgress(Intake.Bytes, Intake.TotalBytes, builder.RowCount));
        }

        public Table Finish()
        {
            cancellation.ThrowIfCancellationRequested();
            Table table = builder.Finish(Reader.Separator, Intake.Bytes, Intake.Fingerprint());
            progress?.Report(new CsvProgress(Intake.Bytes, Intake.Bytes, table.RowCount));
            return table;
        }

        /// <summary>What a failure of the layers below means for the person, or null where it is not about the file.</summary>
        public InputException? Explain(Exception e) => e switch
        {
            DecoderFallbackException => new InputException(new InputFault(
                "The file has a byte-order mark of UTF-16 or UTF-32 but does not hold valid text in it.", "Save it as a CSV in UTF-8.")),
            CsvFormatException format => builder.FaultsWith(new InputFault(
                $"The record that begins here is longer than {ShownText.Count(limits.MaxRecordBytes)} bytes; most likely a quote is opened and never closed.",
                "Close the quote, or remove it.", format.LineNumber > 0 ? format.LineNumber : null)),
            _ => null,
        };

        public void Dispose()
        {
            Reader?.Dispose();
            Intake.Dispose();
        }
    }
}
