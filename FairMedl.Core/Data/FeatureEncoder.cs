namespace FairMedl.Core.Data;

/// <summary>
/// Turns rows of a study into the matrix that the networks read. Numbers are standardised by the training rows' mean and
/// population SD (a constant becomes 0); missing numbers take the mean, beside an indicator column "(missing)" where the
/// training rows have missing values; categories are one-hot and unscaled, with every level that occurs in the training
/// rows and none dropped, since a dropped reference level would break the attribute swap; a sensitive attribute has all
/// its groups. A level that the training rows do not have is all zeros. Fitted on training rows alone.
/// </summary>
/// <remarks>
/// Holds a record a row, <see cref="Records"/>: four bytes a feature. A minibatch of random rows then costs one cache miss a
/// row and not one a feature, which matters because it is gathered at every step; the dense matrix (rows x D) is never made.
/// </remarks>
public sealed class FeatureEncoder
{
    private readonly Category[] categories;
    private readonly Numeric[] numerics;

    private FeatureEncoder(FittedEncoder fitted, IReadOnlyList<FeatureSource> sources, int rowCount)
    {
        Fitted = fitted;
        Layout = fitted.Layout;
        var categoryList = new List<Category>();
        var numericList = new List<Numeric>();
        int start = 0;
        for (int f = 0; f < sources.Count; f++)
        {
            FittedFeature feature = fitted.Features[f];
            if (feature.Levels is null) numericList.Add(new Numeric(sources[f].Numbers!, start, feature.HasIndicator, feature.Mean, feature.Scale));
            else categoryList.Add(new Category(sources[f].Codes!, feature.Attribute, ColumnsOf(sources[f].Levels, feature.Levels, start)));
            start += feature.Width;
        }

        categories = [.. categoryList];
        numerics = [.. numericList];
        Records = new EncodedRecords(
            Codes(rowCount, out int perRow),
            perRow,
            Numbers(rowCount),
            [.. numerics.Select(n => n.Start)],
            [.. Layout.AttributeBlocks.Select((_, a) => Array.FindIndex(categories, c => c.Attribute == a))]);
    }

    /// <summary>What it learned from its training rows.</summary>
    public FittedEncoder Fitted { get; }

    /// <summary>The rows, encoded: what <see cref="Encode"/> writes out.</summary>
    public EncodedRecords Records { get; }

    /// <summary>The columns that <see cref="Encode"/> writes.</summary>
    public EncodedLayout Layout { get; }

    /// <summary>Fits on these rows of the study.</summary>
    /// <exception cref="ArgumentException">There are no training rows.</exception>
    public static FeatureEncoder Fit(StudyData data, ReadOnlySpan<int> trainingRows)
    {
        if (trainingRows.IsEmpty) throw new ArgumentException("An encoder needs training rows.", nameof(trainingRows));
        var features = new FittedFeature[data.Features.Count];
        for (int f = 0; f < features.Length; f++)
        {
            FeatureSource source = data.Features[f];
            features[f] = source.Numbers is { } numbers ? FitNumbers(source, numbers, trainingRows) : FitLevels(source, trainingRows);
        }

        return new FeatureEncoder(new FittedEncoder(features, data.Sensitive.Count), data.Features, data.RowCount);
    }

    /// <summary>Lays what was learned over other rows. Their levels are matched by name; one that was not learned is all zeros.</summary>
    /// <exception cref="ArgumentException">The features are not those that were learned.</exception>
    public static FeatureEncoder Restore(FittedEncoder fitted, IReadOnlyList<FeatureSource> features, int rowCount)
    {
        if (features.Count != fitted.Features.Count) throw new ArgumentException($"{fitted.Features.Count} features were learned, not {features.Count}.", nameof(features));
        for (int f = 0; f < features.Count; f++)
        {
            FittedFeature learned = fitted.Features[f];
            if (features[f].Column != learned.Column) throw new ArgumentException($"Feature {f} was '{learned.Column}', not '{features[f].Column}'.", nameof(features));
            bool fits = learned.Levels is null ? features[f].Numbers?.Length == rowCount : features[f].Codes?.Length == rowCount;
            if (!fits) throw new ArgumentException($"Feature '{learned.Column}' is not a {(learned.Levels is null ? "number" : "category")} over {rowCount} rows.", nameof(features));
        }

        return new FeatureEncoder(fitted, features, rowCount);
    }

    /// <summary>
    /// Writes the rows by column: encoded column j of the i-th row goes to <c>destination[j * stride + i]</c>; what lies
    /// between the batch and the stride is left alone. Allocates nothing; several threads may encode at once.
    /// </summary>
    /// <exception cref="ArgumentException">The stride is shorter than the batch, or the destination too short.</exception>
    public void Encode(ReadOnlySpan<int> rows, Span<float> destination, int stride)
    {
        if (rows.IsEmpty || Layout.Width == 0) return;
        if (stride < rows.Length) throw new ArgumentException("The stride is shorter than the batch.", nameof(stride));
        if (destination.Length < (long)(Layout.Width - 1) * stride + rows.Length) throw new ArgumentException("The destination is too short.", nameof(destination));

        for (int j = 0; j < Layout.Width; j++) destination.Slice(j * stride, rows.Length).Clear();
        for (int i = 0; i < rows.Length; i++)
        {
            foreach (int column in Records.CodesOf(rows[i]))
                if (column >= 0) destination[column * stride + i] = 1;
            ReadOnlySpan<float> numbers = Records.NumbersOf(rows[i]);
            for (int m = 0; m < numbers.Length; m++) destination[Records.NumberColumns[m] * stride + i] = numbers[m];
        }
    }

    /// <summary>How many values of these rows are levels that the training rows do not have; each is encoded as zeros.</summary>
    public long CountUnseenLevels(ReadOnlySpan<int> rows)
    {
        long count = 0;
        foreach (int row in rows) count += Records.CodesOf(row)[..categories.Length].Count(-1);
        return count;
    }

    /// <summary>How many numbers are missing in these rows although no training row misses one: each takes the mean, with no indicator to say so.</summary>
    public long CountImputed(ReadOnlySpan<int> rows)
    {
        long count = 0;
        foreach (Numeric numeric in numerics)
        {
            if (numeric.HasIndicator) continue;
            foreach (int row in rows)
                if (float.IsNaN(numeric.Numbers[row])) count++;
        }

        return count;
    }

    /// <summary>By row: the column of each category, then that of each indicator of a missing number; -1 for none.</summary>
    private int[] Codes(int rowCount, out int perRow)
    {
        Numeric[] indicated = [.. numerics.Where(n => n.HasIndicator)];
        perRow = categories.Length + indicated.Length;
        int[] codes = new int[checked(rowCount * perRow)];
        for (int c = 0; c < categories.Length; c++)
        {
            Category category = categories[c];
            for (int row = 0, at = c; row < rowCount; row++, at += perRow) codes[at] = category.ColumnOf[category.Codes[row]];
        }

        for (int m = 0; m < indicated.Length; m++)
        {
            Numeric numeric = indicated[m];
            for (int row = 0, at = categories.Length + m; row < rowCount; row++, at += perRow) codes[at] = float.IsNaN(numeric.Numbers[row]) ? numeric.Start + 1 : -1;
        }

        return codes;
    }

    /// <summary>By row: each number, standardised; 0 where it is missing.</summary>
    private float[] Numbers(int rowCount)
    {
        float[] values = new float[checked(rowCount * numerics.Length)];
        for (int m = 0; m < numerics.Length; m++)
        {
            Numeric numeric = numerics[m];
            for (int row = 0, at = m; row < rowCount; row++, at += numerics.Length)
            {
                float number = numeric.Numbers[row];
                values[at] = float.IsNaN(number) ? 0 : (float)((number - numeric.Mean) * numeric.Scale);
            }
        }

        return values;
    }

    private static int[] ColumnsOf(IReadOnlyList<string> levels, IReadOnlyList<string> learned, int start)
    {
        var position = new Dictionary<string, int>(learned.Count, StringComparer.Ordinal);
        for (int level = 0; level < learned.Count; level++) position[learned[level]] = start + level;
        var columnOf = new int[levels.Count];
        for (int level = 0; level < columnOf.Length; level++) columnOf[level] = position.GetValueOrDefault(levels[level], -1);
        return columnOf;
    }

    private static FittedFeature FitNumbers(FeatureSource source, float[] numbers, ReadOnlySpan<int> rows)
    {
        double sum = 0;
        long n = 0;
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        foreach (int row in rows)
        {
            float number = numbers[row];
            if (float.IsNaN(number)) continue;
            sum += number;
            n++;
            if (number < low) low = number;
            if (number > high) high = number;
        }

        double mean = n == 0 ? 0 : sum / n, squares = 0;
        foreach (int row in rows)
        {
            float number = numbers[row];
            if (!float.IsNaN(number)) squares += (number - mean) * (number - mean);
        }

        double sd = low < high ? Math.Sqrt(squares / n) : 0;
        return new FittedFeature { Column = source.Column, IsProbe = source.IsProbe, HasIndicator = n < rows.Length, Mean = mean, Scale = sd > 0 ? 1 / sd : 0 };
    }

    private static FittedFeature FitLevels(FeatureSource source, ReadOnlySpan<int> rows)
    {
        int[] codes = source.Codes ?? throw new ArgumentException($"Feature '{source.Column}' has neither codes nor numbers.", nameof(source));
        var occurs = new bool[source.Levels.Count];
        if (source.Attribute is not null) occurs.AsSpan().Fill(true);
        else foreach (int row in rows) occurs[codes[row]] = true;
        return new FittedFeature { Column = source.Column, IsProbe = source.IsProbe, Attribute = source.Attribute, Levels = [.. source.Levels.Where((_, level) => occurs[level])] };
    }

    /// <summary>A one-hot feature: by level its encoded column, or -1 where the training rows do not have the level.</summary>
    private sealed record Category(int[] Codes, int? Attribute, int[] ColumnOf);

    /// <summary>A number: (x - Mean) * Scale, and an indicator column after it where the training rows have missing values.</summary>
    private sealed record Numeric(float[] Numbers, int Start, bool HasIndicator, double Mean, double Scale);
}
