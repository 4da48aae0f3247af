using System.Globalization;
using FairMedl.Core.Data;
using FairMedl.Core.Studies.Individuals;
using FairMedl.Web.Components;

namespace FairMedl.Web.Individuals;

/// <summary>One feature of a row, for the form.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Own">The value in the file; empty where it is missing.</param>
/// <param name="Changed">The value that the user set instead; null where the value is unchanged.</param>
/// <param name="Range">The feature's range in training; null for a category, and for a number that was always missing.</param>
public sealed record IndividualValue(FeatureSource Feature, string Own, string? Changed, TrainingRange? Range)
{
    /// <summary>The range in training, such as "1,200 to 98,000"; empty without one.</summary>
    public string Trained => Range is null ? "" : $"{Plain(Range.Least)} to {Plain(Range.Most)}";

    /// <summary>Whether the value in the form is outside the range in training.</summary>
    public bool IsExtrapolated => Range is not null
        && float.TryParse(Current, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && Range.IsOutside(value);

    /// <summary>The value in the form.</summary>
    public string Current => Changed ?? Own;

    /// <summary>The help below the field: the value in the file after a change, and the range in training.</summary>
    public string? Help =>
        Changed is not null ? $"In the file: {Named(Own)}" : Range is not null && !IsExtrapolated ? $"In training: {Trained}" : null;

    // The shortest digits that mean this float, so that 65.7 is not written as 65.699997.
    private static string Plain(float value) => double.Parse(value.ToString("R", CultureInfo.InvariantCulture),
        CultureInfo.InvariantCulture) is var number && Math.Abs(number) is >= 1000 and < 1e12
        ? Display.Fixed(number, number == Math.Floor(number) ? 0 : 2)
        : Display.Number(number);

    /// <summary>A value as text; "missing" where it is empty.</summary>
    public static string Named(string value) => value.Length == 0 ? "missing" : value;
}
