using System.Diagnostics;
using FairMedl.Torch.Kernels;

namespace FairMedl.Benchmarks;

/// <summary>Kernels of an engine with a stopwatch around each, to split a step's time by operation.</summary>
internal sealed class TimedKernel(Kernel inner) : Kernel
{
    private readonly Dictionary<string, (long Ticks, long Calls)> times = [];

    /// <summary>Seconds and number of calls by operation, without the time of the stopwatches.</summary>
    public IReadOnlyDictionary<string, (double Seconds, long Calls)> Times
    {
        get
        {
            double cost = StopwatchTicks();
            return times.ToDictionary(t => t.Key, t => (Math.Max(0, t.Value.Ticks - t.Value.Calls * cost) / Stopwatch.Frequency, t.Value.Calls));
        }
    }

    /// <summary>Seconds taken by the stopwatches, within and around the operations.</summary>
    public double Overhead => times.Values.Sum(t => t.Calls) * LookupTicks() / Stopwatch.Frequency;

    /// <summary>Multiply-adds of the matrix products so far.</summary>
    public double MultiplyAdds { get; private set; }

    public void Clear()
    {
        times.Clear();
        MultiplyAdds = 0;
    }

    public override void Product(
        ReadOnlySpan<Panel> x, int rows, nint w, int strideK, int strideN, int n, nint bias, bool rectify, nint y, int strideY, bool accumulate, nint gate)
    {
        long start = Stopwatch.GetTimestamp();
        foreach (Panel panel in x) MultiplyAdds += (double)rows * panel.Columns * n;
        inner.Product(x, rows, w, strideK, strideN, n, bias, rectify, y, strideY, accumulate, gate);
        Add("matrix product (forward, and gradient by the input)", start);
    }

    public override void ProductGradient(
        ReadOnlySpan<Panel> x, nint g, int strideG, int n, int rows, nint w, int strideK, int strideN, bool accumulate, nint bias, bool accumulateBias, nint table)
    {
        long start = Stopwatch.GetTimestamp();
        foreach (Panel panel in x) MultiplyAdds += (double)rows * panel.Columns * n;
        inner.ProductGradient(x, g, strideG, n, rows, w, strideK, strideN, accumulate, bias, accumulateBias, table);
        Add("matrix product (gradient by the weights and the bias)", start);
    }

    public override long GradientTableSize(int k, int n, int rows) => inner.GradientTableSize(k, n, rows);

    public override void MaskAndSum(nint g, int strideG, nint y, int strideY, int rows, int columns, bool rectified, nint bias, bool accumulate)
    {
        long start = Stopwatch.GetTimestamp();
        inner.MaskAndSum(g, strideG, y, strideY, rows, columns, rectified, bias, accumulate);
        Add("ReLU and bias backward", start);
    }

    public override double CrossEntropy(in CrossEntropyTask task)
    {
        long start = Stopwatch.GetTimestamp();
        double loss = inner.CrossEntropy(task);
        Add("softmax cross-entropy", start);
        return loss;
    }

    public override double LogisticLoss(nint logits, nint y, nint weights, int n, float scale, nint gradient)
    {
        long start = Stopwatch.GetTimestamp();
        double loss = inner.LogisticLoss(logits, y, weights, n, scale, gradient);
        Add("binary cross-entropy", start);
        return loss;
    }

    public override void Reparameterise(nint mu, nint rho, nint noise, nint y, nint slope, int n)
    {
        long start = Stopwatch.GetTimestamp();
        inner.Reparameterise(mu, rho, noise, y, slope, n);
        Add("reparameterise", start);
    }

    public override double GaussianKl(nint mu, nint rho, int n, float prior, nint muSlope, nint rhoSlope)
    {
        long start = Stopwatch.GetTimestamp();
        double divergence = inner.GaussianKl(mu, rho, n, prior, muSlope, rhoSlope);
        Add("Gaussian KL", start);
        return divergence;
    }

    public override void Pick(nint p, int strideP, int clusters, nint intercepts, nint z, int strideZ, int rows, nint y)
    {
        long start = Stopwatch.GetTimestamp();
        inner.Pick(p, strideP, clusters, intercepts, z, strideZ, rows, y);
        Add("select-linear", start);
    }

    public override void Spread(nint g, nint z, int strideZ, int rows, int clusters, nint h, int strideH)
    {
        long start = Stopwatch.GetTimestamp();
        inner.Spread(g, z, strideZ, rows, clusters, h, strideH);
        Add("select-linear", start);
    }

    public override void Select(in CodedRows x, nint slopes, int strideC, int strideD, int clusters, nint intercepts, nint z, int strideZ, nint y)
    {
        long start = Stopwatch.GetTimestamp();
        inner.Select(x, slopes, strideC, strideD, clusters, intercepts, z, strideZ, y);
        Add("select-linear", start);
    }

    public override void Scatter(in CodedRows x, nint g, nint z, int strideZ, nint slopes, int strideC, int strideD, nint intercepts)
    {
        long start = Stopwatch.GetTimestamp();
        inner.Scatter(x, g, z, strideZ, slopes, strideC, strideD, intercepts);
        Add("select-linear", start);
    }

    public override void CodedProduct(in CodedRows x, nint w, int strideK, int strideN, int n, nint bias, bool rectify, nint y, int strideY, nint table)
    {
        long start = Stopwatch.GetTimestamp();
        inner.CodedProduct(x, w, strideK, strideN, n, bias, rectify, y, strideY, table);
        Add("first layer from codes", start);
    }

    public override void CodedProductGradient(in CodedRows x, nint g, int strideG, int n, nint w, int strideK, int strideN, bool accumulate, nint table)
    {
        long start = Stopwatch.GetTimestamp();
        inner.CodedProductGradient(x, g, strideG, n, w, strideK, strideN, accumulate, table);
        Add("first layer from codes", start);
    }

    public override void Gather(ReadOnlySpan<int> rows, ReadOnlySpan<int> records, int stride, in CodedRows to)
    {
        long start = Stopwatch.GetTimestamp();
        inner.Gather(rows, records, stride, to);
        Add("gathering the batch's records", start);
    }

    public override void Expand(in CodedRows x, nint y, int strideY)
    {
        long start = Stopwatch.GetTimestamp();
        inner.Expand(x, y, strideY);
        Add("writing coded rows out", start);
    }

    public override void Adam(nint weights, nint gradient, nint first, nint second, int n, in AdamTask task)
    {
        long start = Stopwatch.GetTimestamp();
        inner.Adam(weights, gradient, first, second, n, task);
        Add("Adam", start);
    }

    public override double SumOfSquares(nint x, int n)
    {
        long start = Stopwatch.GetTimestamp();
        double sum = inner.SumOfSquares(x, n);
        Add("gradient norm", start);
        return sum;
    }

    public override void Scale(nint x, int n, float factor)
    {
        long start = Stopwatch.GetTimestamp();
        inner.Scale(x, n, factor);
        Add("element by element", start);
    }

    public override void Softmax(nint x, int strideX, int rows, int columns, nint y, int strideY, bool logarithm)
    {
        long start = Stopwatch.GetTimestamp();
        inner.Softmax(x, strideX, rows, columns, y, strideY, logarithm);
        Add("softmax", start);
    }

    public override void Map(Unary unary, in Loop loop, nint output, nint a, float p, float q)
    {
        long start = Stopwatch.GetTimestamp();
        inner.Map(unary, loop, output, a, p, q);
        Add("element by element", start);
    }

    public override void MapGradient(Unary unary, in Loop loop, nint output, nint a, nint y, nint g, float p, float q, bool accumulate)
    {
        long start = Stopwatch.GetTimestamp();
        inner.MapGradient(unary, loop, output, a, y, g, p, q, accumulate);
        Add("element by element", start);
    }

    public override void Combine(Binary binary, in Loop loop, nint output, nint a, nint b, bool accumulate)
    {
        long start = Stopwatch.GetTimestamp();
        inner.Combine(binary, loop, output, a, b, accumulate);
        Add("element by element", start);
    }

    public override void Sum(in Loop loop, nint output, nint a, float scale)
    {
        long start = Stopwatch.GetTimestamp();
        inner.Sum(loop, output, a, scale);
        Add("sums", start);
    }

    public override void Flow(in Loop loop, nint output, nint a, float scale, bool accumulate)
    {
        long start = Stopwatch.GetTimestamp();
        inner.Flow(loop, output, a, scale, accumulate);
        Add("element by element", start);
    }

    private void Add(string operation, long start)
    {
        long ticks = Stopwatch.GetTimestamp() - start;
        ref (long Ticks, long Calls) time = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(times, operation, out _);
        time = (time.Ticks + ticks, time.Calls + 1);
    }

    /// <summary>Ticks between two consecutive readings.</summary>
    private static double StopwatchTicks()
    {
        const int Readings = 10_000;
        long least = long.MaxValue;
        for (int round = 0; round < 20; round++)
        {
            long sum = 0;
            for (int i = 0; i < Readings; i++)
            {
                long start = Stopwatch.GetTimestamp();
                sum += Stopwatch.GetTimestamp() - start;
            }

            least = Math.Min(least, sum);
        }

        return least / (double)Readings;
    }

    /// <summary>Ticks needed to time one operation.</summary>
    private static double LookupTicks()
    {
        const int Readings = 10_000;
        var probe = new TimedKernel(For(VectorPath.Scalar));
        long least = long.MaxValue;
        for (int round = 0; round < 20; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Readings; i++) probe.Add("matrix product (forward, and gradient by the input)", Stopwatch.GetTimestamp());
            least = Math.Min(least, Stopwatch.GetTimestamp() - start);
        }

        return least / (double)Readings;
    }
}
