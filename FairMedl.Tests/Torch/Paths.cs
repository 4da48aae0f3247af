using FairMedl.Torch.Engine;
using FairMedl.Torch.Kernels;
using Xunit;

namespace FairMedl.Tests.Torch;

/// <summary>Every vector width, each of which must pass every test, on any machine (the wider ones by emulation).</summary>
public static class Paths
{
    public static int[] AwkwardRows { get; } = [1, 2, 3, 7, 8, 9, 17, 33];

    public static string[] Names { get; } = Enum.GetNames<VectorPath>();

    public static TheoryData<string> All => [.. Names];

    public static TheoryData<string, int> AllWithRows
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (string path in Names) foreach (int rows in AwkwardRows) data.Add(path, rows);
            return data;
        }
    }

    /// <summary>Until the result is disposed, this thread computes with that width.</summary>
    internal static IDisposable On(string path) => new Forced(Enum.Parse<VectorPath>(path));

    internal static Kernel Kernel(string path) => FairMedl.Torch.Kernels.Kernel.For(Enum.Parse<VectorPath>(path));

    private sealed class Forced : IDisposable
    {
        private readonly Workspace workspace = Workspace.Current;
        private readonly Kernel before;

        public Forced(VectorPath path) => (before, workspace.Kernel) = (workspace.Kernel, FairMedl.Torch.Kernels.Kernel.For(path));

        public void Dispose() => workspace.Kernel = before;
    }
}
