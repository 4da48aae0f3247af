namespace FairMedl.Core.Data;

/// <summary>
/// Turns rows of a study into the matrix that the networks read. Numbers are standardised by the training rows' mean and
/// population SD (a constant becomes 0); missing numbers take the mean, beside an indicator column "(missing)" where the
/// training rows have missing values; categories are one-hot and unscaled, with every level that occurs in the training
/// rows and none dropped, since a dropped reference level would break the attribute swap; a sensitive attribute has all
/// its groups. A level that the training rows do not have is all zeros. Fitted on training rows alone.
/// </summary>
public sealed class FeatureEncoder
{
    private readonly Part[] parts;

    private FeatureEncoder(Part[] parts, EncodedLayout layout)
    {
        this.parts = parts;
        Layout = layout;
    }

    /// <summary>The columns that <see cref="Encode"/> writes.</summary>
    public EncodedLayout Layout { get; }

    /// <summary>Fits on these rows of the study.</summary>
    /// <exception cref="ArgumentException">There are no training rows.</exception>
    public static FeatureEncoder Fit(StudyData data, ReadOnlySpan<int> trainingRows)
    {
        if (trainingRows.IsEmpty) throw new ArgumentException("An encoder needs training rows.", nameof(trainingRows));
        var parts = new Part[data.Features.Count];
        var features = new List<EncodedFeature>();
        var blocks = new EncodedBlock?[data.Sensitive.Count];
        for (int f = 0; f < parts.Length; f++)
        {
            FeatureSource source = data.Features[f];
            int start = features.Count;
            parts[f] = source.Numbers is not null
                ? FitNumbers(source, trainingRows, features)
                : FitLevels(source, trainingRows, features);
            if (source.Attribute is { } a) blocks[a] = new EncodedBlock(start, features.Count - start);
        }

        return new FeatureEncoder(parts, new EncodedLayout(features, blocks));
    }

    /// <summary>
    /// Writes the rows by column: encoded column j of the i-th row goes to <c>destination[j * stride + i]</c>.
    /// Allocates nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The stride is shorter than the batch, or the destination too short.</exception>
    public void Encode(ReadOnlySpan<int> rows, Span<float> destination, int stride)
    {
        if (rows.IsEmpty) return;
        int width = Layout.Width;
        if (stride < rows.Length) throw new ArgumentException("The stride is shorter than the batch.", nameof(stride));
        if (destination.Length < (long)(width - 1) * stride + rows.Length) throw new ArgumentException("The destination is too short.", nameof(destination));
        foreach (Part part in parts)
        {
            if (part.Numbers is { } numbers) EncodeNumbers(part, numbers, rows, destination, stride);
            else EncodeLevels(part, rows, destination, stride);
        }
    }

    /// <summary>How many of these rows' categories are levels that the training rows do not have; each is encoded as zeros.</summary>
    public long CountUnseenLevels(ReadOnlySpan<int> rows)
    {
        long count = 0;
        foreach (Part part in parts)
        {
            if (part.Codes is not { } codes) continue;
            foreach (int row in rows)
            {
                if (part.ColumnOf[codes[row]] < 0) count++;
            }
        }

        return count;
    }

    private static void EncodeNumbers(Part part, float[] numbers, ReadOnlySpan<int> rows, Span<float> destination, int stride)
    {
        Span<float> column = destination.Slice(part.Start * stride, rows.Length);
        double mean = part.Mean, scale = part.Scale;
        for (int i = 0; i < column.Length; i++)
        {
            float number = numbers[rows[i]];
            column[i] = float.IsNaN(number) ? 0 : (float)((number - mean) * scale);
        }

        if (!part.HasIndicator) return;
        Span<float> indicator = destination.Slice((part.Start + 1) * stride, rows.Length);
        for (int i = 0; i < indicator.Length; i++) indicator[i] = float.IsNaN(numbers[rows[i]]) ? 1 : 0;
    }

    private static void EncodeLevels(Part part, ReadOnlySpan<int> rows, Span<float> destination, int stride)
    {
        for (int j = part.Start; j < part.Start + part.Width; j++) destination.Slice(j * stride, rows.Length).Clear();
        int[] codes = part.Codes!, columnOf = part.ColumnOf;
        for (int i = 0; i < rows.Length; i++)
        {
            int column = columnOf[codes[rows[i]]];
            if (column >= 0) destination[column * stride + i] = 1;
        }
    }

    private static Part FitNumbers(FeatureSource source, ReadOnlySpan<int> rows, List<EncodedFeature> features)
    {
        float[] numbers = source.Numbers!;
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
        bool hasIndicator = n < rows.Length;
        var part = new Part
        {
            Numbers = numbers,
            Start = features.Count,
            Width = hasIndicator ? 2 : 1,
            HasIndicator = hasIndicator,
            Mean = mean,
            Scale = sd > 0 ? 1 / sd : 0,
        };
        features.Add(new EncodedFeature(source.Column, source.Column, null, source.IsProbe));
        if (hasIndicator) features.Add(new EncodedFeature($"{source.Column} = {LevelCoding.MissingName}", source.Column, LevelCoding.MissingName, source.IsProbe));
        return part;
    }

    private static Part FitLevels(FeatureSource source, ReadOnlySpan<int> rows, List<EncodedFeature> features)
    {
        int[] codes = source.Codes!;
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

        return new Part { Codes = codes, ColumnOf = columnOf, Start = start, Width = features.Count - start };
    }

    /// <summary>One feature: its values in the study and what the training rows said about them.</summary>
    private sealed class Part
    {
        public float[]? Numbers { get; init; }

        public int[]? Codes { get; init; }

        /// <summary>By level its encoded column, or -1 where the training rows do not have it.</summary>
        public int[] ColumnOf { get; init; } = [];

        public required int Start { get; init; }

        public required int Width { get; init; }

        public bool HasIndicator { get; init; }

        public double Mean { get; init; }

        public double Scale { get; init; }
    }
}
