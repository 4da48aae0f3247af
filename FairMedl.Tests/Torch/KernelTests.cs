using System.Runtime.InteropServices;
using FairMedl.Core.Data;
using FairMedl.Torch.Kernels;
using Xunit;

namespace FairMedl.Tests.Torch;

/// <summary>The kernels that run over a length, at every length from 0 to 256, against a plain loop; what lies behind the end stays.</summary>
public unsafe class KernelTests
{
    private const int Longest = 256;

    /// <summary>Floats behind a table, more than a kernel that overran it would write.</summary>
    private const int Guard = 4096;

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
    public void Product_EveryNumberOfRows_MatchesAPlainLoop(string path)
    {
        Kernel kernel = Paths.Kernel(path);
        const int k = 3, n = 7;
        int stride = Layout.LeadingDimension(Longest);
        float[] x = Random(stride * k), w = Random(k * n), bias = Random(n), y = new float[stride * n + Layout.Line], gradient = new float[k * n];
        fixed (float* px = x, pw = w, pb = bias, py = y, pg = gradient)
        {
            for (int rows = 0; rows <= Longest; rows++)
            {
                // Whatever lies behind the rows must not matter.
                for (int j = 0; j < k; j++) px[j * stride + rows] = float.NaN;
                ReadOnlySpan<Panel> panel = [new Panel((nint)px, stride, k)];
                kernel.Product(panel, rows, (nint)pw, n, 1, n, (nint)pb, false, (nint)py, stride, false);
                for (int i = 0; i < rows; i++)
                    for (int j = 0; j < n; j++) Assert.Equal(pb[j] + Enumerable.Range(0, k).Sum(c => x[c * stride + i] * (double)w[c * n + j]), py[j * stride + i], 1e-5);
                kernel.ProductGradient(panel, (nint)py, stride, n, rows, (nint)pg, n, 1, false, 0, false, 0);
                for (int c = 0; c < k; c++)
                    for (int j = 0; j < n; j++) Assert.Equal(Enumerable.Range(0, rows).Sum(i => x[c * stride + i] * (double)y[j * stride + i]), pg[c * n + j], 5e-4);
                for (int j = 0; j < k; j++) px[j * stride + rows] = .25f * j;
            }
        }
    }

    /// <summary>
    /// Layers as wide as the tiles of many columns, which their remainders follow; x in two panels, rectified or added. Gradients
    /// in both orders of the weights, set and added, with the bias', in a table no larger than it was said to be.
    /// </summary>
    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void Product_WideLayers_MatchAPlainLoop(string path)
    {
        Kernel kernel = Paths.Kernel(path);
        const int firstPanel = 4, most = 200;
        int stride = Layout.LeadingDimension(most);
        foreach ((int k, int n) in new[] { (5, 5), (6, 5), (7, 5), (11, 5), (7, 4), (8, 4), (9, 4), (14, 4), (11, 8), (10, 10), (13, 16), (9, 21), (24, 25), (5, 32), (30, 40), (23, 64), (11, 97) })
        {
            float[] x = Random(stride * k), w = Random(k * n), bias = Random(n), before = Random(stride * n + Layout.Line), gradient = new float[k * n], turned = new float[k * n], sums = new float[n], alone = new float[n];
            foreach (int rows in new[] { 1, 15, 17, 48, 49, 63, 64, 65, 96, 127, 128, most })
            {
                double Sum(int i, int j) => Enumerable.Range(0, k).Sum(c => x[c * stride + i] * (double)w[j * k + c]);
                float[] rectified = [.. before], added = [.. before], gate = Random(stride * n + Layout.Line), together = [.. before], inPlace = [.. gate];
                Array.Fill(gradient, float.NaN);
                Array.Fill(sums, float.NaN);
                long size = kernel.GradientTableSize(k, n, rows);
                float[] table = new float[size + Guard];
                Array.Fill(table, float.NaN);
                Array.Fill(turned, 1);
                fixed (float* px = x, pw = w, pb = bias, pr = rectified, pa = added, pg = gradient, pu = turned, ps = sums, pAlone = alone, pTable = table, pgate = gate, pt = together, pi = inPlace)
                {
                    ReadOnlySpan<Panel> panels = [new Panel((nint)px, stride, firstPanel), new Panel((nint)(px + firstPanel * stride), stride, k - firstPanel)];
                    kernel.Product(panels, rows, (nint)pw, 1, k, n, (nint)pb, true, (nint)pr, stride, false);
                    kernel.Product(panels, rows, (nint)pw, 1, k, n, 0, false, (nint)pa, stride, true);

                    // Whatever lies behind the rows must not matter to sums over them.
                    for (int j = 0; j < n; j++) pr[j * stride + rows] = float.NaN;
                    kernel.ProductGradient(panels, (nint)pr, stride, n, rows, (nint)pg, 1, k, false, (nint)ps, false, (nint)pTable);
                    kernel.ProductGradient(panels, (nint)pr, stride, n, rows, (nint)pg, 1, k, true, (nint)ps, true, (nint)pTable);
                    kernel.ProductGradient(panels, (nint)pr, stride, n, rows, (nint)pu, n, 1, true, 0, false, (nint)pTable);
                    kernel.ProductGradient([], (nint)pr, stride, n, rows, 0, 1, k, false, (nint)pAlone, false, (nint)pTable);

                    // A gate somewhere else over what was added, and one whose place the product takes.
                    kernel.Product(panels, rows, (nint)pw, 1, k, n, 0, false, (nint)pt, stride, true, (nint)pgate);
                    kernel.Product(panels, rows, (nint)pw, 1, k, n, 0, false, (nint)pi, stride, false, (nint)pi);
                }

                for (int j = 0; j < n; j++)
                {
                    for (int i = 0; i < rows; i++)
                    {
                        Assert.Equal(Math.Max(0, bias[j] + Sum(i, j)), rectified[j * stride + i], 1e-4);
                        Assert.Equal(before[j * stride + i] + Sum(i, j), added[j * stride + i], 1e-4);
                        bool open = gate[j * stride + i] > 0;
                        Assert.Equal(open ? added[j * stride + i] : 0, together[j * stride + i]);
                        Assert.Equal(open ? Sum(i, j) : 0, inPlace[j * stride + i], 1e-4);
                    }

                    Assert.Equal(Enumerable.Range(0, rows).Sum(i => (double)rectified[j * stride + i]), alone[j], 1e-2);
                    Assert.Equal(alone[j] + alone[j], sums[j]);
                    for (int c = 0; c < k; c++)
                    {
                        double expected = Enumerable.Range(0, rows).Sum(i => x[c * stride + i] * (double)rectified[j * stride + i]);
                        Assert.Equal(2 * expected, gradient[j * k + c], 1e-2);
                        Assert.Equal(1 + expected, turned[c * n + j], 1e-2);
                    }
                }

                Assert.All(table.AsSpan((int)size).ToArray(), value => Assert.True(float.IsNaN(value)));
            }
        }
    }

    /// <summary>Which tile computes an element must not show: a fit's numbers would change with the size of its last batch.</summary>
    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void Product_OfFewerRowsOrColumns_IsThatOfMoreToTheLastBit(string path)
    {
        Kernel kernel = Paths.Kernel(path);
        const int k = 9, most = 25, rows = 129;
        int stride = Layout.LeadingDimension(rows);
        float[] x = Random(stride * k), w = Random(k * most), bias = Random(most), whole = new float[stride * most + Layout.Line], part = new float[stride * most + Layout.Line];
        fixed (float* px = x, pw = w, pb = bias, py = whole, pp = part)
        {
            ReadOnlySpan<Panel> panel = [new Panel((nint)px, stride, k)];
            kernel.Product(panel, rows, (nint)pw, 1, k, most, (nint)pb, false, (nint)py, stride, false);
            foreach (int fewer in new[] { 1, 16, 17, 31, 32, 48, 64, 80, 96, 112, 128, rows })
            {
                for (int n = 1; n <= most; n++)
                {
                    kernel.Product(panel, fewer, (nint)pw, 1, k, n, (nint)pb, false, (nint)pp, stride, false);
                    for (int j = 0; j < n; j++) Assert.Equal(whole.AsSpan(j * stride, fewer), part.AsSpan(j * stride, fewer));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void Transpose_OfASquare_TurnsItAndTouchesNothingElse(string path)
    {
        int width = path == nameof(VectorPath.Vector512) ? 16 : path == nameof(VectorPath.Vector256) ? 8 : 1;
        const int stride = 19, strideTo = 23;
        float[] from = Random(stride * width), to = new float[strideTo * width], plain = new float[strideTo * width];
        Array.Fill(to, -7);
        Array.Fill(plain, -7);
        fixed (float* pf = from, pt = to, pp = plain)
        {
            if (width == 16) Lanes512.Transpose(pf, stride, pt, strideTo);
            else if (width == 8) Transpose<Lanes256>(pf, stride, pt, strideTo);
            else Transpose<Lanes1>(pf, stride, pt, strideTo);
            Transposing.ElementByElement(pf, stride, pp, strideTo, width);
        }

        for (int i = 0; i < width; i++)
            for (int j = 0; j < strideTo; j++) Assert.Equal(j < width ? from[j * stride + i] : -7, to[i * strideTo + j]);
        Assert.Equal(plain, to);

        static void Transpose<V>(float* from, long stride, float* to, long strideTo) where V : unmanaged, ILanes<V> => V.Transpose(from, stride, to, strideTo);
    }

    /// <summary>As for products. With fewer registers the last of an odd number of columns has an order of its own.</summary>
    [Fact]
    public void ProductGradient_OfFewerColumns_IsThatOfMoreToTheLastBit()
    {
        Kernel kernel = Paths.Kernel(nameof(VectorPath.Vector512));
        const int most = 34;
        foreach ((int rows, int fewest, int widest) in new[] { (37, 4, 25), (150, 32, 32), (150, 64, 66) })
        {
            int stride = Layout.LeadingDimension(rows);
            float[] x = Random(stride * most), g = Random(stride * widest), whole = new float[most * widest], part = new float[most * widest], table = new float[kernel.GradientTableSize(most, widest, rows)];
            fixed (float* px = x, pg = g, pw = whole, pp = part, pt = table)
            {
                for (int n = fewest; n <= widest; n++)
                {
                    ReadOnlySpan<Panel> all = [new Panel((nint)px, stride, most)];
                    kernel.ProductGradient(all, (nint)pg, stride, n, rows, (nint)pw, 1, most, false, 0, false, (nint)pt);
                    for (int k = 1; k < most; k++)
                    {
                        ReadOnlySpan<Panel> first = [new Panel((nint)px, stride, k)];
                        kernel.ProductGradient(first, (nint)pg, stride, n, rows, (nint)pp, 1, k, false, 0, false, (nint)pt);
                        for (int j = 0; j < n; j++) Assert.Equal(whole.AsSpan(j * most, k), part.AsSpan(j * k, k));
                    }
                }
            }
        }
    }

    /// <summary>Weights in both orders, gradients set and added, and a table that is no larger than it was said to be.</summary>
    [Theory]
    [MemberData(nameof(Paths.AllWithRows), MemberType = typeof(Paths))]
    public void CodedProduct_EveryNumberOfOutputs_MatchesAPlainLoop(string path, int rows)
    {
        Kernel kernel = Paths.Kernel(path);
        const int width = 15, most = 50;
        int stride = Layout.LeadingDimension(rows), padded = (rows + Layout.Line - 1) & -Layout.Line;

        // One code a row, or none, and one number; behind the rows there are none.
        int[] codes = [.. Enumerable.Range(0, padded).Select(i => i < rows && i % 5 != 3 ? i * 7 % 14 : width)], columns = [14];
        float[] numbers = [.. Random(rows), .. new float[padded - rows]], w = Random(width * most), bias = Random(most), y = new float[stride * most + Layout.Line], g = Random(stride * most + Layout.Line), table = new float[Kernel.TableSize(width, most) + Guard];
        double X(int i, int c) => c == 14 ? numbers[i] : codes[i] == c ? 1 : 0;
        fixed (int* pc = codes, pn = columns)
        fixed (float* pv = numbers, pw = w, pb = bias, py = y, pg = g, pt = table)
        {
            var x = new CodedRows((nint)pc, 1, (nint)pv, (nint)pn, 1, rows, width);
            for (int n = 1; n <= most; n++)
            {
                foreach ((int sk, int sn) in new[] { (1, width), (n, 1) })
                {
                    Array.Fill(table, float.NaN);
                    kernel.CodedProduct(x, (nint)pw, sk, sn, n, (nint)pb, false, (nint)py, stride, (nint)pt);
                    float[] gradient = new float[width * n];
                    fixed (float* to = gradient)
                    {
                        kernel.CodedProductGradient(x, (nint)pg, stride, n, (nint)to, sk, sn, false, (nint)pt);
                        kernel.CodedProductGradient(x, (nint)pg, stride, n, (nint)to, sk, sn, true, (nint)pt);
                    }

                    Assert.All(table[(int)Kernel.TableSize(width, n)..], v => Assert.Equal(float.NaN, v));
                    for (int o = 0; o < n; o++)
                    {
                        for (int i = 0; i < rows; i++) Assert.Equal(bias[o] + Enumerable.Range(0, width).Sum(c => X(i, c) * w[c * sk + o * sn]), y[o * stride + i], 1e-5);
                        for (int c = 0; c < width; c++) Assert.Equal(2 * Enumerable.Range(0, rows).Sum(i => X(i, c) * g[o * stride + i]), gradient[c * sk + o * sn], 1e-4);
                    }
                }
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

    private static float[] Random(int count)
    {
        float[] values = new float[count];
        new RandomStream(19).FillUniform(values, -1, 1);
        return values;
    }

    private static Loop Loop(int n) => FairMedl.Torch.Kernels.Loop.Over(Layout.Packed([n]), Layout.Packed([n]));

    private static void Close(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Max(1e-30, Math.Abs(expected)), $"{actual} is not {expected}.");
}
