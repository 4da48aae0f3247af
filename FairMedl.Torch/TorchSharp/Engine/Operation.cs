using TorchSharp;

namespace FairMedl.Torch.Engine;

/// <summary>What the tape can take a gradient back through.</summary>
internal enum Operation : byte
{
    None,

    /// <summary>An element-wise function of A: I says which, P and Q are its constants.</summary>
    Map,

    /// <summary>An element-wise operation of A and B, broadcast: I says which.</summary>
    Combine,

    /// <summary>P times the sum of A over some dimensions.</summary>
    Sum,

    /// <summary>Elements of A's own memory.</summary>
    View,

    /// <summary>The elements of A in another order of memory.</summary>
    Reorder,

    /// <summary>A scalar whose derivative by A was computed with it and is saved.</summary>
    Loss,

    /// <summary>A times B (transposed if J), plus C, through the activation I.</summary>
    Product,

    /// <summary>As Product, of a coded A.</summary>
    CodedProduct,

    /// <summary>A through the layers whose weights and biases are Many; constants if J.</summary>
    Perceptron,

    /// <summary>Many, side by side along dimension I.</summary>
    Join,

    /// <summary>B where A, otherwise C.</summary>
    Where,

    /// <summary>Elements of A picked by B along dimension I.</summary>
    Gather,

    /// <summary>Softmax of A over the columns, or its logarithm if I.</summary>
    Softmax,

    /// <summary>The largest element of A.</summary>
    Max,

    /// <summary>The Euclidean norm of A.</summary>
    Norm,

    /// <summary>A + (1e-5 + softplus(B)) C.</summary>
    Reparameterise,

    /// <summary>The divergence of N(A, (1e-5 + softplus(B))^2) from N(0, P^2).</summary>
    GaussianKl,

    /// <summary>For each row of A the product with the row of B that D names, plus that row of C.</summary>
    SelectLinear,

    /// <summary>The sum of Many, times saved factors.</summary>
    WeightedSum,
}

/// <summary>One operation as it was computed: what backward needs to know.</summary>
internal struct Record
{
    public Operation Operation;
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
