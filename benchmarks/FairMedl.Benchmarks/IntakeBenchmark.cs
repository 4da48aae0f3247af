using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Roles;

namespace FairMedl.Benchmarks;

/// <summary>Time to read a CSV file into a table, compared with pandas.read_csv on the same file.</summary>
internal static class IntakeBenchmark
{
    // Enough readings for the runtime to compile the hot methods.
    private const int WarmUps = 8;

    public static void Write(Page page, FileInfo file, CsvOptions options, int repetitions, bool peers)
    {
        string reason = "not asked for";
        using Peer? peer = peers ? Peer.Start("intake.py", out reason) : null;
        List<double> ours = [], theirs = [];
        for (int i = -WarmUps; i < repetitions; i++)
        {
            long start = ProcessorTime.Nanoseconds();
            CsvTableReader.ReadFile(file.FullName, options);
            double seconds = (ProcessorTime.Nanoseconds() - start) / 1e9;
            if (i >= 0) ours.Add(seconds);
            if (i >= 0 && peer is not null) theirs.AddRange(peer.Ask(file.FullName, 1));
        }

        double median = new Measurement("", "s", ours).Median, megabytes = file.Length / 1e6;
        page.Line($"{file.Name}, {megabytes:F1} MB: {megabytes / median:F0} MB a second of processor time, median of {repetitions} (least time: {megabytes / ours.Min():F0}). What it does beyond reading: distinct values, kinds of columns, faults with their lines, SHA-256 of the file.");
        if (peer is null) page.Line($"pandas is not measured beside it: {reason}.");
        else page.Line($"pandas {peer.Version}: {megabytes / new Measurement("", "s", theirs).Median:F0} MB a second (least time: {megabytes / theirs.Min():F0}); ours reads **{new Measurement("", "s", theirs).Median / median:F2} times** as fast (least times: {theirs.Min() / ours.Min():F2}).");
    }
}
