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
    [SkipLocalsInit]
    public override double CrossEntropy(in CrossEntropyTask task)
    {
        float* label = stackalloc float[Layout.Line], weight = stackalloc float[Layout.Line];
        int* segments = (int*)task.Segments;
        float scale = 1f / task.Rows;
        double total = 0;
        float* logits = (float*)task.Logits, gradient = (float*)task.Gradient;
        for (int a = 0; a < task.Count; a++)
        {
            int classes = segments[a];
            for (int row = 0; row < task.Rows; row += V.Width)
            {
                int live = Math.Min(V.Width, task.Rows - row);
                long* labels = (long*)task.Labels + (long)row * task.LabelRow + (long)a * task.LabelColumn;
                for (int i = 0; i < live; i++)
                {
                    long given = labels[(long)i * task.LabelRow];
                    if ((ulong)given >= (ulong)classes) throw new ArgumentOutOfRangeException(nameof(task), $"Label {given} of row {row + i} is not a class 0 .. {classes - 1} of segment {a}.");
                    label[i] = given;
                }

                for (int i = live; i < V.Width; i++) label[i] = 0;
                if (task.Weights != 0)
                {
                    float* weights = (float*)task.Weights + (long)row * task.WeightRow + (long)a * task.WeightColumn;
                    for (int i = 0; i < live; i++) weight[i] = weights[(long)i * task.WeightRow];
                }
                else
                {
                    for (int i = 0; i < live; i++) weight[i] = 1;
                }

                // Rows of the padding weigh nothing, whatever they hold.
                for (int i = live; i < V.Width; i++) weight[i] = 0;
                V mask = V.First(live), w = V.Load(weight) * V.Create(scale);
                total += CrossEntropyOfRows(logits + row, task.StrideLogits, classes, V.Load(label), w, mask, gradient == null ? null : gradient + row);
            }

            logits += (long)classes * task.StrideLogits;
            if (gradient != null) gradient += (long)classes * task.StrideLogits;
        }

        return total;
    }

    public override void Softmax(nint x, int strideX, int rows, int columns, nint y, int strideY, bool logarithm)
    {
        for (int row = 0; row < rows; row += V.Width)
        {
            float* from = (float*)x + row, to = (float*)y + row;
            V high = HighestOf(from, strideX, columns), sum = default;
            for (int c = 0; c < columns; c++)
            {
                V e = Transcendental.Exp(V.Load(from + (long)c * strideX) - high);
                sum += e;
                if (!logarithm) V.Store(to + (long)c * strideY, e);
            }

            if (logarithm)
            {
                V shift = high + Transcendental.Log(sum);
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

    private static float CrossEntropyOfRows(float* logits, long stride, int classes, V label, V weight, V mask, float* gradient)
    {
        V high = HighestOf(logits, stride, classes), sum = default, picked = default;
        for (int c = 0; c < classes; c++)
        {
            V l = V.Load(logits + c * stride), e = Transcendental.Exp(l - high);
            sum += e;
            picked = V.Select(V.Equal(label, V.Create(c)), l, picked);
            if (gradient != null) V.Store(gradient + c * stride, e);
        }

        if (gradient != null)
        {
            V scale = weight / sum;
            for (int c = 0; c < classes; c++)
            {
                V own = V.And(V.Equal(label, V.Create(c)), weight);
                V.Store(gradient + c * stride, V.And(mask, V.Load(gradient + c * stride) * scale - own));
            }
        }

        return V.Sum(V.And(mask, weight * (high + Transcendental.Log(sum) - picked)));
    }
}
