using Xunit;

namespace FairMedl.Tests.Torch;

/// <summary>The one way in which libtorch computes, in place of the managed kernels' vector widths.</summary>
public static class Paths
{
    public static int[] AwkwardRows { get; } = [1, 7, 33];

    public static TheoryData<string> All => ["libtorch"];

    public static TheoryData<string, int> AllWithRows
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (int rows in AwkwardRows) data.Add("libtorch", rows);
            return data;
        }
    }

    /// <summary>libtorch picks its own vector width; the scope frees what the test computes.</summary>
    internal static IDisposable On(string path) => path is "libtorch" or "Scalar"
        ? TorchSharp.torch.NewDisposeScope()
        : throw new ArgumentOutOfRangeException(nameof(path));
}
