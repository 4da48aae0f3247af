#if TORCH_MANAGED
using FairMedl.Torch.Kernels;
#endif

namespace FairMedl.Torch;

/// <summary>Who provides the tensors of this build.</summary>
public static class Backend
{
    /// <summary>For a person, such as "managed engine, 256-bit vectors".</summary>
    public static string Description { get; } =
#if TORCH_MANAGED
        VectorPaths.Preferred switch
        {
            VectorPath.Scalar => "managed engine, no vectors",
            VectorPath.Vector256 => "managed engine, 256-bit vectors",
            VectorPath.Vector512 => "managed engine, 512-bit vectors",
        };
#else
        $"TorchSharp {typeof(TorchSharp.torch).Assembly.GetName().Version}";
#endif
}
