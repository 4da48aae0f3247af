using System.Runtime.CompilerServices;

namespace FairMedl.Torch.Kernels;

/// <summary>A function of one float, computed by the runtime's own library.</summary>
internal interface IScalarFunction
{
    static abstract float Of(float x, float p);
}

/// <summary>Functions that no training step needs, lane by lane.</summary>
internal static unsafe class EachLane
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Apply<V, F>(V x, V p) where V : unmanaged, ILanes<V> where F : IScalarFunction
    {
        float* values = stackalloc float[Layout.Line], constants = stackalloc float[Layout.Line];
        V.Store(values, x);
        V.Store(constants, p);
        for (int i = 0; i < V.Width; i++) values[i] = F.Of(values[i], constants[i]);
        return V.Load(values);
    }
}

internal readonly struct TangentOf : IScalarFunction
{
    public static float Of(float x, float p) => MathF.Tanh(x);
}

internal readonly struct SineOf : IScalarFunction
{
    public static float Of(float x, float p) => MathF.Sin(x);
}

internal readonly struct CosineOf : IScalarFunction
{
    public static float Of(float x, float p) => MathF.Cos(x);
}

internal readonly struct PowerOf : IScalarFunction
{
    public static float Of(float x, float p) => MathF.Pow(x, p);
}
