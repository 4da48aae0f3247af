using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FairMedl.Torch.Kernels;

/// <summary>
/// The weights' gradient in tiles that fill the registers: with 32 of them 25 or 24 sums, and 20 or 16 for what these leave
/// over; with 16 of them 12.
/// </summary>
internal sealed unsafe partial class Kernel<V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot5x5(float* x, long sx, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        V a00 = default, a01 = default, a02 = default, a03 = default, a04 = default, a10 = default, a11 = default, a12 = default, a13 = default, a14 = default, a20 = default, a21 = default, a22 = default, a23 = default, a24 = default, a30 = default, a31 = default, a32 = default, a33 = default, a34 = default, a40 = default, a41 = default, a42 = default, a43 = default, a44 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V g0 = V.Load(g + row), g1 = V.Load(g + row + sg), g2 = V.Load(g + row + 2 * sg), g3 = V.Load(g + row + 3 * sg), g4 = V.Load(g + row + 4 * sg);
            V x0 = V.Load(x + row);
            V.AddProduct(ref a00, x0, g0);
            V.AddProduct(ref a01, x0, g1);
            V.AddProduct(ref a02, x0, g2);
            V.AddProduct(ref a03, x0, g3);
            V.AddProduct(ref a04, x0, g4);
            V x1 = V.Load(x + row + sx);
            V.AddProduct(ref a10, x1, g0);
            V.AddProduct(ref a11, x1, g1);
            V.AddProduct(ref a12, x1, g2);
            V.AddProduct(ref a13, x1, g3);
            V.AddProduct(ref a14, x1, g4);
            V x2 = V.Load(x + row + 2 * sx);
            V.AddProduct(ref a20, x2, g0);
            V.AddProduct(ref a21, x2, g1);
            V.AddProduct(ref a22, x2, g2);
            V.AddProduct(ref a23, x2, g3);
            V.AddProduct(ref a24, x2, g4);
            V x3 = V.Load(x + row + 3 * sx);
            V.AddProduct(ref a30, x3, g0);
            V.AddProduct(ref a31, x3, g1);
            V.AddProduct(ref a32, x3, g2);
            V.AddProduct(ref a33, x3, g3);
            V.AddProduct(ref a34, x3, g4);
            V x4 = V.Load(x + row + 4 * sx);
            V.AddProduct(ref a40, x4, g0);
            V.AddProduct(ref a41, x4, g1);
            V.AddProduct(ref a42, x4, g2);
            V.AddProduct(ref a43, x4, g3);
            V.AddProduct(ref a44, x4, g4);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V g0 = V.And(mask, V.Load(g + row)), g1 = V.And(mask, V.Load(g + row + sg)), g2 = V.And(mask, V.Load(g + row + 2 * sg)), g3 = V.And(mask, V.Load(g + row + 3 * sg)), g4 = V.And(mask, V.Load(g + row + 4 * sg));
            V x0 = V.And(mask, V.Load(x + row));
            V.AddProduct(ref a00, x0, g0);
            V.AddProduct(ref a01, x0, g1);
            V.AddProduct(ref a02, x0, g2);
            V.AddProduct(ref a03, x0, g3);
            V.AddProduct(ref a04, x0, g4);
            V x1 = V.And(mask, V.Load(x + row + sx));
            V.AddProduct(ref a10, x1, g0);
            V.AddProduct(ref a11, x1, g1);
            V.AddProduct(ref a12, x1, g2);
            V.AddProduct(ref a13, x1, g3);
            V.AddProduct(ref a14, x1, g4);
            V x2 = V.And(mask, V.Load(x + row + 2 * sx));
            V.AddProduct(ref a20, x2, g0);
            V.AddProduct(ref a21, x2, g1);
            V.AddProduct(ref a22, x2, g2);
            V.AddProduct(ref a23, x2, g3);
            V.AddProduct(ref a24, x2, g4);
            V x3 = V.And(mask, V.Load(x + row + 3 * sx));
            V.AddProduct(ref a30, x3, g0);
            V.AddProduct(ref a31, x3, g1);
            V.AddProduct(ref a32, x3, g2);
            V.AddProduct(ref a33, x3, g3);
            V.AddProduct(ref a34, x3, g4);
            V x4 = V.And(mask, V.Load(x + row + 4 * sx));
            V.AddProduct(ref a40, x4, g0);
            V.AddProduct(ref a41, x4, g1);
            V.AddProduct(ref a42, x4, g2);
            V.AddProduct(ref a43, x4, g3);
            V.AddProduct(ref a44, x4, g4);
        }

        Put(w, sk, V.Sum(a00, a10, a20, a30), accumulate);
        Put(w + sn, sk, V.Sum(a01, a11, a21, a31), accumulate);
        Put(w + 2 * sn, sk, V.Sum(a02, a12, a22, a32), accumulate);
        Put(w + 3 * sn, sk, V.Sum(a03, a13, a23, a33), accumulate);
        Put(w + 4 * sn, sk, V.Sum(a04, a14, a24, a34), accumulate);
        Put(w + 4 * sk, sn, V.Sum(a40, a41, a42, a43), accumulate);
        Put(w + 4 * sk + 4 * sn, V.Sum(a44, a44, a44, a44).ToScalar(), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot4x5(float* x, long sx, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        V a00 = default, a01 = default, a02 = default, a03 = default, a04 = default, a10 = default, a11 = default, a12 = default, a13 = default, a14 = default, a20 = default, a21 = default, a22 = default, a23 = default, a24 = default, a30 = default, a31 = default, a32 = default, a33 = default, a34 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V g0 = V.Load(g + row), g1 = V.Load(g + row + sg), g2 = V.Load(g + row + 2 * sg), g3 = V.Load(g + row + 3 * sg), g4 = V.Load(g + row + 4 * sg);
            V x0 = V.Load(x + row);
            V.AddProduct(ref a00, x0, g0);
            V.AddProduct(ref a01, x0, g1);
            V.AddProduct(ref a02, x0, g2);
            V.AddProduct(ref a03, x0, g3);
            V.AddProduct(ref a04, x0, g4);
            V x1 = V.Load(x + row + sx);
            V.AddProduct(ref a10, x1, g0);
            V.AddProduct(ref a11, x1, g1);
            V.AddProduct(ref a12, x1, g2);
            V.AddProduct(ref a13, x1, g3);
            V.AddProduct(ref a14, x1, g4);
            V x2 = V.Load(x + row + 2 * sx);
            V.AddProduct(ref a20, x2, g0);
            V.AddProduct(ref a21, x2, g1);
            V.AddProduct(ref a22, x2, g2);
            V.AddProduct(ref a23, x2, g3);
            V.AddProduct(ref a24, x2, g4);
            V x3 = V.Load(x + row + 3 * sx);
            V.AddProduct(ref a30, x3, g0);
            V.AddProduct(ref a31, x3, g1);
            V.AddProduct(ref a32, x3, g2);
            V.AddProduct(ref a33, x3, g3);
            V.AddProduct(ref a34, x3, g4);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V g0 = V.And(mask, V.Load(g + row)), g1 = V.And(mask, V.Load(g + row + sg)), g2 = V.And(mask, V.Load(g + row + 2 * sg)), g3 = V.And(mask, V.Load(g + row + 3 * sg)), g4 = V.And(mask, V.Load(g + row + 4 * sg));
            V x0 = V.And(mask, V.Load(x + row));
            V.AddProduct(ref a00, x0, g0);
            V.AddProduct(ref a01, x0, g1);
            V.AddProduct(ref a02, x0, g2);
            V.AddProduct(ref a03, x0, g3);
            V.AddProduct(ref a04, x0, g4);
            V x1 = V.And(mask, V.Load(x + row + sx));
            V.AddProduct(ref a10, x1, g0);
            V.AddProduct(ref a11, x1, g1);
            V.AddProduct(ref a12, x1, g2);
            V.AddProduct(ref a13, x1, g3);
            V.AddProduct(ref a14, x1, g4);
            V x2 = V.And(mask, V.Load(x + row + 2 * sx));
            V.AddProduct(ref a20, x2, g0);
            V.AddProduct(ref a21, x2, g1);
            V.AddProduct(ref a22, x2, g2);
            V.AddProduct(ref a23, x2, g3);
            V.AddProduct(ref a24, x2, g4);
            V x3 = V.And(mask, V.Load(x + row + 3 * sx));
            V.AddProduct(ref a30, x3, g0);
            V.AddProduct(ref a31, x3, g1);
            V.AddProduct(ref a32, x3, g2);
            V.AddProduct(ref a33, x3, g3);
            V.AddProduct(ref a34, x3, g4);
        }

        Put(w, sk, V.Sum(a00, a10, a20, a30), accumulate);
        Put(w + sn, sk, V.Sum(a01, a11, a21, a31), accumulate);
        Put(w + 2 * sn, sk, V.Sum(a02, a12, a22, a32), accumulate);
        Put(w + 3 * sn, sk, V.Sum(a03, a13, a23, a33), accumulate);
        Put(w + 4 * sn, sk, V.Sum(a04, a14, a24, a34), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot6x4(float* x, long sx, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        V a00 = default, a01 = default, a02 = default, a03 = default, a10 = default, a11 = default, a12 = default, a13 = default, a20 = default, a21 = default, a22 = default, a23 = default, a30 = default, a31 = default, a32 = default, a33 = default, a40 = default, a41 = default, a42 = default, a43 = default, a50 = default, a51 = default, a52 = default, a53 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V g0 = V.Load(g + row), g1 = V.Load(g + row + sg), g2 = V.Load(g + row + 2 * sg), g3 = V.Load(g + row + 3 * sg);
            V x0 = V.Load(x + row);
            V.AddProduct(ref a00, x0, g0);
            V.AddProduct(ref a01, x0, g1);
            V.AddProduct(ref a02, x0, g2);
            V.AddProduct(ref a03, x0, g3);
            V x1 = V.Load(x + row + sx);
            V.AddProduct(ref a10, x1, g0);
            V.AddProduct(ref a11, x1, g1);
            V.AddProduct(ref a12, x1, g2);
            V.AddProduct(ref a13, x1, g3);
            V x2 = V.Load(x + row + 2 * sx);
            V.AddProduct(ref a20, x2, g0);
            V.AddProduct(ref a21, x2, g1);
            V.AddProduct(ref a22, x2, g2);
            V.AddProduct(ref a23, x2, g3);
            V x3 = V.Load(x + row + 3 * sx);
            V.AddProduct(ref a30, x3, g0);
            V.AddProduct(ref a31, x3, g1);
            V.AddProduct(ref a32, x3, g2);
            V.AddProduct(ref a33, x3, g3);
            V x4 = V.Load(x + row + 4 * sx);
            V.AddProduct(ref a40, x4, g0);
            V.AddProduct(ref a41, x4, g1);
            V.AddProduct(ref a42, x4, g2);
            V.AddProduct(ref a43, x4, g3);
            V x5 = V.Load(x + row + 5 * sx);
            V.AddProduct(ref a50, x5, g0);
            V.AddProduct(ref a51, x5, g1);
            V.AddProduct(ref a52, x5, g2);
            V.AddProduct(ref a53, x5, g3);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V g0 = V.And(mask, V.Load(g + row)), g1 = V.And(mask, V.Load(g + row + sg)), g2 = V.And(mask, V.Load(g + row + 2 * sg)), g3 = V.And(mask, V.Load(g + row + 3 * sg));
            V x0 = V.And(mask, V.Load(x + row));
            V.AddProduct(ref a00, x0, g0);
            V.AddProduct(ref a01, x0, g1);
            V.AddProduct(ref a02, x0, g2);
            V.AddProduct(ref a03, x0, g3);
            V x1 = V.And(mask, V.Load(x + row + sx));
            V.AddProduct(ref a10, x1, g0);
            V.AddProduct(ref a11, x1, g1);
            V.AddProduct(ref a12, x1, g2);
            V.AddProduct(ref a13, x1, g3);
            V x2 = V.And(mask, V.Load(x + row + 2 * sx));
            V.AddProduct(ref a20, x2, g0);
            V.AddProduct(ref a21, x2, g1);
            V.AddProduct(ref a22, x2, g2);
            V.AddProduct(ref a23, x2, g3);
            V x3 = V.And(mask, V.Load(x + row + 3 * sx));
            V.AddProduct(ref a30, x3, g0);
            V.AddProduct(ref a31, x3, g1);
            V.AddProduct(ref a32, x3, g2);
            V.AddProduct(ref a33, x3, g3);
            V x4 = V.And(mask, V.Load(x + row + 4 * sx));
            V.AddProduct(ref a40, x4, g0);
            V.AddProduct(ref a41, x4, g1);
            V.AddProduct(ref a42, x4, g2);
            V.AddProduct(ref a43, x4, g3);
            V x5 = V.And(mask, V.Load(x + row + 5 * sx));
            V.AddProduct(ref a50, x5, g0);
            V.AddProduct(ref a51, x5, g1);
            V.AddProduct(ref a52, x5, g2);
            V.AddProduct(ref a53, x5, g3);
        }

        Put(w, sk, V.Sum(a00, a10, a20, a30), accumulate);
        Put(w + sn, sk, V.Sum(a01, a11, a21, a31), accumulate);
        Put(w + 2 * sn, sk, V.Sum(a02, a12, a22, a32), accumulate);
        Put(w + 3 * sn, sk, V.Sum(a03, a13, a23, a33), accumulate);
        Put(w + 4 * sk, sn, V.Sum(a40, a41, a42, a43), accumulate);
        Put(w + 5 * sk, sn, V.Sum(a50, a51, a52, a53), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot4x4(float* x, long sx, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        V a00 = default, a01 = default, a02 = default, a03 = default, a10 = default, a11 = default, a12 = default, a13 = default, a20 = default, a21 = default, a22 = default, a23 = default, a30 = default, a31 = default, a32 = default, a33 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V g0 = V.Load(g + row), g1 = V.Load(g + row + sg), g2 = V.Load(g + row + 2 * sg), g3 = V.Load(g + row + 3 * sg);
            V x0 = V.Load(x + row);
            V.AddProduct(ref a00, x0, g0);
            V.AddProduct(ref a01, x0, g1);
            V.AddProduct(ref a02, x0, g2);
            V.AddProduct(ref a03, x0, g3);
            V x1 = V.Load(x + row + sx);
            V.AddProduct(ref a10, x1, g0);
            V.AddProduct(ref a11, x1, g1);
            V.AddProduct(ref a12, x1, g2);
            V.AddProduct(ref a13, x1, g3);
            V x2 = V.Load(x + row + 2 * sx);
            V.AddProduct(ref a20, x2, g0);
            V.AddProduct(ref a21, x2, g1);
            V.AddProduct(ref a22, x2, g2);
            V.AddProduct(ref a23, x2, g3);
            V x3 = V.Load(x + row + 3 * sx);
            V.AddProduct(ref a30, x3, g0);
            V.AddProduct(ref a31, x3, g1);
            V.AddProduct(ref a32, x3, g2);
            V.AddProduct(ref a33, x3, g3);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V g0 = V.And(mask, V.Load(g + row)), g1 = V.And(mask, V.Load(g + row + sg)), g2 = V.And(mask, V.Load(g + row + 2 * sg)), g3 = V.And(mask, V.Load(g + row + 3 * sg));
            V x0 = V.And(mask, V.Load(x + row));
            V.AddProduct(ref a00, x0, g0);
            V.AddProduct(ref a01, x0, g1);
            V.AddProduct(ref a02, x0, g2);
            V.AddProduct(ref a03, x0, g3);
            V x1 = V.And(mask, V.Load(x + row + sx));
            V.AddProduct(ref a10, x1, g0);
            V.AddProduct(ref a11, x1, g1);
            V.AddProduct(ref a12, x1, g2);
            V.AddProduct(ref a13, x1, g3);
            V x2 = V.And(mask, V.Load(x + row + 2 * sx));
            V.AddProduct(ref a20, x2, g0);
            V.AddProduct(ref a21, x2, g1);
            V.AddProduct(ref a22, x2, g2);
            V.AddProduct(ref a23, x2, g3);
            V x3 = V.And(mask, V.Load(x + row + 3 * sx));
            V.AddProduct(ref a30, x3, g0);
            V.AddProduct(ref a31, x3, g1);
            V.AddProduct(ref a32, x3, g2);
            V.AddProduct(ref a33, x3, g3);
        }

        Put(w, sk, V.Sum(a00, a10, a20, a30), accumulate);
        Put(w + sn, sk, V.Sum(a01, a11, a21, a31), accumulate);
        Put(w + 2 * sn, sk, V.Sum(a02, a12, a22, a32), accumulate);
        Put(w + 3 * sn, sk, V.Sum(a03, a13, a23, a33), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot2x6(float* x, long sx, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        V a00 = default, a01 = default, a02 = default, a03 = default, a04 = default, a05 = default, a10 = default, a11 = default, a12 = default, a13 = default, a14 = default, a15 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V x0 = V.Load(x + row), x1 = V.Load(x + row + sx);
            V g0 = V.Load(g + row);
            V.AddProduct(ref a00, x0, g0);
            V.AddProduct(ref a10, x1, g0);
            V g1 = V.Load(g + row + sg);
            V.AddProduct(ref a01, x0, g1);
            V.AddProduct(ref a11, x1, g1);
            V g2 = V.Load(g + row + 2 * sg);
            V.AddProduct(ref a02, x0, g2);
            V.AddProduct(ref a12, x1, g2);
            V g3 = V.Load(g + row + 3 * sg);
            V.AddProduct(ref a03, x0, g3);
            V.AddProduct(ref a13, x1, g3);
            V g4 = V.Load(g + row + 4 * sg);
            V.AddProduct(ref a04, x0, g4);
            V.AddProduct(ref a14, x1, g4);
            V g5 = V.Load(g + row + 5 * sg);
            V.AddProduct(ref a05, x0, g5);
            V.AddProduct(ref a15, x1, g5);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V x0 = V.And(mask, V.Load(x + row)), x1 = V.And(mask, V.Load(x + row + sx));
            V g0 = V.And(mask, V.Load(g + row));
            V.AddProduct(ref a00, x0, g0);
            V.AddProduct(ref a10, x1, g0);
            V g1 = V.And(mask, V.Load(g + row + sg));
            V.AddProduct(ref a01, x0, g1);
            V.AddProduct(ref a11, x1, g1);
            V g2 = V.And(mask, V.Load(g + row + 2 * sg));
            V.AddProduct(ref a02, x0, g2);
            V.AddProduct(ref a12, x1, g2);
            V g3 = V.And(mask, V.Load(g + row + 3 * sg));
            V.AddProduct(ref a03, x0, g3);
            V.AddProduct(ref a13, x1, g3);
            V g4 = V.And(mask, V.Load(g + row + 4 * sg));
            V.AddProduct(ref a04, x0, g4);
            V.AddProduct(ref a14, x1, g4);
            V g5 = V.And(mask, V.Load(g + row + 5 * sg));
            V.AddProduct(ref a05, x0, g5);
            V.AddProduct(ref a15, x1, g5);
        }

        Put(w, sn, V.Sum(a00, a01, a02, a03), accumulate);
        Put(w + sk, sn, V.Sum(a10, a11, a12, a13), accumulate);
        Vector128<float> rest = V.Sum(a04, a05, a14, a15);
        Put(w + 4 * sn, rest.GetElement(0), accumulate);
        Put(w + 5 * sn, rest.GetElement(1), accumulate);
        Put(w + sk + 4 * sn, rest.GetElement(2), accumulate);
        Put(w + sk + 5 * sn, rest.GetElement(3), accumulate);
    }
}
