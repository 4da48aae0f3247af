namespace FairMedl.Torch;

/// <summary>What a linear layer does to its result.</summary>
public enum Activation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>max(x, 0).</summary>
    Relu,
}
