using System.Diagnostics;
using FairMedl.Core.Data;

namespace FairMedl.Benchmarks;

/// <summary>Reading a CSV that is in memory into a table.</summary>
internal static class IntakeBenchmark
{
    /// <summary>Megabytes (10^6) of CSV a second.</summary>
    public static Measurement Run(byte[] csv, CsvOptions options, int repetitions)
    {
        var rates = new List<double>();
        for (int i = -1; i < repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            CsvTableReader.Read(new MemoryStream(csv), "benchmark.csv", options);
            if (i >= 0) rates.Add(csv.Length / 1e6 / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return new Measurement("CSV intake", "MB/s", rates);
    }
}
