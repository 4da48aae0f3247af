using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Torch;

/// <summary>How this engine says that a tensor has no gradient.</summary>
internal static class Gradients
{
    /// <summary>Whether there is a gradient: null where the operand was not used.</summary>
    public static bool Reached(Tensor? gradient) => gradient is not null;

    /// <summary>Asserts that one gradient, computed twice, is the same bit for bit.</summary>
    public static void AssertSame(Tensor first, Tensor second) =>
        Assert.Equal(first.data<float>().ToArray(), second.data<float>().ToArray());
}
