#if TORCH_MANAGED
using FairMedl.Torch.Engine;
#endif

namespace FairMedl.Torch;

public static partial class Fused
{
    /// <summary>
    /// Says that the records of these rows will be read soon, so that they are on their way from memory while something else
    /// is computed: a batch's rows are scattered in memory, and waiting for them takes as long as a small network's arithmetic.
    /// </summary>
    /// <param name="table">Row by row.</param>
    /// <param name="perRow">Values of a row.</param>
    /// <param name="rows">Which rows; one that the table does not have is passed over.</param>
    public static void Prefetch<T>(ReadOnlySpan<T> table, int perRow, ReadOnlySpan<int> rows) where T : unmanaged
    {
#if TORCH_MANAGED
        Workspace.Current.Kernel.Prefetch(table, perRow, rows);
#endif
    }
}
