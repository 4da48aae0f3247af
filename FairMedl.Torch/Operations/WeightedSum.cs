using static TorchSharp.torch;
#if TORCH_MANAGED
using FairMedl.Torch.Engine;
using FairMedl.Torch.Kernels;
#else
using TorchSharp;
#endif

namespace FairMedl.Torch;

public static partial class Fused
{
    /// <summary>The sum of scalars times constants: a total loss from its terms. Terms with factor 0, and those that are null, are left out.</summary>
    /// <exception cref="ArgumentException">There are no terms, or one is not a scalar.</exception>
    public static Tensor WeightedSum(params ReadOnlySpan<(double Factor, Tensor? Term)> terms)
    {
#if TORCH_MANAGED
        if (terms.IsEmpty) throw new ArgumentException("There is nothing to sum.", nameof(terms));
        Workspace workspace = Workspace.Current;
        Tensor[] needing = new Tensor[terms.Length];
        nint factors = workspace.Allocate(terms.Length * sizeof(float), out Storage keeper);
        int needed = 0;
        double total = 0;
        foreach ((double factor, Tensor? term) in terms)
        {
            if (term is null) continue;
            if (term.Float().layout.Count != 1) throw new ArgumentException($"Scalars are summed here, not shape {term.layout}.", nameof(terms));
            if (factor == 0) continue;
            total += factor * Strided.Element<float>(term.address, 0);
            if (!workspace.Needs(term)) continue;
            Strided.Set(factors, needed, (float)factor);
            needing[needed++] = term;
        }

        Tensor y = workspace.Make(default);
        Strided.Set(y.address, 0, (float)total);
        if (needed == 0) return y;
        ref Record record = ref workspace.Record(WeightedSumOperation, y, null, many: needing);
        record.I = needed;
        record.Saved = factors;
        record.Keeper = keeper;
        record.Version = int.MinValue;
        return y;
#else
        if (terms.IsEmpty) throw new ArgumentException("There is nothing to sum.", nameof(terms));
        Tensor? total = null;
        foreach ((double factor, Tensor? term) in terms)
        {
            if (term is null) continue;
            if (term.numel() != 1) throw new ArgumentException($"Scalars are summed here, not shape {Composed.Named(term)}.", nameof(terms));
            if (factor == 0) continue;
            using Scalar held = factor.ToScalar();
            total = total is not null ? total.add(term, held) : factor == 1 ? term : term.mul(held);
        }

        return total ?? zeros([], device: terms[0].Term?.device);
#endif
    }

#if TORCH_MANAGED
    /// <summary>The sum of the first I of Many, times saved factors.</summary>
    private static readonly Operation WeightedSumOperation = new("weighted sum", WeightedSumBackward);

    private static void WeightedSumBackward(Workspace workspace, in Record record)
    {
        Tensor y = record.Output;
        for (int i = 0; i < record.I; i++)
        {
            Tensor term = record.Many![i];
            if (!workspace.Wants(term)) continue;
            nint at = term.Receive(workspace, out bool accumulate);
            float flow = Strided.Element<float>(record.Saved, i) * Strided.Element<float>(y.gradient, 0);
            Strided.Set(at, 0, accumulate ? Strided.Element<float>(at, 0) + flow : flow);
        }
    }
#endif
}

public static partial class Composed
{
    /// <inheritdoc cref="Fused.WeightedSum"/>
    public static Tensor WeightedSum(params ReadOnlySpan<(double Factor, Tensor? Term)> terms)
    {
        if (terms.IsEmpty) throw new ArgumentException("There is nothing to sum.", nameof(terms));
        Tensor? total = null;
        foreach ((double factor, Tensor? term) in terms)
        {
            if (factor == 0 || term is null) continue;
            Tensor part = term.sum().Times((float)factor);
            total = total is null ? part : total.Plus(part);
        }

        return total ?? zeros(Array.Empty<long>());
    }
}
