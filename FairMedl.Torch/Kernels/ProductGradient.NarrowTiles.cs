using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FairMedl.Torch.Kernels;

/// <summary>The weights' gradient in tiles of what wider ones leave over, and of narrow layers.</summary>
internal sealed unsafe partial class Kernel<V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot1x5(float* x, float* g, long sg, int rows, float* w, int sn, bool accumulate)
    {
        V a0 = default, a1 = default, a2 = default, a3 = default, a4 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V x0 = V.Load(x + row);
            V.AddProduct(ref a0, x0, V.Load(g + row));
            V.AddProduct(ref a1, x0, V.Load(g + row + sg));
            V.AddProduct(ref a2, x0, V.Load(g + row + 2 * sg));
            V.AddProduct(ref a3, x0, V.Load(g + row + 3 * sg));
            V.AddProduct(ref a4, x0, V.Load(g + row + 4 * sg));
        }

        if (row < rows)
        {
            V mask = V.First(rows - row), x0 = V.And(mask, V.Load(x + row));
            V.AddProduct(ref a0, x0, V.And(mask, V.Load(g + row)));
            V.AddProduct(ref a1, x0, V.And(mask, V.Load(g + row + sg)));
            V.AddProduct(ref a2, x0, V.And(mask, V.Load(g + row + 2 * sg)));
            V.AddProduct(ref a3, x0, V.And(mask, V.Load(g + row + 3 * sg)));
            V.AddProduct(ref a4, x0, V.And(mask, V.Load(g + row + 4 * sg)));
        }

        Put(w, sn, V.Sum(a0, a1, a2, a3), accumulate);
        Put(w + 4 * sn, V.Sum(a4, a4, a4, a4).ToScalar(), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot6x1(float* x, long sx, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        V a00 = default, a10 = default, a20 = default, a30 = default, a40 = default, a50 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V g0 = V.Load(g + row);
            V x0 = V.Load(x + row);
            V.AddProduct(ref a00, x0, g0);
            V x1 = V.Load(x + row + sx);
            V.AddProduct(ref a10, x1, g0);
            V x2 = V.Load(x + row + 2 * sx);
            V.AddProduct(ref a20, x2, g0);
            V x3 = V.Load(x + row + 3 * sx);
            V.AddProduct(ref a30, x3, g0);
            V x4 = V.Load(x + row + 4 * sx);
            V.AddProduct(ref a40, x4, g0);
            V x5 = V.Load(x + row + 5 * sx);
            V.AddProduct(ref a50, x5, g0);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V g0 = V.And(mask, V.Load(g + row));
            V x0 = V.And(mask, V.Load(x + row));
            V.AddProduct(ref a00, x0, g0);
            V x1 = V.And(mask, V.Load(x + row + sx));
            V.AddProduct(ref a10, x1, g0);
            V x2 = V.And(mask, V.Load(x + row + 2 * sx));
            V.AddProduct(ref a20, x2, g0);
            V x3 = V.And(mask, V.Load(x + row + 3 * sx));
            V.AddProduct(ref a30, x3, g0);
            V x4 = V.And(mask, V.Load(x + row + 4 * sx));
            V.AddProduct(ref a40, x4, g0);
            V x5 = V.And(mask, V.Load(x + row + 5 * sx));
            V.AddProduct(ref a50, x5, g0);
        }

        Put(w, V.Sum(a00), accumulate);
        Put(w + sk, V.Sum(a10), accumulate);
        Put(w + 2 * sk, V.Sum(a20), accumulate);
        Put(w + 3 * sk, V.Sum(a30), accumulate);
        Put(w + 4 * sk, V.Sum(a40), accumulate);
        Put(w + 5 * sk, V.Sum(a50), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot3x4(float* x, long sx, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        V a00 = default, a01 = default, a02 = default, a03 = default, a10 = default, a11 = default, a12 = default, a13 = default, a20 = default, a21 = default, a22 = default, a23 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V x0 = V.Load(x + row), x1 = V.Load(x + row + sx), x2 = V.Load(x + row + 2 * sx);
            V g0 = V.Load(g + row);
            V.AddProduct(ref a00, x0, g0);
            V.AddProduct(ref a10, x1, g0);
            V.AddProduct(ref a20, x2, g0);
            V g1 = V.Load(g + row + sg);
            V.AddProduct(ref a01, x0, g1);
            V.AddProduct(ref a11, x1, g1);
            V.AddProduct(ref a21, x2, g1);
            V g2 = V.Load(g + row + 2 * sg);
            V.AddProduct(ref a02, x0, g2);
            V.AddProduct(ref a12, x1, g2);
            V.AddProduct(ref a22, x2, g2);
            V g3 = V.Load(g + row + 3 * sg);
            V.AddProduct(ref a03, x0, g3);
            V.AddProduct(ref a13, x1, g3);
            V.AddProduct(ref a23, x2, g3);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V x0 = V.And(mask, V.Load(x + row)), x1 = V.And(mask, V.Load(x + row + sx)), x2 = V.And(mask, V.Load(x + row + 2 * sx));
            V g0 = V.And(mask, V.Load(g + row));
            V.AddProduct(ref a00, x0, g0);
            V.AddProduct(ref a10, x1, g0);
            V.AddProduct(ref a20, x2, g0);
            V g1 = V.And(mask, V.Load(g + row + sg));
            V.AddProduct(ref a01, x0, g1);
            V.AddProduct(ref a11, x1, g1);
            V.AddProduct(ref a21, x2, g1);
            V g2 = V.And(mask, V.Load(g + row + 2 * sg));
            V.AddProduct(ref a02, x0, g2);
            V.AddProduct(ref a12, x1, g2);
            V.AddProduct(ref a22, x2, g2);
            V g3 = V.And(mask, V.Load(g + row + 3 * sg));
            V.AddProduct(ref a03, x0, g3);
            V.AddProduct(ref a13, x1, g3);
            V.AddProduct(ref a23, x2, g3);
        }

        Put(w, sn, V.Sum(a00, a01, a02, a03), accumulate);
        Put(w + sk, sn, V.Sum(a10, a11, a12, a13), accumulate);
        Put(w + 2 * sk, sn, V.Sum(a20, a21, a22, a23), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot1x4(float* x, long sx, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        V a00 = default, a01 = default, a02 = default, a03 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V x0 = V.Load(x + row);
            V g0 = V.Load(g + row);
            V.AddProduct(ref a00, x0, g0);
            V g1 = V.Load(g + row + sg);
            V.AddProduct(ref a01, x0, g1);
            V g2 = V.Load(g + row + 2 * sg);
            V.AddProduct(ref a02, x0, g2);
            V g3 = V.Load(g + row + 3 * sg);
            V.AddProduct(ref a03, x0, g3);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V x0 = V.And(mask, V.Load(x + row));
            V g0 = V.And(mask, V.Load(g + row));
            V.AddProduct(ref a00, x0, g0);
            V g1 = V.And(mask, V.Load(g + row + sg));
            V.AddProduct(ref a01, x0, g1);
            V g2 = V.And(mask, V.Load(g + row + 2 * sg));
            V.AddProduct(ref a02, x0, g2);
            V g3 = V.And(mask, V.Load(g + row + 3 * sg));
            V.AddProduct(ref a03, x0, g3);
        }

        Put(w, sn, V.Sum(a00, a01, a02, a03), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot1x1(float* x, long sx, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        V a00 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V x0 = V.Load(x + row);
            V g0 = V.Load(g + row);
            V.AddProduct(ref a00, x0, g0);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V x0 = V.And(mask, V.Load(x + row));
            V g0 = V.And(mask, V.Load(g + row));
            V.AddProduct(ref a00, x0, g0);
        }

        Put(w, V.Sum(a00), accumulate);
    }
}
