using TorchSharp;

namespace FairMedl.Torch.Engine;

/// <summary>One operation as it was computed: what its way back needs to know. What the letters mean is each operation's own.</summary>
internal struct Record
{
    /// <summary>Null for a record that was forgotten.</summary>
    public Operation? Operation;

    public bool J;
    public int I, Version;
    public float P, Q;
    public torch.Tensor Output;
    public torch.Tensor? A, B, C, D;
    public torch.Tensor[]? Many;

    /// <summary>Memory that forward left for backward, and what keeps it.</summary>
    public nint Saved;
    public object? Keeper;
}
