using System.Runtime.Intrinsics.X86;

namespace FairMedl.Torch.Kernels;

/// <summary>How wide the kernels compute. Results agree bit for bit at one width, and within rounding across widths.</summary>
internal enum VectorPath
{
    /// <summary>One float at a time.</summary>
    Scalar = 1,

    /// <summary>Eight floats: AVX2 and FMA.</summary>
    Vector256 = 8,

    /// <summary>AVX-512: 16 floats.</summary>
    Vector512 = 16,
}

/// <summary>Chooses the widest path that the processor has, unless one is forced.</summary>
internal static class VectorPaths
{
    /// <summary>The environment variable that forces a path: 512, 256 or scalar.</summary>
    public const string Variable = "FAIRMEDL_VECTOR";

    /// <summary>The path of this process: the forced one (environment variable, then AppContext switch), or the widest that the hardware runs.</summary>
    public static VectorPath Preferred { get; } =
        Forced(Environment.GetEnvironmentVariable(Variable) ?? AppContext.GetData(Variable) as string) ?? Widest;

    private static VectorPath Widest =>
        System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated ? VectorPath.Vector512
        : System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated && Fma.IsSupported ? VectorPath.Vector256
        : VectorPath.Scalar;

    /// <summary>The path that a setting names; null where it names none.</summary>
    /// <exception cref="ArgumentException">The setting is neither empty nor a path.</exception>
    public static VectorPath? Forced(string? setting) => setting switch
    {
        null or "" => null,
        "512" => VectorPath.Vector512,
        "256" => VectorPath.Vector256,
        "scalar" => VectorPath.Scalar,
        _ => throw new ArgumentException($"{Variable} is '{setting}': 512, 256 and scalar are the paths."),
    };
}
