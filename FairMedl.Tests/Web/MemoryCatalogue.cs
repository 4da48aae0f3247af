using System.Text;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Studies.Sample;
using FairMedl.Web.Services.Datasets;

namespace FairMedl.Tests.Web;

/// <summary>A catalogue in memory that reads files as the real one does.</summary>
internal sealed class MemoryCatalogue(TimeProvider? clock = null) : IDatasetCatalogue
{
    private readonly List<(DatasetSummary Summary, Table Table)> stored = [];
    private int last;

    /// <summary>Data sets that studies use.</summary>
    public HashSet<int> Used { get; } = [];

    /// <summary>What the next listing throws.</summary>
    public Exception? ListFailure { get; set; }

    public int Add(string name, string csv)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(csv));
        return Keep(CsvTableReader.Read(stream, name), isSample: false).Id;
    }

    public Task<IReadOnlyList<DatasetSummary>> ListAsync(CancellationToken cancellation = default) => ListFailure is { } failure
        ? throw failure
        : Task.FromResult<IReadOnlyList<DatasetSummary>>([.. stored.Select(s => s.Summary).Reverse()]);

    public Task<DatasetSummary?> FindAsync(int id, CancellationToken cancellation = default) =>
        Task.FromResult(stored.Find(s => s.Summary.Id == id).Summary)!;

    public Task<Table?> OpenAsync(int id, CancellationToken cancellation = default) =>
        Task.FromResult(stored.Find(s => s.Summary.Id == id).Table)!;

    public async Task<DatasetSummary> UploadAsync(string fileName, Stream content, long? length, CsvOptions options, IProgress<UploadProgress>? progress, CancellationToken cancellation = default)
    {
        Table table = await CsvTableReader.ReadAsync(content, fileName, options, cancellationToken: cancellation);
        progress?.Report(new(table.ByteCount, length, table.RowCount));
        return Keep(table, isSample: false);
    }

    public Task<DatasetSummary> AddSampleAsync(CancellationToken cancellation = default)
    {
        if (stored.Find(s => s.Summary.IsSample).Summary is { } there) return Task.FromResult(there);
        using StringWriter csv = new();
        SampleStudy.WriteCsv(csv, rows: 2_000);
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(csv.ToString()));
        return Task.FromResult(Keep(CsvTableReader.Read(stream, SampleStudy.Name, cancellationToken: cancellation), isSample: true));
    }

    public Task DeleteAsync(int id, CancellationToken cancellation = default)
    {
        if (Used.Contains(id)) throw new InputException(new InputFault("1 study uses the data set.", "Delete the studies first."));
        stored.RemoveAll(s => s.Summary.Id == id);
        return Task.CompletedTask;
    }

    private DatasetSummary Keep(Table table, bool isSample)
    {
        DatasetSummary summary = new(++last, table.Name, table.RowCount, table.Columns.Count, table.ByteCount, (clock ?? TimeProvider.System).GetUtcNow(), isSample, table.Fingerprint, 0);
        stored.Add((summary, table));
        return summary;
    }
}
