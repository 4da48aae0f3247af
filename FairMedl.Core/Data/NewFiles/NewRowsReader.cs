using FairMedl.Core.Data.Csv;

namespace FairMedl.Core.Data.NewFiles;

/// <summary>
/// Reads new rows from a file in batches, in memory that does not grow with the file. Columns are found by name, in any order;
/// columns that the model does not use are skipped. Unknown levels and clusters are counted; text in a numeric column is a
/// fault with its line. After the first fault no batch is returned, but the file is read to its end to report all faults.
/// </summary>
public sealed class NewRowsReader : IDisposable
{
    private readonly CsvSource source;
    private readonly BatchSchema schema;
    private FieldReaders? fields;
    private bool isOpen, isEnded;

    /// <summary>The stream stays open.</summary>
    /// <exception cref="InputException">The study's options for reading a file cannot be used.</exception>
    public NewRowsReader(Stream stream, BatchSchema schema, CsvLimits? limits = null, IProgress<CsvProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        this.schema = schema;
        // How the study's file was delimited says nothing about this one.
        source = new CsvSource(stream, schema.Data.Csv with { Delimiter = null }, limits ?? new CsvLimits(), progress, cancellation);
    }

    /// <summary>The next batch of rows; null at the end.</summary>
    /// <exception cref="InputException">The file cannot be used; every fault found.</exception>
    public NewRows? Read(int most)
    {
        if (isEnded) return null;
        try
        {
            if (!isOpen) source.Open();
            isOpen = true;
            while (source.Reader.Read())
            {
                if (source.Check.Take(source.Reader))
                {
                    fields ??= new FieldReaders(schema, source.Check);
                    fields.Accept(source.Reader);
                }

                source.Passed();
                if (fields is not null && fields.Count == most && !source.Check.HasFaults) return fields.Take();
                if (source.Check.HasFaults) fields?.Drop();
            }

            isEnded = true;
            if (source.Check is { HasHeader: true, Names: not null }) fields ??= new FieldReaders(schema, source.Check);
            source.Check.Finish();
            source.Ended();
            return fields!.Count > 0 ? fields.Take() : null;
        }
        catch (Exception e) when (source.Explain(e) is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>What there was besides the rows; at the end.</summary>
    public NewRowsSummary Summary() => fields is { } all && isEnded
        ? all.Summary(source.Check.RowCount, source.Fingerprint())
        : throw new InvalidOperationException("The file has not been read to its end.");

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();
}
