namespace TorchSharp;

/// <summary>A number as an operand.</summary>
public readonly struct Scalar
{
    private Scalar(double value) => Value = value;

    internal double Value { get; }

    internal float Single => (float)Value;

    public static implicit operator Scalar(float value) => new(value);

    public static implicit operator Scalar(double value) => new(value);

    public static implicit operator Scalar(int value) => new(value);

    public static implicit operator Scalar(long value) => new(value);
}
