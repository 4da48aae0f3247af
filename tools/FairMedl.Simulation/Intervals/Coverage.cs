using FairMedl.Core.Fairness.Metrics;

namespace FairMedl.Simulation.Intervals;

/// <summary>Counts how often intervals hold a known true value.</summary>
internal sealed class Coverage
{
    private int covered, undefined;
    private double width, value;

    /// <summary>Number of intervals.</summary>
    public int N { get; private set; }

    /// <summary>Share of intervals that hold the true value.</summary>
    public double Share => (double)covered / N;

    /// <summary>Mean width of the intervals.</summary>
    public double Width => width / N;

    /// <summary>Mean observed value.</summary>
    public double Value => value / N;

    /// <summary>Audits without a value; they are not counted in the other numbers.</summary>
    public int Undefined => undefined;

    /// <summary>Adds an interval.</summary>
    public void Add(double truth, double? observed, double? lower, double? upper)
    {
        if (observed is not { } v || lower is not { } from || upper is not { } to)
        {
            undefined++;
            return;
        }

        N++;
        value += v;
        width += to - from;
        if (from <= truth + 1e-12 && truth <= to + 1e-12) covered++;
    }

    /// <summary>Adds the interval by rows.</summary>
    public void AddRows(double truth, Estimate estimate) => Add(truth, estimate.Value, estimate.Lower, estimate.Upper);

    /// <summary>Adds the interval by clusters.</summary>
    public void AddClusters(double truth, Estimate estimate) =>
        Add(truth, estimate.Value, estimate.ByClusters?.Lower, estimate.ByClusters?.Upper);

    /// <summary>Adds other counts.</summary>
    public void Add(Coverage other)
    {
        N += other.N;
        covered += other.covered;
        undefined += other.undefined;
        width += other.width;
        value += other.value;
    }
}
