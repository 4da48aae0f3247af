using FairMedl.Core.Data;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using Xunit;

namespace FairMedl.Tests.Data;

public sealed class FeatureEncoderTests
{
    private const float Nan = float.NaN;

    [Fact]
    public void Layout_OfEveryKind_NamesItsColumns()
    {
        FeatureEncoder encoder = FeatureEncoder.Fit(Study(), [0, 1, 2, 3]);

        Assert.Equal(["gap", "gap = (missing)", "full", "colour = blue", "colour = red", "race = A", "race = B", "race = C", "r"], encoder.Layout.Features.Select(f => f.Name));
        Assert.Equal(new EncodedFeature("colour = red", "colour", "red"), encoder.Layout.Features[4]);
        Assert.True(encoder.Layout.Features[8].IsProbe);
        Assert.Equal([new EncodedBlock(5, 3), null], encoder.Layout.AttributeBlocks);
        Assert.Equal(9, encoder.Layout.Width);
    }

    [Fact]
    public void Encode_TrainingRows_IsStandardisedAndOneHot()
    {
        FeatureEncoder encoder = FeatureEncoder.Fit(Study(), [0, 1, 2, 3]);

        float[][] rows = Encode(encoder, [0, 1, 2, 3], stride: 4);

        // gap: 1, 3, missing, 2: mean 2, population SD sqrt(2/3). full is constant over the training rows.
        float sd = MathF.Sqrt(2f / 3);
        Assert.Equal([-1 / sd, 1 / sd, 0, 0], rows.Select(r => r[0]), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([0, 0, 1, 0], rows.Select(r => r[1]));
        Assert.Equal([0, 0, 0, 0], rows.Select(r => r[2]));
        Assert.Equal([1, 0], rows[1][3..5]);
        Assert.Equal([0, 1, 0], rows[1][5..8]);
    }

    [Fact]
    public void Encode_OtherRows_HasZerosForUnseenLevelsAndCountsThem()
    {
        FeatureEncoder encoder = FeatureEncoder.Fit(Study(), [0, 1, 2, 3]);

        float[] unseen = Assert.Single(Encode(encoder, [4], stride: 1));

        Assert.Equal([0, 0], unseen[3..5]);
        Assert.Equal([0, 0, 1], unseen[5..8]);
        Assert.Equal(0, unseen[2]);
        Assert.Equal(1, encoder.CountUnseenLevels([4]));
        Assert.Equal(2, encoder.CountUnseenLevels([4, 0, 4]));
        Assert.Equal(0, encoder.CountUnseenLevels([0, 1, 2, 3]));
    }

    [Fact]
    public void Encode_NumberMissingOnlyOutsideTraining_IsTheMean()
    {
        FeatureEncoder encoder = FeatureEncoder.Fit(Study(), [0, 1, 3]);

        Assert.DoesNotContain("gap = (missing)", encoder.Layout.Features.Select(f => f.Name));
        Assert.Equal(0, Encode(encoder, [2], 1)[0][0]);
    }

    [Fact]
    public void Encode_IntoALargerStride_LeavesTheRestUnchanged()
    {
        FeatureEncoder encoder = FeatureEncoder.Fit(Study(), [0, 1, 2, 3]);
        var destination = new float[9 * 8];
        destination.AsSpan().Fill(7);

        encoder.Encode([4, 0, 2], destination, 8);

        float[][] tight = Encode(encoder, [4, 0, 2], 3);
        for (int j = 0; j < 9; j++)
        {
            for (int i = 0; i < 3; i++) Assert.Equal(tight[i][j], destination[j * 8 + i]);
            for (int i = 3; i < 8; i++) Assert.Equal(7, destination[j * 8 + i]);
        }

        Assert.Throws<ArgumentException>(() => encoder.Encode([0, 1], new float[18], 1));
        Assert.Throws<ArgumentException>(() => encoder.Encode([0, 1], new float[17], 2));
        Assert.Throws<ArgumentException>(() => FeatureEncoder.Fit(Study(), []));
    }

    [Fact]
    public void Fit_WithOtherRowsCorrupted_IsUnchanged()
    {
        StudyData clean = Study(), corrupt = Study();
        foreach (FeatureSource source in corrupt.Features)
        {
            for (int row = 4; row < corrupt.RowCount; row++)
            {
                if (source.Numbers is { } numbers) numbers[row] = 1e9f;
                if (source.Codes is { } codes) codes[row] = 0;
            }
        }

        int[] training = [0, 1, 2, 3];
        FeatureEncoder a = FeatureEncoder.Fit(clean, training), b = FeatureEncoder.Fit(corrupt, training);

        Assert.Equal(a.Layout.Features, b.Layout.Features);
        Assert.Equal(Encode(a, training, 4), Encode(b, training, 4));
        Assert.NotEqual(Encode(a, [4, 5], 2), Encode(b, [4, 5], 2));
    }

    [Fact]
    public void Encode_InTheLoop_AllocatesNothing()
    {
        FeatureEncoder encoder = FeatureEncoder.Fit(Study(), [0, 1, 2, 3]);
        int[] rows = [0, 4, 2];
        var destination = new float[27];
        encoder.Encode(rows, destination, 3);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) encoder.Encode(rows, destination, 3);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [DataFact("adult/adult.csv")]
    public void Encode_Adult_MatchesItsTable()
    {
        Table table = CsvTableReader.ReadFile(SharedData.Path("adult/adult.csv"));
        StudyData study = StudyDataBuilder.Build(table, Given.PaperAdult);
        FeatureEncoder encoder = FeatureEncoder.Fit(study, study.SeenRows);
        int[] rows = [.. study.SeenRows.Take(300), .. study.UnseenRows.Take(300)];

        float[][] encoded = Encode(encoder, rows, rows.Length);

        IReadOnlyList<EncodedFeature> features = encoder.Layout.Features;
        for (int i = 0; i < rows.Length; i++)
        {
            int source = study.SourceRows[rows[i]] - 1;
            for (int j = 0; j < features.Count; j++)
            {
                if (features[j].Level is not { } level || features[j].Column == "age") continue;
                string text = table.Find(features[j].Column)!.Text(source) ?? "(missing)";
                Assert.Equal(text == level ? 1 : 0, encoded[i][j]);
            }
        }

        Assert.Equal(72, encoder.Layout.Width);
        Assert.Equal(1842, encoder.CountUnseenLevels(study.UnseenRows));
        float[] hours = [.. Encode(encoder, study.SeenRows, study.SeenRows.Length).Select(r => r[1])];
        Assert.Equal(0, hours.Average(h => (double)h), 5);
        Assert.Equal(1, hours.Average(h => (double)h * h), 4);
    }

    private static float[][] Encode(FeatureEncoder encoder, int[] rows, int stride)
    {
        int width = encoder.Layout.Width;
        var destination = new float[width * stride];
        destination.AsSpan().Fill(-5);
        encoder.Encode(rows, destination, stride);
        return [.. Enumerable.Range(0, rows.Length).Select(i => Enumerable.Range(0, width).Select(j => destination[j * stride + i]).ToArray())];
    }

    /// <summary>Six rows; the first four are the training rows in most tests. Race C, colour green and other numbers come later only.</summary>
    private static StudyData Study()
    {
        int[] race = [0, 1, 0, 1, 2, 2];
        string[] names = ["A", "B", "C"];
        return new StudyData
        {
            Task = PredictionTask.Classification,
            Target = [0, 1, 0, 1, 0, 1],
            TargetDescription = "y = 1",
            Cluster = [0, 0, 1, 1, 0, 1],
            ClusterColumn = "cluster",
            ClusterNames = ["c", "d"],
            SeenClusterCount = 2,
            Sensitive = [new SensitiveAttribute("race", names, race), new SensitiveAttribute("other", ["x", "y"], [0, 1, 0, 1, 0, 1])],
            Features =
            [
                new FeatureSource { Column = "gap", Numbers = [1, 3, Nan, 2, 100, Nan] },
                new FeatureSource { Column = "full", Numbers = [5, 5, 5, 5, 9, 9] },
                new FeatureSource { Column = "colour", Codes = [2, 0, 2, 0, 1, 1], Levels = ["blue", "green", "red"] },
                new FeatureSource { Column = "race", Codes = race, Levels = names, Attribute = 0 },
                new FeatureSource { Column = "r", Numbers = [.1f, .2f, .3f, .4f, 0, 0], IsProbe = true },
            ],
            SeenRows = [0, 1, 2, 3, 4, 5],
            UnseenRows = [],
            SourceRows = [1, 2, 3, 4, 5, 6],
            Excluded = [],
        };
    }
}
