using FairMedl.Core.Numerics;
using FairMedl.Core.Studies.Plan;

namespace FairMedl.Simulation.Intervals;

/// <summary>Writes the coverage of the 95% intervals of spreads as Markdown tables. Every cell has its own random stream.</summary>
internal static class CoverageTables
{
    private static readonly double[] Sds = [0, 0.02, 0.05, 0.1], Bases = [0.2, 0.5, 0.8];
    private static readonly int[] GroupCounts = [2, 3, 5], Sizes = [20, 100, 1000], ClusterCounts = [6, 9, 15, 30, 80];

    /// <summary>Groups of 20, 100 and 1,000 rows, and one group of 20 among groups of 1,000.</summary>
    public static void Rows(int simulations, int threads, TextWriter output)
    {
        RowCell[] cells =
        [
            .. from k in GroupCounts
               from sizes in Sizes.Select(n => Enumerable.Repeat(n, k).ToArray())
                   .Append([20, .. Enumerable.Repeat(1000, k - 1)])
               from rate in Bases
               from sd in Sds
               select new RowCell(sd, rate, sizes),
        ];
        RowCoverage[] found = DedicatedThreads.Run(cells.Length, threads, i =>
            cells[i].Run(simulations, new RandomStream(1).Child("rows").Child((ulong)i)));
        output.WriteLine($"By rows: coverage of the SD, {simulations:N0} intervals a cell (in %)\n");
        output.WriteLine($"| groups | size | base rate | {string.Join(" | ", Sds.Select(s => $"SD {s}"))} |");
        output.WriteLine($"|---|---|---|{string.Concat(Sds.Select(_ => "---|"))}");
        for (int i = 0; i < cells.Length; i += Sds.Length)
            output.WriteLine($"| {cells[i].Sizes.Length} | {cells[i].SizeWords} | {cells[i].BaseRate} | " +
                $"{string.Join(" | ", Enumerable.Range(i, Sds.Length).Select(j => Percent(found[j].Sd)))} |");
        output.WriteLine("\nBy rows: all spreads over all cells (in %)\n");
        output.WriteLine("| spread | mean | lowest |\n|---|---|---|");
        Summary("SD", f => f.Sd);
        Summary("demographic parity", f => f.Pairwise);
        Summary("largest difference", f => f.Difference);
        Summary("equalized odds difference", f => f.EqualizedOdds);
        Summary("demographic parity ratio", f => f.Ratio);
        output.WriteLine();

        void Summary(string name, Func<RowCoverage, Coverage> read)
        {
            var all = new Coverage();
            foreach (RowCoverage f in found) all.Add(read(f));
            (RowCell cell, RowCoverage lowest) = cells.Zip(found).MinBy(c => read(c.Second).Share);
            output.WriteLine($"| {name} | {Percent(all)} | {Percent(read(lowest))}: {cell.Sizes.Length} groups of {cell.SizeWords}, " +
                $"base rate {cell.BaseRate}, SD {cell.Sd} |");
        }
    }

    /// <summary>6 to 80 clusters that vary, with intervals by clusters and, for comparison, by rows.</summary>
    public static void Clusters(int simulations, int threads, TextWriter output)
    {
        ClusterCell[] cells = [.. from k in GroupCounts from c in ClusterCounts from sd in Sds select new ClusterCell(sd, c, k)];
        (Coverage ByRows, Coverage ByClusters)[] found = DedicatedThreads.Run(cells.Length, threads, i =>
            cells[i].Run(simulations, new RandomStream(1).Child("clusters").Child((ulong)i)));
        output.WriteLine($"By clusters: coverage of the SD, {simulations:N0} intervals a cell (in %); in brackets that of the intervals " +
            "by rows\n");
        output.WriteLine($"| groups | clusters | {string.Join(" | ", Sds.Select(s => $"SD {s}"))} |");
        output.WriteLine($"|---|---|{string.Concat(Sds.Select(_ => "---|"))}");
        for (int i = 0; i < cells.Length; i += Sds.Length)
            output.WriteLine($"| {cells[i].Groups} | {cells[i].Clusters} | {string.Join(" | ", Enumerable.Range(i, Sds.Length)
                .Select(j => $"{Percent(found[j].ByClusters)} ({Percent(found[j].ByRows)})"))} |");
        output.WriteLine();
    }

    private static string Percent(Coverage coverage) => $"{100 * coverage.Share:0.0}";
}
