using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FairMedl.Torch.Kernels;

/// <summary>Sixteen floats: AVX-512. Correct, but slow, where the processor has it not.</summary>
internal unsafe partial struct Lanes512 : ILanes<Lanes512>
{
    private Vector512<float> lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes512(Vector512<float> lanes) => this.lanes = lanes;

    public static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 16;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* destination, Lanes512 value) => Vector512.Store(value.lanes, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 First(int count) => new(Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 a, Lanes512 b) => new(a.lanes + b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 a, Lanes512 b) => new(a.lanes - b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator *(Lanes512 a, Lanes512 b) => new(a.lanes * b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator /(Lanes512 a, Lanes512 b) => new(a.lanes / b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 a) => new(-a.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 FusedMultiplyAdd(Lanes512 a, Lanes512 b, Lanes512 c) => new(Vector512.FusedMultiplyAdd(a.lanes, b.lanes, c.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Lanes512 sum, Lanes512 a, Lanes512 b) => sum.lanes = Vector512.FusedMultiplyAdd(a.lanes, b.lanes, sum.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Max(Lanes512 a, Lanes512 b) => new(Vector512.MaxNative(a.lanes, b.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Min(Lanes512 a, Lanes512 b) => new(Vector512.MinNative(a.lanes, b.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Abs(Lanes512 a) => new(Vector512.Abs(a.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Sqrt(Lanes512 a) => new(Vector512.Sqrt(a.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Round(Lanes512 a) => new(Vector512.Round(a.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 GreaterThan(Lanes512 a, Lanes512 b) => new(Vector512.GreaterThan(a.lanes, b.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Equal(Lanes512 a, Lanes512 b) => new(Vector512.Equals(a.lanes, b.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Select(Lanes512 mask, Lanes512 a, Lanes512 b) => new(Vector512.ConditionalSelect(mask.lanes, a.lanes, b.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 And(Lanes512 mask, Lanes512 a) => new(mask.lanes & a.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Labels(long* source, int classes)
    {
        Vector512<long> low = Vector512.Load(source), high = Vector512.Load(source + Vector512<long>.Count), none = Vector512<long>.AllBitsSet, end = Vector512.Create((long)classes);
        low = Vector512.ConditionalSelect(Vector512.LessThan(low, end), Vector512.Max(low, none), none);
        high = Vector512.ConditionalSelect(Vector512.LessThan(high, end), Vector512.Max(high, none), none);
        return new(Vector512.ConvertToSingle(Vector512.Narrow(low, high)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes512 a) => Vector512.Sum(a.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sum(Lanes512 a, Lanes512 b, Lanes512 c, Lanes512 d) => Lanes256.SumOf(
        a.lanes.GetLower() + a.lanes.GetUpper(), b.lanes.GetLower() + b.lanes.GetUpper(), c.lanes.GetLower() + c.lanes.GetUpper(), d.lanes.GetLower() + d.lanes.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTransposed(Lanes512 a, Lanes512 b, Lanes512 c, Lanes512 d, float* to, long stride, int columns)
    {
        if (Avx512F.IsSupported && columns >= 16)
        {
            Transpose(ref a.lanes, ref b.lanes, ref c.lanes, ref d.lanes);
            StoreEveryFourth(a.lanes, to, 4 * stride);
            StoreEveryFourth(b.lanes, to + stride, 4 * stride);
            StoreEveryFourth(c.lanes, to + 2 * stride, 4 * stride);
            StoreEveryFourth(d.lanes, to + 3 * stride, 4 * stride);
            return;
        }

        Lanes256.StoreTransposed(new(a.lanes.GetLower()), new(b.lanes.GetLower()), new(c.lanes.GetLower()), new(d.lanes.GetLower()), to, stride, columns);
        Lanes256.StoreTransposed(new(a.lanes.GetUpper()), new(b.lanes.GetUpper()), new(c.lanes.GetUpper()), new(d.lanes.GetUpper()), to + 8 * stride, stride, columns - 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadTransposed(float* from, long stride, int columns, out Lanes512 a, out Lanes512 b, out Lanes512 c, out Lanes512 d)
    {
        if (Avx512F.IsSupported && columns >= 16)
        {
            Vector512<float> v0 = LoadEveryFourth(from, 4 * stride), v1 = LoadEveryFourth(from + stride, 4 * stride), v2 = LoadEveryFourth(from + 2 * stride, 4 * stride), v3 = LoadEveryFourth(from + 3 * stride, 4 * stride);
            Transpose(ref v0, ref v1, ref v2, ref v3);
            (a, b, c, d) = (new(v0), new(v1), new(v2), new(v3));
            return;
        }

        Lanes256.LoadTransposed(from, stride, columns, out Lanes256 a0, out Lanes256 b0, out Lanes256 c0, out Lanes256 d0);
        Lanes256.LoadTransposed(from + 8 * stride, stride, columns - 8, out Lanes256 a1, out Lanes256 b1, out Lanes256 c1, out Lanes256 d1);
        (a, b, c, d) = (Join(a0, a1), Join(b0, b1), Join(c0, c1), Join(d0, d1));
    }

    /// <remarks>Four by four within the quarters of four columns each, then the quarters among themselves.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* from, long stride, float* to, long strideTo)
    {
        if (!Avx512F.IsSupported)
        {
            Transposing.ElementByElement(from, stride, to, strideTo, Width);
            return;
        }

        float* from4 = from + 4 * stride, from8 = from4 + 4 * stride, from12 = from8 + 4 * stride;
        Vector512<float> v0 = Vector512.Load(from), v1 = Vector512.Load(from + stride), v2 = Vector512.Load(from + 2 * stride), v3 = Vector512.Load(from + 3 * stride);
        Vector512<float> v4 = Vector512.Load(from4), v5 = Vector512.Load(from4 + stride), v6 = Vector512.Load(from4 + 2 * stride), v7 = Vector512.Load(from4 + 3 * stride);
        Vector512<float> v8 = Vector512.Load(from8), v9 = Vector512.Load(from8 + stride), v10 = Vector512.Load(from8 + 2 * stride), v11 = Vector512.Load(from8 + 3 * stride);
        Vector512<float> v12 = Vector512.Load(from12), v13 = Vector512.Load(from12 + stride), v14 = Vector512.Load(from12 + 2 * stride), v15 = Vector512.Load(from12 + 3 * stride);
        Transpose(ref v0, ref v1, ref v2, ref v3);
        Transpose(ref v4, ref v5, ref v6, ref v7);
        Transpose(ref v8, ref v9, ref v10, ref v11);
        Transpose(ref v12, ref v13, ref v14, ref v15);
        StoreQuarters(v0, v4, v8, v12, to, 4 * strideTo);
        StoreQuarters(v1, v5, v9, v13, to + strideTo, 4 * strideTo);
        StoreQuarters(v2, v6, v10, v14, to + 2 * strideTo, 4 * strideTo);
        StoreQuarters(v3, v7, v11, v15, to + 3 * strideTo, 4 * strideTo);
    }

    /// <summary>The first quarters of four vectors side by side, then the second, the third and the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreQuarters(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* to, long stride)
    {
        Vector512<float> ab = Avx512F.Shuffle4x128(a, b, 0x44), cd = Avx512F.Shuffle4x128(c, d, 0x44);
        Vector512<float> abHigh = Avx512F.Shuffle4x128(a, b, 0xEE), cdHigh = Avx512F.Shuffle4x128(c, d, 0xEE);
        Vector512.Store(Avx512F.Shuffle4x128(ab, cd, 0x88), to);
        Vector512.Store(Avx512F.Shuffle4x128(ab, cd, 0xDD), to + stride);
        Vector512.Store(Avx512F.Shuffle4x128(abHigh, cdHigh, 0x88), to + 2 * stride);
        Vector512.Store(Avx512F.Shuffle4x128(abHigh, cdHigh, 0xDD), to + 3 * stride);
    }

    /// <summary>Four rows of each fourth column, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LoadEveryFourth(float* from, long stride)
    {
        Vector512<float> v = Vector128.Load(from).ToVector256Unsafe().ToVector512Unsafe();
        v = Avx512F.InsertVector128(v, Vector128.Load(from + stride), 1);
        v = Avx512F.InsertVector128(v, Vector128.Load(from + 2 * stride), 2);
        return Avx512F.InsertVector128(v, Vector128.Load(from + 3 * stride), 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreEveryFourth(Vector512<float> v, float* to, long stride)
    {
        Vector128.Store(v.GetLower().GetLower(), to);
        Vector128.Store(Avx512F.ExtractVector128(v, 1), to + stride);
        Vector128.Store(Avx512F.ExtractVector128(v, 2), to + 2 * stride);
        Vector128.Store(Avx512F.ExtractVector128(v, 3), to + 3 * stride);
    }

    /// <summary>Each quarter four by four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref Vector512<float> a, ref Vector512<float> b, ref Vector512<float> c, ref Vector512<float> d)
    {
        Vector512<double> ab = Avx512F.UnpackLow(a, b).AsDouble(), abHigh = Avx512F.UnpackHigh(a, b).AsDouble(), cd = Avx512F.UnpackLow(c, d).AsDouble(), cdHigh = Avx512F.UnpackHigh(c, d).AsDouble();
        a = Avx512F.UnpackLow(ab, cd).AsSingle();
        b = Avx512F.UnpackHigh(ab, cd).AsSingle();
        c = Avx512F.UnpackLow(abHigh, cdHigh).AsSingle();
        d = Avx512F.UnpackHigh(abHigh, cdHigh).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes512 Join(Lanes256 low, Lanes256 high) => new(Vector512.Create(low.Lanes, high.Lanes));
}
