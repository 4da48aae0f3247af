namespace FairMedl.Torch.Kernels;

/// <summary>
/// The walk over up to three operands of the same sizes: four nested counters, of which the innermost (dimension 0)
/// has the first operand's smallest stride, with neighbouring dimensions merged where all operands allow it.
/// </summary>
internal struct Loop
{
    public PerDimension Sizes, Out, A, B;

    public static Loop Over(in Layout output, in Layout a) => Over(output, a, a);

    public static Loop Over(in Layout output, in Layout a, in Layout b)
    {
        Loop loop = default;
        int depth = 0;
        // Innermost first: by the stride of the output, or of the input where the output's is 0.
        for (int i = output.Rank - 1; i >= 0; i--)
        {
            if (output.Sizes[i] == 1) continue;
            int at = depth++;
            for (; at > 0 && Inside(output.Strides[i], a.Strides[i], loop.Out[at - 1], loop.A[at - 1]); at--) loop.Move(at - 1, at);
            loop.Sizes[at] = output.Sizes[i];
            loop.Out[at] = output.Strides[i];
            loop.A[at] = a.Strides[i];
            loop.B[at] = b.Strides[i];
        }

        for (int i = depth - 1; i > 0; i--)
        {
            int inner = loop.Sizes[i - 1];
            if (loop.Out[i] != loop.Out[i - 1] * inner || loop.A[i] != loop.A[i - 1] * inner || loop.B[i] != loop.B[i - 1] * inner) continue;
            loop.Sizes[i - 1] = inner * loop.Sizes[i];
            for (int j = i; j < depth - 1; j++) loop.Move(j + 1, j);
            depth--;
        }

        for (int i = depth; i < Layout.MaximumRank; i++)
        {
            loop.Sizes[i] = 1;
            loop.Out[i] = loop.A[i] = loop.B[i] = 0;
        }

        return loop;
    }

    /// <summary>Whether the first pair of strides belongs inside the second.</summary>
    private static bool Inside(int output, int input, int otherOutput, int otherInput)
    {
        int key = output == 0 ? input : output, otherKey = otherOutput == 0 ? otherInput : otherOutput;
        return key < otherKey || (key == otherKey && input < otherInput);
    }

    private void Move(int from, int to)
    {
        Sizes[to] = Sizes[from];
        Out[to] = Out[from];
        A[to] = A[from];
        B[to] = B[from];
    }
}
