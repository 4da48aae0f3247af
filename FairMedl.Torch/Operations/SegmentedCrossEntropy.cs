using static TorchSharp.torch;
#if TORCH_MANAGED
using FairMedl.Torch.Engine;
using FairMedl.Torch.Kernels;
#endif

namespace FairMedl.Torch;

public static partial class Fused
{
    /// <summary>
    /// The cross-entropy of several softmax heads whose logits are side by side: the sum over heads a of
    /// (1/B) sum_b w[b, a] (ln sum_c e^(l[b, c]) - l[b, label[b, a]]), c running over the head's own columns.
    /// logits [B, sum of K_a]; labels int64 [B, A], each 0 .. K_a - 1; heads the K_a; weight [B, A] (null: all ones).
    /// The mean is over the batch's size, not over the weights. With one segment it is the plain weighted cross-entropy.
    /// </summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class of its head.</exception>
    public static Tensor SegmentedCrossEntropy(Tensor logits, Tensor labels, Segments heads, Tensor? weight = null)
    {
        ReadOnlySpan<int> segments = heads.Sizes;
        Composed.CheckSegments(logits, labels, segments, weight);
#if TORCH_MANAGED
        Workspace workspace = Workspace.Current;
        logits = Copying.Columns(logits.Float());
        labels.Ready();
        weight?.Float();
        if (weight is not null && workspace.Needs(weight)) return Composed.SegmentedCrossEntropy(logits, labels, heads, weight);
        Storage? keeper = null;
        bool needs = workspace.Needs(logits);
        nint derivative = needs ? workspace.Allocate(logits.GradientLayout.Extent * sizeof(float), out keeper) : 0;
        nint classes = workspace.Allocate(segments.Length * sizeof(int), out Storage keeperOfClasses);
        Strided.Write(Layout.Packed([segments.Length]), classes, segments);
        CrossEntropyTask task = new(
            logits.address, logits.layout.Strides[1], logits.layout.Sizes[0], classes, segments.Length,
            labels.address, labels.layout.Strides[0], labels.layout.Strides[1],
            weight?.address ?? 0, weight?.layout.Strides[0] ?? 0, weight?.layout.Strides[1] ?? 0, derivative);
        Tensor loss = workspace.Make(default);
        Strided.Set(loss.address, 0, (float)workspace.Kernel.CrossEntropy(task));
        if (needs) Losses.Record(workspace, loss, logits, derivative, keeper!);
        GC.KeepAlive(keeperOfClasses);
        return loss;
#else
        if (segments.Length > 1)
        {
            Tensor ofLabel = heads.Pad(logits).log_softmax(1).gather(1, labels.unsqueeze(1)).squeeze(1);
            return (weight is null ? ofLabel : ofLabel * weight).mean().Times(-segments.Length);
        }

        Tensor own = labels.squeeze(1);
        return weight is null
            ? nn.functional.cross_entropy(logits, own)
            : (nn.functional.cross_entropy(logits, own, reduction: nn.Reduction.None) * weight.squeeze(1)).mean();
#endif
    }
}

public static partial class Composed
{
    /// <inheritdoc cref="Fused.SegmentedCrossEntropy"/>
    public static Tensor SegmentedCrossEntropy(Tensor logits, Tensor labels, Segments heads, Tensor? weight = null)
    {
        ReadOnlySpan<int> segments = heads.Sizes;
        CheckSegments(logits, labels, segments, weight);
        Tensor? total = null;
        for (int a = 0, start = 0; a < segments.Length; start += segments[a++])
        {
            Tensor head = logits[.., start..(start + segments[a])];
            Tensor each = nn.functional.cross_entropy(head, labels[.., a], reduction: nn.Reduction.None);
            Tensor mean = (weight is null ? each : each * weight[.., a]).mean();
            total = total is null ? mean : total.Plus(mean);
        }

        return total!;
    }

    internal static void CheckSegments(Tensor logits, Tensor labels, ReadOnlySpan<int> segments, Tensor? weight)
    {
        long columns = 0;
        foreach (int segment in segments) columns += segment;
        if (segments.IsEmpty || logits.dim() != 2 || logits.size(1) != columns)
            throw new ArgumentException($"Logits of shape {Named(logits)} do not have the {columns} columns of the segments [{string.Join(", ", segments.ToArray())}].", nameof(logits));
        if (labels.dim() != 2 || labels.size(0) != logits.size(0) || labels.size(1) != segments.Length)
            throw new ArgumentException($"Labels of shape {Named(labels)} do not fit logits of shape {Named(logits)} with {segments.Length} segments.", nameof(labels));
        if (weight is not null && (weight.dim() != 2 || weight.size(0) != labels.size(0) || weight.size(1) != labels.size(1)))
            throw new ArgumentException($"Weights of shape {Named(weight)} do not fit labels of shape {Named(labels)}.", nameof(weight));
    }

    internal static string Named(Tensor a) => $"[{string.Join(", ", a.shape)}]";
}
