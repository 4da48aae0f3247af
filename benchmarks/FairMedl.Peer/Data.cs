using TorchSharp;
using static TorchSharp.torch;

namespace FairMedl.Peer;

/// <summary>The rows of a step; B rows, A attributes.</summary>
/// <param name="X">Features [B, Columns].</param>
/// <param name="Y">Target [B, 1], 0 or 1.</param>
/// <param name="Z">Cluster [B].</param>
/// <param name="Groups">Group of each attribute [B, A].</param>
/// <param name="Weight">Class weight [B, 1].</param>
internal sealed record Batch(Tensor X, Tensor Y, Tensor Z, Tensor Groups, Tensor Weight);

/// <summary>Random data of Adult's shape.</summary>
internal sealed class Data
{
    public const int Clusters = 6, Columns = Numbers + 73;
    private const int Rows = 18_400, Numbers = 2;
    private static readonly int[] Categories = [9, 6, 42, 5, 2, 6, 3];
    private readonly Tensor x, y, z, groups;
    private Tensor order = empty(0);
    private int next = Rows;

    public Data()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] codes = [.. Categories.Select(k => randint(k, [Rows], ScalarType.Int64))];
        Tensor[] oneHot = [.. codes.Zip(Categories, (c, k) => nn.functional.one_hot(c, k).to(ScalarType.Float32))];
        x = cat([randn(Rows, Numbers), .. oneHot], 1).MoveToOuterDisposeScope();
        y = rand(Rows, 1).lt(0.25).to(ScalarType.Float32).MoveToOuterDisposeScope();
        z = randint(Clusters, [Rows], ScalarType.Int64).MoveToOuterDisposeScope();
        groups = stack(Groups.Select(k => randint(k, [Rows], ScalarType.Int64)), 1).MoveToOuterDisposeScope();
    }

    /// <summary>Number of groups of each sensitive attribute.</summary>
    public static IReadOnlyList<int> Groups { get; } = [3, 2, 5, 6];

    /// <summary>The next rows of the current shuffle.</summary>
    public Batch Next(int size)
    {
        if (next + size > Rows)
        {
            order.Dispose();
            order = randperm(Rows).DetachFromDisposeScope();
            next = 0;
        }

        Tensor rows = order[next..(next + size)];
        next += size;
        Tensor target = y[rows];
        return new Batch(x[rows], target, z[rows], groups[rows], where(target > 0, 0.75f, 0.25f));
    }
}
