namespace FairMedl.Torch.Kernels;

/// <summary>How a square is transposed where a vector type has nothing better.</summary>
internal static unsafe class Transposing
{
    /// <summary><c>to[i * strideTo + j]</c> becomes <c>from[j * stride + i]</c>, i and j below the width.</summary>
    public static void ElementByElement(float* from, long stride, float* to, long strideTo, int width)
    {
        for (int i = 0; i < width; i++)
            for (int j = 0; j < width; j++) to[i * strideTo + j] = from[j * stride + i];
    }
}
