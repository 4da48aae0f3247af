using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Plan;

namespace FairMedl.Benchmarks;

/// <summary>The same fit on increasing numbers of rows: a file repeated with noise on its integers, up to 1.6 million rows.</summary>
internal static class LargeSection
{
    private static readonly int[] Sizes = [20_000, 200_000, 1_600_000];

    public static void Write(Page page, FileInfo source, StudyDefinition definition)
    {
        StudyDefinition one = definition with
        {
            Protocol = definition.Protocol with { FoldsToRun = 1, Seeds = [1] },
            Models = [new ModelRequest("fair-adb-medl")],
            Settings = new Dictionary<string, JsonElement>
            {
                ["epochs"] = JsonSerializer.SerializeToElement(3),
                ["batchSize"] = JsonSerializer.SerializeToElement(4096),
                ["hidden"] = JsonSerializer.SerializeToElement(new[] { 32, 32, 32 }),
                ["unseenClusters"] = JsonSerializer.SerializeToElement("fixedEffects"),
            },
        };
        page.Heading("More rows");
        page.Line($"{source.Name} repeated with seeded noise in its whole numbers; Fair(ADB) MEDL, batch 4096, three hidden layers of 32; one thread. Evaluation: predictions of all rows, attribute flips of test and unseen rows, importance. Memory is the process's peak so far.");
        page.Line($"");
        page.Table("| rows | intake, s | us a row | epoch, s | us a row | evaluation, s | us a row | peak memory, MB |", [.. Sizes.Select(rows => Row(source, one, rows))]);
    }

    private static FormattableString Row(FileInfo source, StudyDefinition definition, int rows)
    {
        string file = Path.Combine(Path.GetTempPath(), $"fairmedl-benchmark-{rows}.csv");
        try
        {
            Repeat(source, file, rows);
            long start = Stopwatch.GetTimestamp();
            Table table = CsvTableReader.ReadFile(file, definition.Data.Csv);
            double intake = Stopwatch.GetElapsedTime(start).TotalSeconds;
            StudyPlan plan = StudyPlan.Create(definition, table);
            var epochs = new List<long>();
            FitResult fit = plan.Run(Compute.Managed, plan.Fits[0], new Inline(() => epochs.Add(Stopwatch.GetTimestamp())), CancellationToken.None);

            // The first epoch includes the compilation of hot methods.
            double epoch = Enumerable.Range(1, epochs.Count - 1).Min(e => Stopwatch.GetElapsedTime(epochs[e - 1], epochs[e]).TotalSeconds);
            long peak = Process.GetCurrentProcess().PeakWorkingSet64;
            return $"| {rows:N0} | {intake:F2} | {intake / rows * 1e6:F2} | {epoch:F2} | {epoch / fit.TrainingRows * 1e6:F2} | {fit.EvaluateSeconds:F2} | {fit.EvaluateSeconds / plan.Data.RowCount * 1e6:F2} | {peak / 1e6:N0} |";
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The file's records, repeated. After the first pass, values of integer columns change by -1, 0 or 1 and stay at 0 or above; records with quotes are unchanged.</summary>
    private static void Repeat(FileInfo source, string target, int rows)
    {
        var random = new RandomStream(1);
        using var writer = new StreamWriter(target, false, new UTF8Encoding(false), 1 << 16);
        string[] lines = File.ReadAllLines(source.FullName);
        writer.WriteLine(lines[0]);
        string[][] first = [.. lines.Skip(1).Take(1000).Where(l => !l.Contains('"')).Select(l => l.Split(','))];
        bool[] whole = [.. lines[0].Split(',').Select((_, c) => first.All(f => int.TryParse(f[c], NumberStyles.None, CultureInfo.InvariantCulture, out int _)))];
        for (int row = 0; row < rows; row++)
        {
            string line = lines[1 + row % (lines.Length - 1)];
            if (row < lines.Length - 1 || line.Contains('"'))
            {
                writer.WriteLine(line);
                continue;
            }

            string[] fields = line.Split(',');
            for (int c = 0; c < fields.Length; c++)
                if (whole[c] && int.TryParse(fields[c], NumberStyles.None, CultureInfo.InvariantCulture, out int value))
                    fields[c] = Math.Max(0, value + random.NextInt(3) - 1).ToString(CultureInfo.InvariantCulture);
            writer.WriteLine(string.Join(',', fields));
        }
    }

    private sealed class Inline(Action report) : IProgress<EpochLosses>
    {
        public void Report(EpochLosses value) => report();
    }
}
