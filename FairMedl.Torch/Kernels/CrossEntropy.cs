using System.Runtime.CompilerServices;

namespace FairMedl.Torch.Kernels;

/// <summary>
/// The operands of a weighted cross-entropy over segments of the columns: logits [rows, sum of the segments], column-major
/// and padded; int64 labels [rows, segments], each a class within its segment; weights [rows, segments], or 0 for all ones;
/// where to put the loss's derivative by the logits, laid out as they are, or 0.
/// </summary>
internal readonly record struct CrossEntropyTask(
    nint Logits, int StrideLogits, int Rows,
    nint Segments, int Count,
    nint Labels, int LabelRow, int LabelColumn,
    nint Weights, int WeightRow, int WeightColumn,
    nint Gradient);

internal abstract unsafe partial class Kernel
{
    /// <summary>
    /// (1 / rows) * the sum over segments a and rows b of w[b, a] (ln sum_c e^l[b, c] - l[b, label]), and its derivative
    /// w[b, a] (softmax_c - [c = label]) / rows.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class of its segment.</exception>
    public abstract double CrossEntropy(in CrossEntropyTask task);

    /// <summary>Softmax (or its logarithm) of each row of x [rows, columns] into y; both column-major, padded.</summary>
    public abstract void Softmax(nint x, int strideX, int rows, int columns, nint y, int strideY, bool logarithm);
}

internal sealed unsafe partial class Kernel<V>
{
    private const int Rows = 512;

    public override double CrossEntropy(in CrossEntropyTask task)
    {
        int* segments = (int*)task.Segments;
        float* logits = (float*)task.Logits, gradient = (float*)task.Gradient;
        double total = 0;
        for (int a = 0; a < task.Count; a++)
        {
            total += CrossEntropyOfSegment(task, a, segments[a], logits, gradient);
            logits += (long)segments[a] * task.StrideLogits;
            if (gradient != null) gradient += (long)segments[a] * task.StrideLogits;
        }

        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Softmax(nint x, int strideX, int rows, int columns, nint y, int strideY, bool logarithm)
    {
        for (int row = 0; row < rows; row += V.Width)
        {
            float* from = (float*)x + row, to = (float*)y + row;
            V high = HighestOf(from, strideX, columns), sum = default;
            for (int c = 0; c < columns; c++)
            {
                V e = V.ExpOfNegative(V.Load(from + (long)c * strideX) - high);
                sum += e;
                if (!logarithm) V.Store(to + (long)c * strideY, e);
            }

            if (logarithm)
            {
                V shift = high + V.Log(sum);
                for (int c = 0; c < columns; c++) V.Store(to + (long)c * strideY, V.Load(from + (long)c * strideX) - shift);
            }
            else
            {
                V scale = V.Create(1f) / sum;
                for (int c = 0; c < columns; c++) V.Store(to + (long)c * strideY, V.Load(to + (long)c * strideY) * scale);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V HighestOf(float* x, long stride, int columns)
    {
        V high = V.Load(x);
        for (int c = 1; c < columns; c++) high = V.Max(high, V.Load(x + c * stride));
        return high;
    }

    /// <summary>
    /// One head in blocks of rows and, inside a block, one pass a column: so every vector is independent of the one before
    /// it, and the processor overlaps their exponentials.
    /// </summary>
    [SkipLocalsInit]
    private static double CrossEntropyOfSegment(in CrossEntropyTask task, int segment, int classes, float* logits, float* gradient)
    {
        float* label = stackalloc float[4 * Rows], weight = label + Rows, high = weight + Rows, sum = high + Rows;
        double total = 0;
        for (int row = 0; row < task.Rows; row += Rows)
        {
            int live = Math.Min(Rows, task.Rows - row);
            ReadLabels(task, segment, classes, row, live, label, weight);
            Highest(logits + row, task.StrideLogits, classes, live, high);
            new Span<float>(sum, (live + Layout.Line - 1) & -Layout.Line).Clear();
            for (int c = 0; c < classes; c++) AddExponentials(logits + row + (long)c * task.StrideLogits, high, sum, gradient == null ? null : gradient + row + (long)c * task.StrideLogits, live);
            total += LossOfRows(logits + row, task.StrideLogits, classes, label, weight, high, sum, live);
            if (gradient != null)
                for (int c = 0; c < classes; c++) FinishGradient(gradient + row + (long)c * task.StrideLogits, c, label, weight, sum, live);
        }

        return total;
    }

    /// <summary>Labels and weights (over the number of rows) of a block as floats; rows of the padding get label and weight 0.</summary>
    private static void ReadLabels(in CrossEntropyTask task, int segment, int classes, int row, int live, float* label, float* weight)
    {
        long* labels = (long*)task.Labels + (long)row * task.LabelRow + (long)segment * task.LabelColumn;
        float* weights = task.Weights == 0 ? null : (float*)task.Weights + (long)row * task.WeightRow + (long)segment * task.WeightColumn;
        float scale = 1f / task.Rows;
        V unknown = V.Create(0f);
        int i = 0;
        if (task.LabelRow == 1 && (weights == null || task.WeightRow == 1))
        {
            for (; i <= live - V.Width; i += V.Width)
            {
                V given = V.Labels(labels + i, classes);
                unknown = V.Min(unknown, given);
                V.Store(label + i, given);
                V.Store(weight + i, weights == null ? V.Create(scale) : V.Load(weights + i) * V.Create(scale));
            }
        }

        bool known = V.Sum(unknown) == 0;
        for (; i < live; i++)
        {
            long given = labels[(long)i * task.LabelRow];
            known &= (ulong)given < (ulong)classes;
            label[i] = given;
            weight[i] = weights == null ? scale : weights[(long)i * task.WeightRow] * scale;
        }

        if (!known) Refuse(task, segment, classes);
        for (; i % Layout.Line != 0; i++) label[i] = weight[i] = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Highest(float* logits, long stride, int classes, int live, float* high)
    {
        for (int i = 0; i < live; i += V.Width) V.Store(high + i, HighestOf(logits + i, stride, classes));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddExponentials(float* logits, float* high, float* sum, float* exponentials, int live)
    {
        for (int i = 0; i < live; i += V.Width)
        {
            V e = V.ExpOfNegative(V.Load(logits + i) - V.Load(high + i));
            V.Store(sum + i, V.Load(sum + i) + e);
            if (exponentials != null) V.Store(exponentials + i, e);
        }
    }

    /// <summary>The sum of w (ln sum + high - logit of the label); the sums become w / sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float LossOfRows(float* logits, long stride, int classes, float* label, float* weight, float* high, float* sum, int live)
    {
        V total = default;
        for (int i = 0; i < live; i += V.Width)
        {
            V own = V.Load(label + i), picked = V.Load(logits + i), s = V.Load(sum + i), w = V.Load(weight + i);
            for (int c = 1; c < classes; c++) picked = V.Select(V.Equal(own, V.Create(c)), V.Load(logits + i + c * stride), picked);
            V loss = w * (V.Log(s) + V.Load(high + i) - picked);
            total += i <= live - V.Width ? loss : V.And(V.First(live - i), loss);
            V.Store(sum + i, w / s);
        }

        return V.Sum(total);
    }

    /// <summary>w softmax - w [c = label]; 0 in rows of the padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FinishGradient(float* exponentials, int c, float* label, float* weight, float* scale, int live)
    {
        V own = V.Create(c);
        for (int i = 0; i < live; i += V.Width)
        {
            V g = V.Load(exponentials + i) * V.Load(scale + i) - V.And(V.Equal(V.Load(label + i), own), V.Load(weight + i));
            V.Store(exponentials + i, i <= live - V.Width ? g : V.And(V.First(live - i), g));
        }
    }

    private static void Refuse(in CrossEntropyTask task, int segment, int classes)
    {
        long* labels = (long*)task.Labels + (long)segment * task.LabelColumn;
        for (int i = 0; i < task.Rows; i++)
            if ((ulong)labels[(long)i * task.LabelRow] >= (ulong)classes) throw NoClass(labels[(long)i * task.LabelRow], i, classes);
    }

    private static ArgumentOutOfRangeException NoClass(long label, int row, int classes) =>
        new(nameof(label), $"Label {label} of row {row} is not one of the classes 0 .. {classes - 1}.");
}
