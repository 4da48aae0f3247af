namespace FairMedl.Torch;

/// <summary>What a linear layer does to its result.</summary>
public enum Activation
{
    /// <summary>No activation.</summary>
    None,

    /// <summary>max(x, 0).</summary>
    Relu,
}
