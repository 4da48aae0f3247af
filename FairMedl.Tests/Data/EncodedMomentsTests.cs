using FairMedl.Core.Data;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Data.Roles;
using FairMedl.Tests.Studies;
using Xunit;

namespace FairMedl.Tests.Data;

public sealed class EncodedMomentsTests
{
    private static readonly StudyData Small = StudyDataBuilder.Build(SmallStudy.Table(), SmallStudy.Definition("nnet").Data);

    /// <summary>Three of eight rows have the level, the numbers are 1 to 8 in training, and one value is missing.</summary>
    [Fact]
    public void Of_LevelsAndNumbers_AreTheHandComputedSds()
    {
        StudyData data = Small.WithFeatures([
            new FeatureSource { Column = "kind", Codes = [.. Codes(Small.RowCount)], Levels = ["a", "b", "rare"] },
            new FeatureSource { Column = "x", Numbers = [.. Enumerable.Range(0, Small.RowCount).Select(i => i == 7 ? float.NaN : i + 1)] },
        ]);
        int[] training = [0, 1, 2, 3, 4, 5, 6, 7];
        FeatureEncoder encoder = FeatureEncoder.Fit(data, training);
        EncodedMoments moments = EncodedMoments.Of(encoder.Records(), training, encoder.Layout.Width);

        Assert.Equal(["kind = a", "kind = b", "x", "x = (missing)"], encoder.Layout.Features.Select(f => f.Name));
        // x: seven numbers with SD 1, and one row with their mean: sqrt(7 / 8).
        double[] expected = [Math.Sqrt(5 / 8.0 * 3 / 8), Math.Sqrt(5 / 8.0 * 3 / 8), Math.Sqrt(7 / 8.0), Math.Sqrt(1 / 8.0 * 7 / 8)];
        for (int j = 0; j < expected.Length; j++) Assert.Equal(expected[j], moments.Sd[j], 5);
        Assert.Equal([5 / 8f, 3 / 8f], moments.Mean[..2]);
        Assert.Equal(0, moments.Mean[2], 5);
        Assert.Equal(1 / 8f, moments.Mean[3]);

        static IEnumerable<int> Codes(int rows) => Enumerable.Range(0, rows).Select(i => i < 8 ? (i < 5 ? 0 : 1) : 2);
    }

    /// <summary>Every column of a larger table, against the encoded matrix.</summary>
    [Fact]
    public void Of_ATable_AreThoseOfTheEncodedMatrix()
    {
        int[] rows = [.. Small.SeenRows.Take(211)];
        FeatureEncoder encoder = FeatureEncoder.Fit(Small, Small.SeenRows.AsSpan(0, 300));
        EncodedMoments moments = EncodedMoments.Of(encoder.Records(1, 3), rows, encoder.Layout.Width);
        float[] matrix = new float[rows.Length * encoder.Layout.Width];
        encoder.Encode(rows, matrix, rows.Length);
        for (int j = 0; j < encoder.Layout.Width; j++)
        {
            float[] column = matrix[(j * rows.Length)..((j + 1) * rows.Length)];
            double mean = column.Average(), variance = column.Average(x => (x - mean) * (x - mean));
            Assert.Equal(mean, moments.Mean[j], 5);
            Assert.Equal(Math.Sqrt(variance), moments.Sd[j], 5);
        }
    }

    [Fact]
    public void Columns_OfRecords_NameTheValuesThatSetThem()
    {
        FeatureEncoder encoder = FeatureEncoder.Fit(Small, Small.SeenRows);
        EncodedRecords records = encoder.Records(1, 2);
        Assert.Equal(["x1", "x2", "kind", "sex", "age"], records.Columns.Select(c => c.Column));
        Assert.Equal([1, 1, 3, 2, 3], records.Columns.Select(c => c.Length));
        Assert.Equal([0, 1, 2, 5, 7], records.Columns.Select(c => c.Start));
        // Codes come first, then one that the caller adds, then the numbers.
        Assert.Equal([-1, -1, 0, 1, 2], records.Columns.Select(c => c.Code));
        Assert.Equal([4, 5, -1, -1, -1], records.Columns.Select(c => c.Number));
    }
}
