using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Torch;

/// <summary>How this engine says that a tensor has no gradient.</summary>
internal static class Gradients
{
    /// <summary>Whether there is a gradient: TorchSharp returns an empty handle where the operand was not used.</summary>
    public static bool Reached(Tensor? gradient) => gradient is { IsInvalid: false };

    /// <summary>Asserts that one gradient, computed twice, is the same; libtorch sums in the order of its operands' memory.</summary>
    public static void AssertSame(Tensor first, Tensor second)
    {
        float[] expected = first.data<float>().ToArray();
        double scale = Math.Max(1, expected.Max(Math.Abs));
        Assert.All(expected.Zip(second.data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * scale));
    }
}
