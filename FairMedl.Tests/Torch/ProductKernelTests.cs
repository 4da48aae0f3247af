using FairMedl.Torch.Kernels;
using Xunit;

namespace FairMedl.Tests.Torch;

/// <summary>The kernels of matrix products, of their weights' gradients and of coded rows, against plain loops.</summary>
public unsafe class ProductKernelTests
{
    private const int Longest = 256;

    /// <summary>Floats behind a table, more than a kernel that overran it would write.</summary>
    private const int Guard = 4096;

    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void Product_EveryNumberOfRows_MatchesAPlainLoop(string path)
    {
        Kernel kernel = Paths.Kernel(path);
        const int k = 3, n = 7;
        int stride = Layout.LeadingDimension(Longest);
        float[] x = KernelTests.Random(stride * k), w = KernelTests.Random(k * n), bias = KernelTests.Random(n), y = new float[stride * n + Layout.Line], gradient = new float[k * n];
        fixed (float* px = x, pw = w, pb = bias, py = y, pg = gradient)
        {
            for (int rows = 0; rows <= Longest; rows++)
            {
                // Memory after the rows must not affect the result.
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
            float[] x = KernelTests.Random(stride * k), w = KernelTests.Random(k * n), bias = KernelTests.Random(n), before = KernelTests.Random(stride * n + Layout.Line), gradient = new float[k * n], turned = new float[k * n], sums = new float[n], alone = new float[n];
            foreach (int rows in new[] { 1, 15, 17, 48, 49, 63, 64, 65, 96, 127, 128, most })
            {
                double Sum(int i, int j) => Enumerable.Range(0, k).Sum(c => x[c * stride + i] * (double)w[j * k + c]);
                float[] rectified = [.. before], added = [.. before], gate = KernelTests.Random(stride * n + Layout.Line), together = [.. before], inPlace = [.. gate];
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

                    // Memory after the rows must not affect sums over them.
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
        float[] x = KernelTests.Random(stride * k), w = KernelTests.Random(k * most), bias = KernelTests.Random(most), whole = new float[stride * most + Layout.Line], part = new float[stride * most + Layout.Line];
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
        float[] from = KernelTests.Random(stride * width), to = new float[strideTo * width], plain = new float[strideTo * width];
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
            float[] x = KernelTests.Random(stride * most), g = KernelTests.Random(stride * widest), whole = new float[most * widest], part = new float[most * widest], table = new float[kernel.GradientTableSize(most, widest, rows)];
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
        float[] numbers = [.. KernelTests.Random(rows), .. new float[padded - rows]], w = KernelTests.Random(width * most), bias = KernelTests.Random(most), y = new float[stride * most + Layout.Line], g = KernelTests.Random(stride * most + Layout.Line), table = new float[Kernel.TableSize(width, most) + Guard];
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
}
