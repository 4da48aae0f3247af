#if !TORCH_MANAGED
using static TorchSharp.torch;
#endif

namespace FairMedl.Torch;

/// <summary>The softmax heads whose logits are side by side: the number of classes of each, first to last.</summary>
public sealed class Segments
{
    private readonly int[] sizes;

    /// <summary>Heads of these sizes.</summary>
    public Segments(params int[] sizes) => this.sizes = sizes;

    /// <summary>Classes of each head.</summary>
    public ReadOnlySpan<int> Sizes => sizes;

    /// <summary>Heads of these sizes.</summary>
    public static implicit operator Segments(int[] sizes) => new(sizes);

    /// <summary>Heads of these sizes.</summary>
    public static Segments FromInt32Array(int[] sizes) => new(sizes);
#if !TORCH_MANAGED
    private const float Never = -1e30f;
    private Tensor? places, absent;

    /// <summary>Number of classes of the largest head.</summary>
    public int Largest => sizes.Max();

    /// <summary>
    /// Gives each head as many classes as the largest: logits [B, sum K_a] to [B, K, A], those of absent classes far below all others,
    /// so that one cross-entropy serves all heads. A product with zeros and ones, because its gradient is deterministic on any device.
    /// </summary>
    public Tensor Pad(Tensor logits)
    {
        // Two device objects of one device are not equal.
        if (places is null || places.device_type != logits.device_type || places.device_index != logits.device_index) Prepare(logits.device);
        return nn.functional.linear(logits, places!, absent).view(-1, Largest, sizes.Length);
    }

    private void Prepare(Device device)
    {
        int heads = sizes.Length, columns = sizes.Sum();
        float[] place = new float[Largest * heads * columns], never = new float[Largest * heads];
        for (int a = 0, start = 0; a < heads; start += sizes[a++])
        {
            for (int k = 0; k < Largest; k++)
            {
                if (k < sizes[a]) place[(k * heads + a) * columns + start + k] = 1;
                else never[k * heads + a] = Never;
            }
        }

        places = tensor(place, [Largest * heads, columns]).to(device).DetachFromDisposeScope();
        absent = tensor(never).to(device).DetachFromDisposeScope();
    }
#endif
}
