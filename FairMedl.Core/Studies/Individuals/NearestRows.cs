using FairMedl.Core.Data;
using FairMedl.Core.Data.Encoders;

namespace FairMedl.Core.Studies.Individuals;

/// <summary>A row near another one.</summary>
/// <param name="Row">The study's row.</param>
/// <param name="Distance">How far it is, on encoded features.</param>
/// <param name="Differs">The features in which it differs.</param>
public sealed record NearRow(int Row, double Distance, IReadOnlyList<string> Differs);

/// <summary>
/// The rows nearest to one on the features as a model reads them: the Euclidean distance over encoded columns, a number in
/// its training standard deviations, a category as one-hot (another level is sqrt 2 away), a missing number at the mean.
/// One pass over the rows; only the nearest are kept, so memory does not grow with their number.
/// </summary>
public static class NearestRows
{
    /// <summary>What the distance is, in a sentence for a person.</summary>
    public const string Definition =
        "Euclidean distance over the model's encoded features. Differences in numbers are in training standard deviations; a different category counts as √2.";

    /// <summary>The nearest rows that the condition holds for, nearest first; ties go to the earlier row.</summary>
    /// <param name="data">The study.</param>
    /// <param name="row">The row whose neighbours are sought; never its own neighbour.</param>
    /// <param name="encoder">Gives the scales and the levels.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="isWanted">Which rows count.</param>
    /// <param name="cancellation">Ends the pass.</param>
    public static IReadOnlyList<NearRow> Find(StudyData data, int row, FittedEncoder encoder, int count, Func<int, bool> isWanted,
        CancellationToken cancellation = default)
    {
        Term[] terms = [.. data.Features.Select((source, f) => Term.Of(source, encoder.Features[f], row))];
        var nearest = new PriorityQueue<int, (double, int)>(Comparer<(double Distance, int Row)>.Create((a, b) => b.CompareTo(a)));
        for (int other = 0; other < data.RowCount; other++)
        {
            if ((other & 0xFFFF) == 0) cancellation.ThrowIfCancellationRequested();
            if (other == row || !isWanted(other)) continue;
            double worst = nearest.Count == count && nearest.TryPeek(out _, out (double Distance, int) last)
                ? last.Distance : double.PositiveInfinity;
            double square = 0;
            for (int f = 0; f < terms.Length && square < worst; f++) square += terms[f].Square(other);
            if (square >= worst) continue;
            if (nearest.Count == count) nearest.Dequeue();
            nearest.Enqueue(other, (square, other));
        }

        var found = new List<NearRow>();
        while (nearest.TryDequeue(out int other, out (double Square, int) at))
            found.Add(new NearRow(other, Math.Sqrt(at.Square), [.. terms.Where(t => t.Differs(other)).Select(t => t.Column)]));
        found.Reverse();
        return found;
    }

    private sealed record Term(string Column, int[]? Codes, bool[] Learned, float[]? Numbers, double Mean, double Scale,
        bool HasIndicator, int Row)
    {
        public static Term Of(FeatureSource source, FittedFeature fitted, int row) => fitted.Levels is { } levels
            ? new Term(source.Column, source.Codes, [.. source.Levels.Select(l => levels.Contains(l))], null, 0, 0, false, row)
            : new Term(source.Column, null, [], source.Numbers, fitted.Mean, fitted.Scale, fitted.HasIndicator, row);

        public double Square(int other)
        {
            if (Codes is not null)
            {
                int own = Codes[Row], its = Codes[other];
                return own == its ? 0 : (Learned[own] ? 1 : 0) + (Learned[its] ? 1 : 0);
            }

            bool ownMissing = float.IsNaN(Numbers![Row]), itsMissing = float.IsNaN(Numbers[other]);
            double difference = (ownMissing ? 0 : (Numbers[Row] - Mean) * Scale) - (itsMissing ? 0 : (Numbers[other] - Mean) * Scale);
            return difference * difference + (HasIndicator && ownMissing != itsMissing ? 1 : 0);
        }

        public bool Differs(int other) => Codes is not null
            ? Codes[Row] != Codes[other]
            : Numbers![Row] != Numbers[other] && !(float.IsNaN(Numbers[Row]) && float.IsNaN(Numbers[other]));
    }
}
