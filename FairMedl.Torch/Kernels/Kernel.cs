using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace FairMedl.Torch.Kernels;

/// <summary>
/// The arithmetic of the engine over raw memory, for one vector width. Stateless: one instance serves all threads.
/// Matrices are column-major: consecutive rows are in consecutive lanes, and a column starts every <c>stride</c> floats.
/// A kernel that says "padded" may read and write the rows up to the next multiple of 16, whose values mean nothing.
/// </summary>
internal abstract unsafe partial class Kernel
{
    private static readonly Kernel Wide = new Kernel<Lanes512>(), Medium = new Kernel<Lanes256>(), Scalar = new Kernel<Lanes1>();

    /// <summary>The kernels of this process's path.</summary>
    public static Kernel Preferred { get; } = For(VectorPaths.Preferred);

    public static Kernel For(VectorPath path) => path switch
    {
        VectorPath.Vector512 => Wide,
        VectorPath.Vector256 => Medium,
        VectorPath.Scalar => Scalar,
    };
}

/// <summary>The kernels, written once for every width.</summary>
internal sealed unsafe partial class Kernel<V> : Kernel where V : unmanaged, ILanes<V>
{
    /// <summary>Asks for a line that is soon read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Expect(void* line)
    {
        if (Sse.IsSupported) Sse.Prefetch0(line);
    }
}
