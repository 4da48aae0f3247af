using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;

namespace FairMedl.Core.Data.Csv;

/// <summary>
/// Reads a CSV as a stream into a <see cref="Table"/>. UTF-8 with or without a byte-order mark, UTF-16 and UTF-32 with
/// one; RFC 4180 quotes with line breaks inside; comma, semicolon, tab or bar; with or without a header. Spaces and tabs
/// around a value, and empty lines, are ignored. Content that cannot be read is reported with its physical line; nothing is
/// guessed silently.
/// </summary>
public static class CsvTableReader
{
    /// <summary>Reads the whole stream, which stays open.</summary>
    /// <exception cref="InputException">The file or the options cannot be used; every fault found.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Table Read(Stream stream, string name, CsvOptions? options = null, CsvLimits? limits = null,
        IProgress<CsvProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var reading = new Reading(stream, name, options ?? new CsvOptions(), limits ?? new CsvLimits(), progress, cancellationToken);
        try
        {
            reading.Source.Open();
            while (reading.Source.Reader.Read()) reading.Accept();
            return reading.Finish();
        }
        catch (Exception e) when (reading.Source.Explain(e) is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>As <see cref="Read"/>, for a stream that can only be read asynchronously, such as an upload.</summary>
    /// <exception cref="InputException">The file or the options cannot be used; every fault found.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<Table> ReadAsync(Stream stream, string name, CsvOptions? options = null, CsvLimits? limits = null,
        IProgress<CsvProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var reading = new Reading(stream, name, options ?? new CsvOptions(), limits ?? new CsvLimits(), progress, cancellationToken);
        try
        {
            await reading.Source.OpenAsync().ConfigureAwait(false);
            while (await reading.Source.Reader.ReadAsync(cancellationToken).ConfigureAwait(false)) reading.Accept();
            return reading.Finish();
        }
        catch (Exception e) when (reading.Source.Explain(e) is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>Reads a CSV file into a table.</summary>
    /// <exception cref="InputException">The file or the options cannot be used; every fault found.</exception>
    public static Table ReadFile(string path, CsvOptions? options = null, CsvLimits? limits = null, IProgress<CsvProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        return Read(stream, Path.GetFileName(path), options, limits, progress, cancellationToken);
    }

    /// <summary>One reading: records into columns.</summary>
    private sealed class Reading : IDisposable
    {
        private readonly TableBuilder builder;

        public Reading(Stream source, string name, CsvOptions options, CsvLimits limits, IProgress<CsvProgress>? progress,
            CancellationToken cancellation)
        {
            Source = new CsvSource(source, options, limits, progress, cancellation);
            builder = new TableBuilder(name, options, limits, Source.Check);
        }

        public CsvSource Source { get; }

        public void Accept()
        {
            builder.Accept(Source.Reader);
            Source.Passed();
        }

        public Table Finish()
        {
            Table table = builder.Finish(Source.Reader.Separator, Source.Bytes, Source.Fingerprint());
            Source.Ended();
            return table;
        }

        public void Dispose() => Source.Dispose();
    }
}
