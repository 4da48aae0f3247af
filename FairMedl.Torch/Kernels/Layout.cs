using System.Runtime.CompilerServices;

namespace FairMedl.Torch.Kernels;

/// <summary>A number for each of up to four dimensions.</summary>
[InlineArray(Layout.MaximumRank)]
internal struct PerDimension
{
    private int first;
}

/// <summary>The memory layout of a tensor: a size and a stride (in elements) for each dimension.</summary>
/// <remarks>
/// A tensor that an operation makes is dense in one of two ways. Values that come from outside are packed row by row,
/// as in torch. Results with two dimensions are column-major, so that the batch is in the SIMD lanes, and a column
/// takes an odd number of cache lines: whole vectors may be written, and columns do not fall on the same cache sets.
/// </remarks>
internal struct Layout : IEquatable<Layout>
{
    public const int MaximumRank = 4, Line = 16;

    public int Rank;
    public PerDimension Sizes, Strides;

    /// <summary>Number of elements.</summary>
    public readonly long Count
    {
        get
        {
            long count = 1;
            for (int i = 0; i < Rank; i++) count *= Sizes[i];
            return count;
        }
    }

    /// <summary>Elements from the first to the last in memory.</summary>
    public readonly long Extent
    {
        get
        {
            long last = 0;
            for (int i = 0; i < Rank; i++)
            {
                if (Sizes[i] == 0) return 0;
                last += (long)(Sizes[i] - 1) * Strides[i];
            }

            return last + 1;
        }
    }

    public readonly bool IsPacked
    {
        get
        {
            int stride = 1;
            for (int i = Rank - 1; i >= 0; i--)
            {
                if (Strides[i] != stride) return false;
                stride *= Sizes[i];
            }

            return true;
        }
    }

    public readonly bool IsPadded => Rank == 2 && Strides[0] == 1 && Strides[1] == LeadingDimension(Sizes[0]);

    public readonly bool IsDense => IsPadded || IsPacked;

    /// <summary>Whether some stride is 0, so that the tensor cannot be written.</summary>
    public readonly bool IsExpanded
    {
        get
        {
            for (int i = 0; i < Rank; i++) if (Strides[i] == 0 && Sizes[i] > 1) return true;
            return false;
        }
    }

    /// <summary>Whether whole vectors of rows may be read and written column by column.</summary>
    public readonly bool HasPaddedColumns =>
        Rank == 2 && Strides[0] == 1 && (Sizes[1] <= 1 || Strides[1] >= ((Sizes[0] + Line - 1) & -Line));

    /// <summary>Floats from one column to the next: an odd number of cache lines.</summary>
    public static int LeadingDimension(int rows) => (((rows + Line - 1) / Line) | 1) * Line;

    public static Layout Packed(ReadOnlySpan<long> sizes)
    {
        if (sizes.Length > MaximumRank) throw new NotSupportedException($"Tensors have at most {MaximumRank} dimensions, not {sizes.Length}.");
        Layout layout = default;
        layout.Rank = sizes.Length;
        for (int i = 0; i < sizes.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(sizes[i], nameof(sizes));
            layout.Sizes[i] = checked((int)sizes[i]);
        }

        return layout.AsPacked();
    }

    public static Layout Columns(int rows, int columns)
    {
        Layout layout = default;
        layout.Rank = 2;
        layout.Sizes[0] = rows;
        layout.Sizes[1] = columns;
        layout.Strides[0] = 1;
        layout.Strides[1] = LeadingDimension(rows);
        _ = checked(layout.Strides[1] * columns);
        return layout;
    }

    /// <summary>The same sizes, packed row by row.</summary>
    public readonly Layout AsPacked()
    {
        Layout layout = this;
        int stride = 1;
        for (int i = Rank - 1; i >= 0; i--)
        {
            layout.Strides[i] = stride;
            stride = checked(stride * Sizes[i]);
        }

        return layout;
    }

    /// <summary>The same sizes as an operation's result has them: column-major with two dimensions, otherwise packed.</summary>
    public readonly Layout AsResult() => Rank == 2 ? Columns(Sizes[0], Sizes[1]) : AsPacked();

    /// <summary>Layout of the gradient: the same, except without expanded dimensions.</summary>
    public readonly Layout AsGradient() => IsExpanded ? AsResult() : this;

    public readonly bool SameSizes(in Layout other)
    {
        if (Rank != other.Rank) return false;
        for (int i = 0; i < Rank; i++) if (Sizes[i] != other.Sizes[i]) return false;
        return true;
    }

    public readonly bool Equals(Layout other)
    {
        if (!SameSizes(other)) return false;
        for (int i = 0; i < Rank; i++) if (Strides[i] != other.Strides[i]) return false;
        return true;
    }

    public override readonly bool Equals(object? obj) => obj is Layout other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(Rank, Sizes[0], Sizes[1], Strides[0], Strides[1]);

    /// <summary>The sizes as torch prints them: [128, 75].</summary>
    public override readonly string ToString() => $"[{string.Join(", ", Shape())}]";

    public readonly long[] Shape()
    {
        long[] shape = new long[Rank];
        for (int i = 0; i < Rank; i++) shape[i] = Sizes[i];
        return shape;
    }

    /// <summary>A dimension counted from the front; negative ones count from the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public readonly int Dimension(long dimension)
    {
        int rank = Math.Max(Rank, 1);
        if (dimension < -rank || dimension >= rank)
            throw new ArgumentOutOfRangeException(nameof(dimension), $"Dimension {dimension} is out of range for shape {this}.");
        return (int)(dimension < 0 ? dimension + rank : dimension);
    }

    /// <summary>The strides with which a tensor of this layout is read as one of the target's sizes (a repeated dimension has stride 0).</summary>
    /// <exception cref="ArgumentException">The sizes do not fit; both are named.</exception>
    public readonly Layout Expand(in Layout target)
    {
        Layout expanded = target;
        int missing = target.Rank - Rank;
        for (int i = 0; i < target.Rank; i++)
        {
            int own = i - missing;
            if (own < 0 || (Sizes[own] == 1 && target.Sizes[i] != 1)) expanded.Strides[i] = 0;
            else if (Sizes[own] == target.Sizes[i]) expanded.Strides[i] = Strides[own];
            else throw new ArgumentException($"Shape {this} cannot be expanded to {target}.");
        }

        if (missing < 0) throw new ArgumentException($"Shape {this} cannot be expanded to {target}.");
        return expanded;
    }

    /// <summary>The sizes that two operands broadcast to, laid out as the operand that already has them, if one is dense.</summary>
    /// <exception cref="ArgumentException">The sizes do not broadcast; both are named.</exception>
    public static Layout Broadcast(in Layout a, in Layout b)
    {
        if (a.SameSizes(b)) return a.IsDense ? a : b.IsDense ? b : a.AsResult();
        Layout result = default;
        result.Rank = Math.Max(a.Rank, b.Rank);
        for (int i = 1; i <= result.Rank; i++)
        {
            int x = i <= a.Rank ? a.Sizes[a.Rank - i] : 1, y = i <= b.Rank ? b.Sizes[b.Rank - i] : 1;
            if (x != y && x != 1 && y != 1)
                throw new ArgumentException($"The shapes {a} and {b} do not broadcast: {x} against {y} in dimension {result.Rank - i}.");
            result.Sizes[result.Rank - i] = x == 1 ? y : x;
        }

        return result.SameSizes(a) && a.IsDense ? a : result.SameSizes(b) && b.IsDense ? b : result.AsResult();
    }
}
