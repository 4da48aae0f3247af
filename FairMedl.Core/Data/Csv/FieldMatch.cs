using System.Text;

namespace FairMedl.Core.Data.Csv;

/// <summary>Whether a field is one of some values: the same text, the same number, or missing where a value means missing.</summary>
internal sealed class FieldMatch
{
    private readonly FieldCodes texts;
    private readonly double[] numbers;
    private readonly bool matchesMissing;

    public FieldMatch(IReadOnlyList<string> values, IReadOnlyList<string> missing)
    {
        var missingCodes = new FieldCodes([], missing);
        string[] trimmed = [.. values.Select(v => v.Trim())];
        matchesMissing = trimmed.Any(v => missingCodes.Find(Encoding.UTF8.GetBytes(v)) == FieldCodes.Missing);
        texts = new FieldCodes(trimmed, []);
        numbers = [.. trimmed.Select(v => NumberText.TryFinite(v, out double number) ? number : double.NaN).Where(n => !double.IsNaN(n))];
    }

    /// <summary>Whether the field, which is not missing, is one of the values; or whether missing is, where it is.</summary>
    public bool IsHit(ReadOnlySpan<byte> field, bool isMissing)
    {
        if (isMissing) return matchesMissing;
        if (texts.Find(field) >= 0) return true;
        return numbers.Length > 0 && NumberText.Read(field, out double number) == ValueShape.Number && Array.IndexOf(numbers, number) >= 0;
    }
}
