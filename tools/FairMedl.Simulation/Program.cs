using System.Globalization;
using FairMedl.Simulation.Intervals;
using FairMedl.Simulation.Regression;

namespace FairMedl.Simulation;

/// <summary>
/// Simulations with a known truth. `regression FOLDER [SEED]` writes the small regression of docs/simulated-pay.md; `coverage` writes
/// the tables of coverage of docs/metrics.md.
/// </summary>
internal static class SimulationProgram
{
    private const string Usage = "Usage: FairMedl.Simulation regression FOLDER [SEED]\n" +
        "       FairMedl.Simulation coverage [--simulations N] [--threads T] [--only rows|clusters]";

    private static int Main(string[] args)
    {
        switch (args)
        {
            case ["regression", var folder]:
                PayStudy.Write(folder);
                return 0;
            case ["regression", var folder, var text] when ulong.TryParse(text, CultureInfo.InvariantCulture, out ulong seed):
                PayStudy.Write(folder, seed);
                return 0;
            case ["coverage", .. var options] when WriteCoverage(options):
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }

    /// <summary>Writes the tables of coverage; false if an option is not understood.</summary>
    private static bool WriteCoverage(string[] options)
    {
        int simulations = 1000, threads = Environment.ProcessorCount;
        string? only = null;
        bool understood = options.Length % 2 == 0;
        for (int i = 0; understood && i < options.Length; i += 2)
        {
            understood = options[i] switch
            {
                "--simulations" => int.TryParse(options[i + 1], CultureInfo.InvariantCulture, out simulations) && simulations > 0,
                "--threads" => int.TryParse(options[i + 1], CultureInfo.InvariantCulture, out threads) && threads > 0,
                "--only" => (only = options[i + 1]) is "rows" or "clusters",
                _ => false,
            };
        }

        if (!understood) return false;
        if (only is null or "rows") CoverageTables.Rows(simulations, threads, Console.Out);
        if (only is null or "clusters") CoverageTables.Clusters(simulations, threads, Console.Out);
        return true;
    }
}
