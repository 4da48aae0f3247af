using FairMedl.Core.Numerics;
using FairMedl.Torch;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Torch;

/// <summary>A matrix of doubles, in which an operation is said once more, as plainly as it can be.</summary>
public sealed class Plain(int rows, int columns, Func<int, int, double> value)
{
    private readonly double[,] values = Fill(rows, columns, value);

    public int Rows => rows;

    public int Columns => columns;

    public double this[int i, int j]
    {
        get => values[i, j];
        set => values[i, j] = value;
    }

    public Plain Map(Func<double, double> f) => new(rows, columns, (i, j) => f(values[i, j]));

    public double Sum(Func<int, int, double> f)
    {
        double total = 0;
        for (int i = 0; i < rows; i++) for (int j = 0; j < columns; j++) total += f(i, j);
        return total;
    }

    private static double[,] Fill(int rows, int columns, Func<int, int, double> value)
    {
        double[,] filled = new double[rows, columns];
        for (int i = 0; i < rows; i++) for (int j = 0; j < columns; j++) filled[i, j] = value(i, j);
        return filled;
    }
}

/// <summary>
/// Compares an operation with its specification in double precision, and its gradient with the specification's central
/// finite differences, for operands packed by rows and by columns.
/// </summary>
internal static class GradientCheck
{
    private const double Step = 1e-5;
    private const int Checked = 12;

    public static void Compare(string path, Func<Tensor[], Tensor> operation, Func<Plain[], Plain> specification, params (int Rows, int Columns)[] shapes) =>
        Compare(path, operation, specification, 0.1, 2, shapes);

    public static void Compare(
        string path, Func<Tensor[], Tensor> operation, Func<Plain[], Plain> specification, double low, double high, params (int Rows, int Columns)[] shapes)
    {
        for (int layouts = 0; layouts < 1 << shapes.Length; layouts++)
        {
            using IDisposable forced = Paths.On(path);
            using var scope = NewDisposeScope();
            RandomStream random = new RandomStream(7).Child((ulong)layouts);
            Plain[] plain = [.. shapes.Select(shape => new Plain(shape.Rows, shape.Columns, (_, _) => (float)(low + (high - low) * random.NextDouble())))];
            Tensor[] operands = new Tensor[plain.Length];
            for (int k = 0; k < plain.Length; k++) operands[k] = Operand(plain[k], (layouts & (1 << k)) != 0).requires_grad_();

            Tensor result = operation(operands);
            Plain expected = specification(plain);
            Equal(expected, result, 2e-5, $"forward, layouts {layouts}");

            Plain weights = new(expected.Rows, expected.Columns, (_, _) => (float)random.NextNormal());
            IList<Tensor> gradients = autograd.grad([result], operands, [Operand(weights, false).reshape(result.shape)], retain_graph: true);
            IList<Tensor> again = autograd.grad([result], operands, [Operand(weights, true).reshape(result.shape)]);
            for (int k = 0; k < plain.Length; k++)
            {
                CompareGradient(gradients[k], specification, plain, k, weights, random, $"gradient of operand {k}, layouts {layouts}");
                Gradients.AssertSame(gradients[k], again[k]);
            }
        }
    }

    public static Tensor Operand(Plain plain, bool byColumns)
    {
        float[] values = new float[plain.Rows * plain.Columns];
        if (byColumns)
        {
            for (int j = 0; j < plain.Columns; j++) for (int i = 0; i < plain.Rows; i++) values[j * plain.Rows + i] = (float)plain[i, j];
            return Fused.FromColumns(values, plain.Rows, plain.Columns, plain.Rows);
        }

        for (int i = 0; i < plain.Rows; i++) for (int j = 0; j < plain.Columns; j++) values[i * plain.Columns + j] = (float)plain[i, j];
        return tensor(values, [plain.Rows, plain.Columns]);
    }

    public static void Equal(Plain expected, Tensor actual, double tolerance, string what)
    {
        float[] values = actual.data<float>().ToArray();
        Assert.Equal(expected.Rows * expected.Columns, values.Length);
        double scale = Math.Max(1, Enumerable.Range(0, values.Length).Select(i => Math.Abs(expected[i / expected.Columns, i % expected.Columns])).DefaultIfEmpty().Max());
        for (int i = 0; i < values.Length; i++)
        {
            double wanted = expected[i / expected.Columns, i % expected.Columns];
            Assert.True(Math.Abs(values[i] - wanted) <= tolerance * scale, $"{what}: element {i} is {values[i]}, not {wanted}.");
        }
    }

    /// <summary>The derivative of the weighted results by single elements: all of a small operand's, some of a large one's.</summary>
    private static void CompareGradient(Tensor gradient, Func<Plain[], Plain> specification, Plain[] at, int operand, Plain weights, RandomStream random, string what)
    {
        Plain moved = at[operand];
        float[] values = gradient.data<float>().ToArray();
        int count = moved.Rows * moved.Columns;
        Assert.Equal(count, values.Length);
        int[] places = [.. Enumerable.Range(0, count)];
        random.Shuffle<int>(places);
        double scale = Math.Max(1, values.Max(Math.Abs));
        foreach (int place in places.Take(Checked))
        {
            (int i, int j) = Math.DivRem(place, moved.Columns);
            double value = moved[i, j];
            moved[i, j] = value + Step;
            double up = Loss();
            moved[i, j] = value - Step;
            double slope = (up - Loss()) / (2 * Step);
            moved[i, j] = value;
            Assert.True(Math.Abs(values[place] - slope) <= 1e-4 * scale, $"{what}: element {place} is {values[place]}, not {slope}.");
        }

        double Loss()
        {
            Plain y = specification(at);
            return y.Sum((i, j) => weights[i, j] * y[i, j]);
        }
    }
}
