using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace FairMedl.Torch.Kernels;

internal abstract unsafe partial class Kernel
{
    /// <summary>Copies the given rows out of the records of all rows, codes first, then numbers' bits; a negative code becomes "none".</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no record of a row.</exception>
    public abstract void Gather(ReadOnlySpan<int> rows, ReadOnlySpan<int> records, int stride, in CodedRows to);

    /// <summary>Asks for the cache lines of the given rows' records, the first and the last of each.</summary>
    public void Prefetch<T>(ReadOnlySpan<T> table, int perRow, ReadOnlySpan<int> rows) where T : unmanaged
    {
        if (!Sse.IsSupported || perRow == 0) return;
        int known = table.Length / perRow, bytes = perRow * sizeof(T);
        fixed (T* start = table)
        {
            foreach (int row in rows)
            {
                if ((uint)row >= (uint)known) continue;
                byte* record = (byte*)start + (long)row * bytes;
                Sse.Prefetch1(record);
                if (((nint)record & (Storage.Alignment - 1)) + bytes > Storage.Alignment) Sse.Prefetch1(record + bytes - 1);
            }
        }
    }

    /// <summary>The matrix written out: y [rows, width] column-major.</summary>
    public abstract void Expand(in CodedRows x, nint y, int strideY);

    /// <summary>
    /// y = x w + bias, then max(., 0) if asked: w [width, n] with any strides, bias [n] or none, y [rows, n] column-major.
    /// Padded. The table is memory of <see cref="TableSize"/> floats.
    /// </summary>
    public abstract void CodedProduct(in CodedRows x, nint w, int strideK, int strideN, int n, nint bias, bool rectify, nint y, int strideY, nint table);

    /// <summary>w (+)= x^T g: g [rows, n] column-major, w [width, n] with any strides; a table as above.</summary>
    public abstract void CodedProductGradient(in CodedRows x, nint g, int strideG, int n, nint w, int strideK, int strideN, bool accumulate, nint table);

    /// <summary>Floats of the table in which a product of coded rows has the weights of each column side by side, of two vectors of outputs at a time; enough at any width.</summary>
    public static long TableSize(int width, int n) => (width + 2L) * Math.Min(2 * Layout.Line, (n + Layout.Line - 1) & -Layout.Line);
}

/// <summary>
/// Products of coded rows: a row's result is the sum of a few rows of the weights. These are side by side in a table, so
/// that the outputs are in the lanes, and four rows at a time are turned to the column-major order of everything else. The
/// table holds two vectors of outputs at a time, so that it stays in the first cache with a few hundred columns. A row's
/// additions follow each other, and not those of four rows to the same column, each of which would wait for the one before.
/// </summary>
internal sealed unsafe partial class Kernel<V>
{
    /// <summary>Prefetch distance in rows. With fewer the kernel waits for memory; more do not help.</summary>
    private const int Ahead = 24;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Gather(ReadOnlySpan<int> rows, ReadOnlySpan<int> records, int stride, in CodedRows to)
    {
        int perRow = to.PerRow, count = to.NumberCount, known = records.Length / stride;
        uint none = (uint)to.Width;
        fixed (int* all = records)
        {
            int* code = (int*)to.Codes, number = (int*)to.Numbers;
            for (int i = 0; i < rows.Length; i++)
            {
                int row = rows[i];

                // Rows of a batch are anywhere in the table: their records are on their way before they are needed, the end
                // too, which the caller reads next.
                if (i + Ahead < rows.Length && (uint)rows[i + Ahead] < (uint)known)
                {
                    int* expected = all + (long)rows[i + Ahead] * stride;
                    Expect(expected);
                    Expect(expected + stride - 1);
                }

                if ((uint)row >= (uint)known) throw new ArgumentOutOfRangeException(nameof(rows), $"Row {row} is not one of 0 .. {known - 1}.");
                int* from = all + (long)row * stride;
                for (int c = 0; c < perRow; c++) *code++ = (int)Math.Min((uint)*from++, none);
                for (int m = 0; m < count; m++) *number++ = *from++;
            }

            new Span<int>(code, (to.PaddedRows - to.Rows) * perRow).Fill(to.Width);
            new Span<int>(number, (to.PaddedRows - to.Rows) * count).Clear();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Expand(in CodedRows x, nint y, int strideY)
    {
        for (int j = 0; j < x.Width; j++) new Span<float>((float*)y + (long)j * strideY, x.Rows).Clear();
        int* codes = (int*)x.Codes, columns = (int*)x.NumberColumns;
        float* numbers = (float*)x.Numbers;
        for (int row = 0; row < x.Rows; row++)
        {
            for (int c = 0; c < x.PerRow; c++, codes++) if (*codes != x.Width) ((float*)y)[row + (long)*codes * strideY] = 1;
            for (int m = 0; m < x.NumberCount; m++) ((float*)y)[row + (long)columns[m] * strideY] = *numbers++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void CodedProduct(in CodedRows x, nint w, int strideK, int strideN, int n, nint bias, bool rectify, nint y, int strideY, nint table)
    {
        float* t = (float*)table;
        for (int done = 0; done < n; done += TableOutputs)
        {
            int outputs = Math.Min(TableOutputs, n - done), stride = TableStride(outputs);
            new Span<float>(t + (long)x.Width * stride, 2 * stride).Clear();
            Tabulate((float*)w + (long)done * strideN, strideK, strideN, x.Width, outputs, t, stride);
            if (bias != 0) new ReadOnlySpan<float>((float*)bias + done, outputs).CopyTo(new Span<float>(t + (x.Width + 1L) * stride, outputs));
            float* to = (float*)y + (long)done * strideY;
            if (stride == V.Width) for (int row = 0; row < x.Rows; row += 4) Rows4x1(x, row, t, stride, rectify, to + row, strideY, outputs);
            else for (int row = 0; row < x.Rows; row += 4) Rows4x2(x, row, t, stride, rectify, to + row, strideY, outputs);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void CodedProductGradient(in CodedRows x, nint g, int strideG, int n, nint w, int strideK, int strideN, bool accumulate, nint table)
    {
        float* t = (float*)table;
        for (int done = 0; done < n; done += TableOutputs)
        {
            int outputs = Math.Min(TableOutputs, n - done), stride = TableStride(outputs);
            new Span<float>(t, (x.Width + 1) * stride).Clear();
            float* from = (float*)g + (long)done * strideG;
            if (stride == V.Width) for (int row = 0; row < x.Rows; row += 4) Scatter4x1(x, row, from + row, strideG, outputs, t, stride);
            else for (int row = 0; row < x.Rows; row += 4) Scatter4x2(x, row, from + row, strideG, outputs, t, stride);
            Untabulate(t, stride, x.Width, outputs, (float*)w + (long)done * strideN, strideK, strideN, accumulate);
        }
    }

    /// <summary>Outputs of a table: two vectors, or one where no more are left.</summary>
    private static int TableOutputs => 2 * V.Width;

    private static int TableStride(int outputs) => outputs > V.Width ? TableOutputs : V.Width;

    /// <summary>The weights of each column side by side; those of consecutive columns are transposed four by four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tabulate(float* w, long sk, long sn, int width, int n, float* t, long stride)
    {
        int j = 0;
        if (sk == 1)
        {
            for (; j <= width - 4; j += 4)
            {
                for (int o = 0; o < n; o += V.Width)
                {
                    V.LoadTransposed(w + j + o * sn, sn, n - o, out V a, out V b, out V c, out V d);
                    float* to = t + j * stride + o;
                    V.Store(to, a);
                    V.Store(to + stride, b);
                    V.Store(to + 2 * stride, c);
                    V.Store(to + 3 * stride, d);
                }
            }
        }

        for (; j < width; j++)
        {
            float* to = t + j * stride;
            for (int o = 0; o < n; o++) to[o] = w[o * sn + j * sk];

            // What an arena held there before may be slow to compute with.
            new Span<float>(to + n, (int)stride - n).Clear();
        }
    }

    /// <summary>The table's rows back to the weights' own order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Untabulate(float* t, long stride, int width, int n, float* w, long sk, long sn, bool accumulate)
    {
        int j = 0;
        if (sk == 1 && !accumulate)
        {
            for (; j <= width - 4; j += 4)
            {
                for (int o = 0; o < n; o += V.Width)
                {
                    float* from = t + j * stride + o;
                    V.StoreTransposed(V.Load(from), V.Load(from + stride), V.Load(from + 2 * stride), V.Load(from + 3 * stride), w + j + o * sn, sn, n - o);
                }
            }
        }

        for (; j < width; j++)
            for (int o = 0; o < n; o++) Put(w + o * sn + j * sk, t[j * stride + o], accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows4x1(in CodedRows x, int row, float* t, long stride, bool rectify, float* y, long sy, int columns)
    {
        int perRow = x.PerRow, count = x.NumberCount;
        int* c0 = (int*)x.Codes + (long)row * perRow, c1 = c0 + perRow, c2 = c1 + perRow, c3 = c2 + perRow;
        V a0, a1, a2, a3;
        a0 = a1 = a2 = a3 = V.Load(t + (x.Width + 1L) * stride);
        for (int c = 0; c < perRow; c++)
        {
            a0 += V.Load(t + c0[c] * stride);
            a1 += V.Load(t + c1[c] * stride);
            a2 += V.Load(t + c2[c] * stride);
            a3 += V.Load(t + c3[c] * stride);
        }

        float* v = (float*)x.Numbers + (long)row * count;
        for (int m = 0; m < count; m++)
        {
            V w = V.Load(t + ((int*)x.NumberColumns)[m] * stride);
            V.AddProduct(ref a0, V.Create(v[m]), w);
            V.AddProduct(ref a1, V.Create(v[count + m]), w);
            V.AddProduct(ref a2, V.Create(v[2 * count + m]), w);
            V.AddProduct(ref a3, V.Create(v[3 * count + m]), w);
        }

        if (rectify)
        {
            V zero = V.Create(0f);
            a0 = V.Max(zero, a0);
            a1 = V.Max(zero, a1);
            a2 = V.Max(zero, a2);
            a3 = V.Max(zero, a3);
        }

        V.StoreTransposed(a0, a1, a2, a3, y, sy, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows4x2(in CodedRows x, int row, float* t, long stride, bool rectify, float* y, long sy, int columns)
    {
        int perRow = x.PerRow, count = x.NumberCount;
        int* c0 = (int*)x.Codes + (long)row * perRow, c1 = c0 + perRow, c2 = c1 + perRow, c3 = c2 + perRow;
        V a0, a1, a2, a3, b0, b1, b2, b3;
        a0 = a1 = a2 = a3 = V.Load(t + (x.Width + 1L) * stride);
        b0 = b1 = b2 = b3 = V.Load(t + (x.Width + 1L) * stride + V.Width);
        for (int c = 0; c < perRow; c++)
        {
            float* w0 = t + c0[c] * stride, w1 = t + c1[c] * stride, w2 = t + c2[c] * stride, w3 = t + c3[c] * stride;
            a0 += V.Load(w0);
            b0 += V.Load(w0 + V.Width);
            a1 += V.Load(w1);
            b1 += V.Load(w1 + V.Width);
            a2 += V.Load(w2);
            b2 += V.Load(w2 + V.Width);
            a3 += V.Load(w3);
            b3 += V.Load(w3 + V.Width);
        }

        float* v = (float*)x.Numbers + (long)row * count;
        for (int m = 0; m < count; m++)
        {
            float* w = t + ((int*)x.NumberColumns)[m] * stride;
            V wa = V.Load(w), wb = V.Load(w + V.Width), v0 = V.Create(v[m]), v1 = V.Create(v[count + m]), v2 = V.Create(v[2 * count + m]), v3 = V.Create(v[3 * count + m]);
            V.AddProduct(ref a0, v0, wa);
            V.AddProduct(ref b0, v0, wb);
            V.AddProduct(ref a1, v1, wa);
            V.AddProduct(ref b1, v1, wb);
            V.AddProduct(ref a2, v2, wa);
            V.AddProduct(ref b2, v2, wb);
            V.AddProduct(ref a3, v3, wa);
            V.AddProduct(ref b3, v3, wb);
        }

        if (rectify)
        {
            V zero = V.Create(0f);
            a0 = V.Max(zero, a0);
            a1 = V.Max(zero, a1);
            a2 = V.Max(zero, a2);
            a3 = V.Max(zero, a3);
            b0 = V.Max(zero, b0);
            b1 = V.Max(zero, b1);
            b2 = V.Max(zero, b2);
            b3 = V.Max(zero, b3);
        }

        V.StoreTransposed(a0, a1, a2, a3, y, sy, columns);
        V.StoreTransposed(b0, b1, b2, b3, y + V.Width * sy, sy, columns - V.Width);
    }

    /// <summary>Adds the gradients of four rows to the table's rows that their codes name; what the padding holds goes to "none".</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter4x1(in CodedRows x, int row, float* g, long sg, int columns, float* t, long stride)
    {
        V.LoadTransposed(g, sg, columns, out V g0, out V g1, out V g2, out V g3);
        int perRow = x.PerRow, count = x.NumberCount;
        int* c0 = (int*)x.Codes + (long)row * perRow, c1 = c0 + perRow, c2 = c1 + perRow, c3 = c2 + perRow;
        Scatter(c0, perRow, g0, t, stride);
        Scatter(c1, perRow, g1, t, stride);
        Scatter(c2, perRow, g2, t, stride);
        Scatter(c3, perRow, g3, t, stride);
        if (count == 0) return;
        int live = x.Rows - row;
        if (live < 4)
        {
            // A zero times what the padding holds need not be zero.
            V zero = V.Create(0f);
            g3 = zero;
            if (live < 3) g2 = zero;
            if (live < 2) g1 = zero;
        }

        float* v = (float*)x.Numbers + (long)row * count;
        for (int m = 0; m < count; m++)
        {
            float* w = t + ((int*)x.NumberColumns)[m] * stride;
            V sum = V.FusedMultiplyAdd(V.Create(v[m]), g0, V.Load(w));
            V.AddProduct(ref sum, V.Create(v[count + m]), g1);
            V.AddProduct(ref sum, V.Create(v[2 * count + m]), g2);
            V.Store(w, V.FusedMultiplyAdd(V.Create(v[3 * count + m]), g3, sum));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter4x2(in CodedRows x, int row, float* g, long sg, int columns, float* t, long stride)
    {
        V.LoadTransposed(g, sg, columns, out V g0, out V g1, out V g2, out V g3);
        V.LoadTransposed(g + V.Width * sg, sg, columns - V.Width, out V h0, out V h1, out V h2, out V h3);
        int perRow = x.PerRow, count = x.NumberCount;
        int* c0 = (int*)x.Codes + (long)row * perRow, c1 = c0 + perRow, c2 = c1 + perRow, c3 = c2 + perRow;
        Scatter(c0, perRow, g0, h0, t, stride);
        Scatter(c1, perRow, g1, h1, t, stride);
        Scatter(c2, perRow, g2, h2, t, stride);
        Scatter(c3, perRow, g3, h3, t, stride);
        if (count == 0) return;
        int live = x.Rows - row;
        if (live < 4)
        {
            V zero = V.Create(0f);
            g3 = h3 = zero;
            if (live < 3) g2 = h2 = zero;
            if (live < 2) g1 = h1 = zero;
        }

        float* v = (float*)x.Numbers + (long)row * count;
        for (int m = 0; m < count; m++)
        {
            float* w = t + ((int*)x.NumberColumns)[m] * stride;
            V v0 = V.Create(v[m]), v1 = V.Create(v[count + m]), v2 = V.Create(v[2 * count + m]), v3 = V.Create(v[3 * count + m]);
            V low = V.FusedMultiplyAdd(v0, g0, V.Load(w)), high = V.FusedMultiplyAdd(v0, h0, V.Load(w + V.Width));
            V.AddProduct(ref low, v1, g1);
            V.AddProduct(ref high, v1, h1);
            V.AddProduct(ref low, v2, g2);
            V.AddProduct(ref high, v2, h2);
            V.Store(w, V.FusedMultiplyAdd(v3, g3, low));
            V.Store(w + V.Width, V.FusedMultiplyAdd(v3, h3, high));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scatter(int* codes, int count, V g, float* t, long stride)
    {
        for (int c = 0; c < count; c++) Increase(t + codes[c] * stride, g);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scatter(int* codes, int count, V low, V high, float* t, long stride)
    {
        for (int c = 0; c < count; c++)
        {
            float* w = t + codes[c] * stride;
            Increase(w, low);
            Increase(w + V.Width, high);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Increase(float* at, V by) => V.Store(at, V.Load(at) + by);
}
