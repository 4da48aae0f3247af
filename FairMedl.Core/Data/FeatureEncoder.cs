namespace FairMedl.Core.Data;

/// <summary>
/// Turns rows of a study into the matrix that the networks read. Numbers are standardised by the training rows' mean and
/// population SD (a constant becomes 0); missing numbers take the mean, beside an indicator column "(missing)" where the
/// training rows have missing values; categories are one-hot and unscaled, with every level that occurs in the training
/// rows and none dropped, since a dropped reference level would break the attribute swap; a sensitive attribute has all
/// its groups. A level that the training rows do not have is all zeros. Fitted on training rows alone.
/// </summary>
/// <remarks>
/// Holds four bytes a row and feature, row by row: the encoded column of a category, the standardised number. A minibatch
/// of random rows then costs one cache miss a row and not one a feature, which matters because it is encoded at every
/// step; the dense matrix (rows x D) is never made.
/// </remarks>
public sealed class FeatureEncoder
{
    private readonly Category[] categories;
    private readonly Numeric[] numerics;

    /// <summary>Row-major, row x category: the encoded column that is 1, or -1.</summary>
    private readonly int[] columns;

    /// <summary>Row-major, row x number: the standardised value, NaN where missing.</summary>
    private readonly float[] values;

    private FeatureEncoder(Category[] categories, Numeric[] numerics, EncodedLayout layout, int rowCount)
    {
        this.categories = categories;
        this.numerics = numerics;
        Layout = layout;
        columns = new int[checked(rowCount * categories.Length)];
        for (int c = 0; c < categories.Length; c++)
        {
            Category category = categories[c];
            for (int row = 0, at = c; row < rowCount; row++, at += categories.Length) columns[at] = category.ColumnOf[category.Codes[row]];
        }

        values = new float[checked(rowCount * numerics.Length)];
        for (int m = 0; m < numerics.Length; m++)
        {
            Numeric numeric = numerics[m];
            for (int row = 0, at = m; row < rowCount; row++, at += numerics.Length) values[at] = (float)((numeric.Numbers[row] - numeric.Mean) * numeric.Scale);
        }
    }

    /// <summary>The columns that <see cref="Encode"/> writes.</summary>
    public EncodedLayout Layout { get; }

    /// <summary>Fits on these rows of the study.</summary>
    /// <exception cref="ArgumentException">There are no training rows.</exception>
    public static FeatureEncoder Fit(StudyData data, ReadOnlySpan<int> trainingRows)
    {
        if (trainingRows.IsEmpty) throw new ArgumentException("An encoder needs training rows.", nameof(trainingRows));
        var categories = new List<Category>();
        var numerics = new List<Numeric>();
        var features = new List<EncodedFeature>();
        var blocks = new EncodedBlock?[data.Sensitive.Count];
        foreach (FeatureSource source in data.Features)
        {
            int start = features.Count;
            if (source.Numbers is { } numbers) numerics.Add(FitNumbers(source, numbers, trainingRows, features));
            else categories.Add(FitLevels(source, trainingRows, features));
            if (source.Attribute is { } a) blocks[a] = new EncodedBlock(start, features.Count - start);
        }

        return new FeatureEncoder([.. categories], [.. numerics], new EncodedLayout(features, blocks), data.RowCount);
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

        int[] hot = columns;
        int step = categories.Length;
        for (int c = 0; c < step; c++)
        {
            int start = categories[c].Start, width = categories[c].Width;
            if (width == 0) continue;
            Span<float> block = destination.Slice(start * stride, (width - 1) * stride + rows.Length);
            if (stride == rows.Length) block.Clear();
            else for (int j = 0; j < width; j++) block.Slice(j * stride, rows.Length).Clear();
            for (int i = 0; i < rows.Length; i++)
            {
                int column = hot[rows[i] * step + c];
                if (column >= 0) block[(column - start) * stride + i] = 1;
            }
        }

        for (int m = 0; m < numerics.Length; m++)
        {
            Span<float> column = destination.Slice(numerics[m].Start * stride, rows.Length);
            for (int i = 0; i < rows.Length; i++)
            {
                float value = values[rows[i] * numerics.Length + m];
                column[i] = float.IsNaN(value) ? 0 : value;
            }

            if (!numerics[m].HasIndicator) continue;
            Span<float> indicator = destination.Slice((numerics[m].Start + 1) * stride, rows.Length);
            for (int i = 0; i < rows.Length; i++) indicator[i] = float.IsNaN(values[rows[i] * numerics.Length + m]) ? 1 : 0;
        }
    }

    /// <summary>How many values of these rows are levels that the training rows do not have; each is encoded as zeros.</summary>
    public long CountUnseenLevels(ReadOnlySpan<int> rows)
    {
        long count = 0;
        foreach (int row in rows) count += columns.AsSpan(row * categories.Length, categories.Length).Count(-1);
        return count;
    }

    private static Numeric FitNumbers(FeatureSource source, float[] numbers, ReadOnlySpan<int> rows, List<EncodedFeature> features)
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
        var numeric = new Numeric(numbers, features.Count, n < rows.Length, mean, sd > 0 ? 1 / sd : 0);
        features.Add(new EncodedFeature(source.Column, source.Column, null, source.IsProbe));
        if (numeric.HasIndicator) features.Add(new EncodedFeature($"{source.Column} = {LevelCoding.MissingName}", source.Column, LevelCoding.MissingName, source.IsProbe));
        return numeric;
    }

    private static Category FitLevels(FeatureSource source, ReadOnlySpan<int> rows, List<EncodedFeature> features)
    {
        int[] codes = source.Codes ?? throw new ArgumentException($"Feature '{source.Column}' has neither codes nor numbers.", nameof(source));
        var occurs = new bool[source.Levels.Count];
        if (source.Attribute is not null) occurs.AsSpan().Fill(true);
        else foreach (int row in rows) occurs[codes[row]] = true;

        int start = features.Count;
        var columnOf = new int[occurs.Length];
        for (int level = 0; level < occurs.Length; level++)
        {
            columnOf[level] = occurs[level] ? features.Count : -1;
            if (occurs[level]) features.Add(new EncodedFeature($"{source.Column} = {source.Levels[level]}", source.Column, source.Levels[level], source.IsProbe));
        }

        return new Category(codes, start, features.Count - start, columnOf);
    }

    /// <summary>A one-hot feature: by level its encoded column, or -1 where the training rows do not have the level.</summary>
    private sealed record Category(int[] Codes, int Start, int Width, int[] ColumnOf);

    /// <summary>A number: (x - Mean) * Scale, and an indicator column after it where the training rows have missing values.</summary>
    private sealed record Numeric(float[] Numbers, int Start, bool HasIndicator, double Mean, double Scale);
}
