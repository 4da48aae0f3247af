using System.Globalization;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.NewFiles;

namespace FairMedl.Core.Studies.Individuals;

/// <summary>
/// Variants of one row to predict: unchanged, with changed values, and with each attribute flipped to each of its groups.
/// </summary>
public sealed class IndividualQuestion
{
    /// <summary>
    /// The largest number, up or down, that can be asked: a network of single precision multiplies it through its layers, and
    /// what is larger overflows there. No data has such values.
    /// </summary>
    public const double Largest = 1e20;

    private readonly StudyData data;
    private readonly int row;
    private readonly Dictionary<string, string> changes;

    /// <summary>
    /// Changes that cannot be made (no such feature or level, no number or one beyond <see cref="Largest"/>) are left out and
    /// listed; one to the row's own value is none.
    /// </summary>
    /// <param name="data">The study.</param>
    /// <param name="row">The study's row.</param>
    /// <param name="changes">By feature, the level's name or the number as text; the empty text is a missing number.</param>
    public IndividualQuestion(StudyData data, int row, IReadOnlyDictionary<string, string> changes)
    {
        this.data = data;
        this.row = row;
        this.changes = changes.Where(c => !IsOwn(c.Key, c.Value) && IsPossible(c.Key, c.Value)).ToDictionary(StringComparer.Ordinal);
        Refused = changes.Where(c => !this.changes.ContainsKey(c.Key) && !IsOwn(c.Key, c.Value)).ToDictionary(StringComparer.Ordinal);
        int at = 2;
        FlipStarts = [.. data.Sensitive.Select(s =>
        {
            int start = at;
            at += s.GroupNames.Count;
            return start;
        })];
        Rows = Build(at);
    }

    /// <summary>The changes that are made.</summary>
    public IReadOnlyDictionary<string, string> Changes => changes;

    /// <summary>By feature, the changes that are not possible.</summary>
    public IReadOnlyDictionary<string, string> Refused { get; }

    /// <summary>Position 0 is the row as it is, 1 the row as changed; from <see cref="FlipStarts"/> on, one position a group.</summary>
    public RowBatch Rows { get; }

    /// <summary>By attribute, the position of its first group.</summary>
    public IReadOnlyList<int> FlipStarts { get; }

    /// <summary>A feature's value as text: the level's name, the number, or empty where it is missing.</summary>
    public static string ValueOf(FeatureSource feature, int row) => feature.Codes is { } codes
        ? feature.Levels[codes[row]]
        : float.IsNaN(feature.Numbers![row]) ? "" : feature.Numbers[row].ToString("R", CultureInfo.InvariantCulture);

    private FeatureSource? Find(string column) => data.Features.FirstOrDefault(f => f.Column == column && !f.IsProbe);

    /// <summary>Whether the value is the row's own, also where the number is written in another way.</summary>
    private bool IsOwn(string column, string value) => Find(column) is { } feature
        && (value == ValueOf(feature, row) || (feature.Numbers is { } numbers && NumberText.TryFinite(value, out double number)
            && (float)number == numbers[row]));

    private bool IsPossible(string column, string value)
    {
        if (Find(column) is not { } feature) return false;
        return feature.Codes is not null
            ? feature.Levels.Contains(value)
            : value.Length == 0 || (NumberText.TryFinite(value, out double number) && Math.Abs(number) <= Largest);
    }

    private RowBatch Build(int count)
    {
        RowBatch own = RowBatch.Of(data, [row]);
        int[][] groups = [.. data.Sensitive.Select((s, a) =>
        {
            int[] of = Repeat(s.Groups[row]);
            for (int g = 0; g < s.GroupNames.Count; g++) of[FlipStarts[a] + g] = g;
            if (changes.TryGetValue(s.Name, out string? changed)) of[1] = s.GroupNames.ToList().IndexOf(changed);
            return of;
        })];
        return new RowBatch([.. own.Features.Select(Feature)], Repeat(own.Cluster[0]), groups)
        {
            Actual = [.. own.Features.Select(f => f with { Codes = f.Codes is null
                ? null : Repeat(f.Codes[0]), Numbers = f.Numbers is null ? null : Repeat(f.Numbers[0]) })],
        };

        FeatureSource Feature(FeatureSource source)
        {
            bool isChanged = changes.TryGetValue(source.Column, out string? value);
            if (source.Codes is { } codes)
            {
                int[] repeated = source.Attribute is { } a ? groups[a] : Repeat(codes[0]);
                if (isChanged) repeated[1] = source.Levels.ToList().IndexOf(value!);
                return source with { Codes = repeated };
            }

            float[] numbers = Repeat(source.Numbers![0]);
            if (isChanged)
                numbers[1] = value!.Length == 0 ? float.NaN : NumberText.TryFinite(value, out double number) ? (float)number : float.NaN;
            return source with { Numbers = numbers };
        }

        T[] Repeat<T>(T value)
        {
            var all = new T[count];
            Array.Fill(all, value);
            return all;
        }
    }
}
