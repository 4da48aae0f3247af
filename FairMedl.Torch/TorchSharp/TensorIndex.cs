namespace TorchSharp;

/// <summary>One position of an index: a single element, or a slice.</summary>
public readonly struct TensorIndex
{
    private TensorIndex(bool single, long? start, long? stop, long step) => (IsSingle, Start, Stop, Step) = (single, start, stop, step);

    internal bool IsSingle { get; }

    internal long? Start { get; }

    internal long? Stop { get; }

    internal long Step { get; }

    /// <summary>All of a dimension.</summary>
    public static TensorIndex Colon => Slice();

    /// <summary>From start up to, not including, stop; negative positions count from the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive.</exception>
    public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null)
    {
        if (step is <= 0) throw new ArgumentOutOfRangeException(nameof(step), $"The step of a slice must be positive, not {step}.");
        return new TensorIndex(false, start, stop, step ?? 1);
    }

    /// <summary>One element, whose dimension disappears.</summary>
    public static TensorIndex Single(long index) => new(true, index, null, 1);

    public static implicit operator TensorIndex(long index) => Single(index);

    public static implicit operator TensorIndex(int index) => Single(index);

    public static implicit operator TensorIndex(Range range) => Slice(Position(range.Start, false), Position(range.End, true));

    private static long? Position(Index index, bool end) =>
        !index.IsFromEnd ? index.Value : index.Value == 0 && end ? null : -index.Value;
}
