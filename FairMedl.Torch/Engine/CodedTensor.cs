using FairMedl.Torch.Kernels;
using TorchSharp;

namespace FairMedl.Torch.Engine;

/// <summary>A matrix of one-hot blocks and numbers that is not written out until an operation needs it as one block.</summary>
internal sealed class CodedTensor(Storage keeper, in CodedRows rows) : torch.Tensor(keeper, 0, Layout.Columns(rows.Rows, rows.Width), torch.ScalarType.Float32)
{
    private readonly Storage keeper = keeper;

    public readonly CodedRows Rows = rows;

    /// <summary>Whether an operation may read the records: the matrix's own gradient is not needed.</summary>
    public bool IsCoded(Workspace workspace) => address == 0 && Alive() is not null && !workspace.Needs(this);

    private protected override void Materialise()
    {
        address = Workspace.Current.Allocate(layout.Extent * sizeof(float), out storage);
        Workspace.Current.Kernel.Expand(Rows, address, layout.Strides[1]);
        GC.KeepAlive(keeper);
    }
}
