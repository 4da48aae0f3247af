using System.Globalization;
using FairMedl.Core.Reports.Cells;

namespace FairMedl.Core.Reports.Figures;

/// <summary>A linear axis from zero to a round number, with about five ticks.</summary>
/// <param name="Start">Position of zero.</param>
/// <param name="Width">Length of the axis.</param>
/// <param name="Step">Distance between two ticks, in the axis's unit.</param>
/// <param name="End">Largest value on the axis.</param>
internal sealed record FigureScale(double Start, double Width, double Step, double End)
{
    /// <summary>An axis from zero to at least <paramref name="most"/>, the largest value.</summary>
    public static FigureScale Of(double most, double start, double width)
    {
        double step = StepOf(most);
        return new FigureScale(start, width, step, Math.Max(step, Math.Ceiling(most / step - 1e-9) * step));
    }

    /// <summary>The ticks' values.</summary>
    public IEnumerable<double> Ticks => Enumerable.Range(0, (int)Math.Round(End / Step) + 1).Select(i => i * Step);

    /// <summary>The position of a value.</summary>
    public double At(double value) => Start + Math.Clamp(value / End, 0, 1) * Width;

    /// <summary>A tick's label.</summary>
    public string Label(double value) => Digits.Fixed(Math.Max(0, -(int)Math.Floor(Math.Log10(Step) + 1e-9))).Format(value);

    /// <summary>A coordinate as SVG text.</summary>
    public static string Point(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>1, 2 or 5 times a power of ten.</summary>
    private static double StepOf(double most)
    {
        if (most <= 0) return 1;
        double raw = most / 5, power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return power * (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
    }
}
