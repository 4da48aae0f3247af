using System.Runtime.InteropServices;
using FairMedl.Core.Numerics;
using FairMedl.Torch.Kernels;
using Xunit;

namespace FairMedl.Tests.Torch;

/// <summary>The elementwise kernels at every length from 0 to 256, compared with a plain loop; elements after the end are unchanged.</summary>
public unsafe class KernelTests
{
    private const int Longest = 256;

    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void Map_EveryLength_MatchesAPlainLoop(string path)
    {
        Kernel kernel = Paths.Kernel(path);
        foreach ((Unary unary, Func<double, double> f, double low, double high) in new (Unary, Func<double, double>, double, double)[]
        {
            (Unary.Exponential, Math.Exp, -80, 80),
            (Unary.Logarithm, Math.Log, 1e-6, 50),
            (Unary.Sigmoid, x => 1 / (1 + Math.Exp(-x)), -20, 20),
            (Unary.Softplus, x => Math.Max(x, 0) + (Math.Exp(-Math.Abs(x)) is double u && u < 1e-8 ? u : Math.Log(1 + Math.Exp(-Math.Abs(x)))), -30, 30),
        })
        {
            Over(low, high, (x, y, n) =>
            {
                kernel.Map(unary, Loop(n), (nint)y, (nint)x, 0, 0);
                for (int i = 0; i < n; i++) Close(f(x[i]), y[i], 4e-7);
            });
        }
    }

    /// <summary>Relative precision over the whole range, subnormal arguments of the logarithm included.</summary>
    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void Transcendental_WholeRange_IsExactToAFewUnits(string path)
    {
        Kernel kernel = Paths.Kernel(path);
        float[] x = new float[4000], y = new float[4000];
        fixed (float* from = x, to = y)
        {
            for (int i = 0; i < x.Length; i++) x[i] = -86 + i * (174.7f / x.Length);
            kernel.Map(Unary.Exponential, Loop(x.Length), (nint)to, (nint)from, 0, 0);
            for (int i = 0; i < x.Length; i++) Close(Math.Exp(x[i]), y[i], 3e-7);
            for (int i = 0; i < x.Length; i++) x[i] = MathF.ScaleB(1 + i % 97 / 97f, i % 267 - 140);
            kernel.Map(Unary.Logarithm, Loop(x.Length), (nint)to, (nint)from, 0, 0);
            for (int i = 0; i < x.Length; i++) Close(Math.Log(x[i]), y[i], 3e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void Reduction_EveryLength_MatchesAPlainLoop(string path)
    {
        Kernel kernel = Paths.Kernel(path);
        Over(-1, 1, (x, y, n) =>
        {
            double squares = 0, sum = 0;
            for (int i = 0; i < n; i++)
            {
                squares += x[i] * (double)x[i];
                sum += x[i];
            }

            Close(squares, kernel.SumOfSquares((nint)x, n), 1e-6);
            Layout run = Layout.Packed([n]);
            *y = 1;
            kernel.Sum(FairMedl.Torch.Kernels.Loop.Over(Layout.Packed([]).Expand(run), run), (nint)y, (nint)x, 2);
            Assert.Equal(1 + 2 * sum, *y, 1e-5);
        });
    }

    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void Combine_EveryLengthAndStride_MatchesAPlainLoop(string path)
    {
        Kernel kernel = Paths.Kernel(path);
        foreach ((Binary binary, Func<float, float, float> f) in new (Binary, Func<float, float, float>)[]
        {
            (Binary.Add, (a, b) => a + b), (Binary.Subtract, (a, b) => a - b), (Binary.Multiply, (a, b) => a * b), (Binary.Divide, (a, b) => a / b),
        })
        {
            foreach ((int strideA, int strideB) in new[] { (1, 1), (1, 0), (0, 1), (2, 1) })
            {
                Over(.5, 2, (x, y, n) =>
                {
                    Loop loop = Loop(n / 2);
                    (loop.A[0], loop.B[0]) = (strideA, strideB);
                    kernel.Combine(binary, loop, (nint)y, (nint)x, (nint)(x + n / 4), false);
                    for (int i = 0; i < n / 2; i++) Assert.Equal(f(x[i * strideA], x[n / 4 + i * strideB]), y[i]);
                    kernel.Combine(binary, loop, (nint)y, (nint)x, (nint)(x + n / 4), true);
                    for (int i = 0; i < n / 2; i++) Assert.Equal(2 * f(x[i * strideA], x[n / 4 + i * strideB]), y[i]);
                });
            }
        }
    }

    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void MaskAndSum_EveryNumberOfRows_MatchesAPlainLoop(string path)
    {
        Kernel kernel = Paths.Kernel(path);
        const int columns = 6;
        int stride = Layout.LeadingDimension(Longest);
        float[] y = Random(stride * columns);
        fixed (float* py = y)
        {
            for (int rows = 0; rows <= Longest; rows++)
            {
                float[] g = Random(stride * columns), sums = new float[columns];
                g[rows] = float.NaN;
                double[] expected = new double[columns];
                Array.Fill(sums, 1);
                Array.Fill(expected, 1);
                for (int j = 0; j < columns; j++) for (int i = 0; i < rows; i++) expected[j] += y[j * stride + i] > 0 ? g[j * stride + i] : 0;
                fixed (float* pg = g, ps = sums) kernel.MaskAndSum((nint)pg, stride, (nint)py, stride, rows, columns, true, (nint)ps, true);
                for (int j = 0; j < columns; j++) Assert.Equal(expected[j], sums[j], 1e-4);
                for (int i = 0; i < rows; i++) Assert.Equal(y[i] > 0, g[i] != 0);
            }
        }
    }

    /// <summary>More rows than a kernel takes at a time.</summary>
    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void Kernel_SeveralBlocksOfRows_MatchesAPlainLoop(string path)
    {
        Kernel kernel = Paths.Kernel(path);
        const int rows = 2100, columns = 7;
        int stride = Layout.LeadingDimension(rows);
        float[] x = Random(stride * columns), g = Random(stride * columns), w = new float[columns * columns], sums = new float[columns], slope = new float[2 * stride];
        float[] derivative = new float[stride * columns];
        int[] segments = [3, 4];
        long[] labels = new long[2 * rows];
        for (int i = 0; i < rows; i++) (labels[2 * i], labels[2 * i + 1]) = (i % 3, i % 4);
        fixed (float* px = x, pg = g, pw = w, ps = sums, pd = derivative, pm = slope)
        fixed (int* pc = segments)
        fixed (long* pl = labels)
        {
            ReadOnlySpan<Panel> panel = [new Panel((nint)px, stride, columns)];
            kernel.ProductGradient(panel, (nint)pg, stride, columns, rows, (nint)pw, 1, columns, false, 0, false, 0);
            for (int k = 0; k < columns; k++)
                for (int n = 0; n < columns; n++) Assert.Equal(Enumerable.Range(0, rows).Sum(i => x[k * stride + i] * (double)g[n * stride + i]), w[n * columns + k], 2e-3);

            double loss = 0, expectedSlope = 0;
            for (int i = 0; i < rows; i++)
            {
                for (int a = 0, start = 0; a < 2; start += segments[a++])
                {
                    double sum = Enumerable.Range(start, segments[a]).Sum(c => Math.Exp(x[c * stride + i])), own = x[(start + (int)labels[2 * i + a]) * stride + i];
                    loss += (Math.Log(sum) - own) / rows;
                    if (i == rows - 1 && a == 1) expectedSlope = (Math.Exp(own) / sum - 1) / rows;
                }
            }

            double actual = kernel.CrossEntropy(new CrossEntropyTask((nint)px, stride, rows, (nint)pc, 2, (nint)pl, 2, 1, 0, 0, 0, (nint)pd));
            Assert.Equal(loss, actual, 1e-5);
            Assert.Equal(expectedSlope, derivative[(3 + (int)labels[^1]) * stride + rows - 1], 1e-8);

            kernel.MaskAndSum((nint)pg, stride, (nint)px, stride, rows, columns, false, (nint)ps, false);
            for (int n = 0; n < columns; n++) Assert.Equal(Enumerable.Range(0, rows).Sum(i => (double)g[n * stride + i]), sums[n], 1e-3);

            double divergence = Enumerable.Range(0, rows).Sum(i =>
            {
                double sigma = 1e-5 + Math.Log(1 + Math.Exp(g[i]));
                return -Math.Log(sigma) + (sigma * sigma + x[i] * (double)x[i] - 1) / 2;
            });
            Assert.Equal(divergence, kernel.GaussianKl((nint)px, (nint)pg, rows, 1, (nint)pm, (nint)(pm + stride)), 1e-2);
            Assert.Equal(x[rows - 1], slope[rows - 1], 1e-6);
        }
    }

    [Fact]
    public void Path_OfASetting_IsTheOneNamed()
    {
        Assert.Equal(VectorPath.Vector512, VectorPaths.Forced("512"));
        Assert.Equal(VectorPath.Vector256, VectorPaths.Forced("256"));
        Assert.Equal(VectorPath.Scalar, VectorPaths.Forced("scalar"));
        Assert.Null(VectorPaths.Forced(null));
        Assert.Throws<ArgumentException>(() => VectorPaths.Forced("sse"));
    }

    private delegate void OverLength(float* x, float* y, int n);

    private static void Over(double low, double high, OverLength check)
    {
        float* x = (float*)NativeMemory.Alloc((Longest + 16) * sizeof(float)), y = (float*)NativeMemory.Alloc((Longest + 16) * sizeof(float));
        RandomStream random = new(17);
        for (int i = 0; i < Longest + 16; i++) x[i] = (float)(low + (high - low) * random.NextDouble());
        for (int n = 0; n <= Longest; n++)
        {
            new Span<float>(y, Longest + 16).Fill(-123);
            check(x, y, n);
            for (int i = Math.Max(n, 1); i < Longest + 16; i++) Assert.Equal(-123, y[i]);
        }

        NativeMemory.Free(x);
        NativeMemory.Free(y);
    }

    internal static float[] Random(int count)
    {
        float[] values = new float[count];
        new RandomStream(19).FillUniform(values, -1, 1);
        return values;
    }

    private static Loop Loop(int n) => FairMedl.Torch.Kernels.Loop.Over(Layout.Packed([n]), Layout.Packed([n]));

    private static void Close(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Max(1e-30, Math.Abs(expected)), $"{actual} is not {expected}.");
}
