namespace FairMedl.Core.Data.Encoders;

/// <summary>
/// Turns rows of a study into the matrix that the networks read. Numbers are standardized by the training rows' mean and
/// population SD (a constant becomes 0); missing numbers take the mean, beside an indicator column "(missing)" where the
/// training rows have missing values; categories are one-hot and unscaled, with every level that occurs in the training
/// rows and none dropped, since a dropped reference level would break the attribute flip; a sensitive attribute has all
/// its groups. A level that the training rows do not have is all zeros. Fitted on training rows alone.
/// </summary>
/// <remarks>
/// For training it writes a record a row, <see cref="Records"/>: four bytes a feature. A minibatch of random rows then costs one
/// cache miss a row and not one a feature, which matters because it is gathered at every step; the dense matrix (rows x D) is
/// never made.
/// </remarks>
public sealed class FeatureEncoder
{
    private readonly Category[] categories;
    private readonly Numeric[] numerics;
    private readonly int rowCount;

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
            if (feature.Levels is null)
                numericList.Add(new Numeric(sources[f].Numbers!, start, feature.HasIndicator, feature.Mean, feature.Scale));
            else categoryList.Add(new Category(sources[f].Codes!, feature.Attribute, ColumnsOf(sources[f].Levels, feature.Levels, start)));
            start += feature.Width;
        }

        categories = [.. categoryList];
        numerics = [.. numericList];
        this.rowCount = rowCount;
    }

    /// <summary>What it learned from its training rows.</summary>
    public FittedEncoder Fitted { get; }

    /// <summary>The columns that <see cref="Encode"/> writes.</summary>
    public EncodedLayout Layout { get; }

    /// <summary>Fits on these rows of the study.</summary>
    /// <exception cref="ArgumentException">There are no training rows.</exception>
    public static FeatureEncoder Fit(StudyData data, ReadOnlySpan<int> trainingRows)
    {
        if (trainingRows.IsEmpty) throw new ArgumentException("The encoder needs at least one training row.", nameof(trainingRows));
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
        if (features.Count != fitted.Features.Count) throw new ArgumentException($"The encoder was fitted on {fitted.Features.Count} " +
            $"features, not {features.Count}.", nameof(features));
        for (int f = 0; f < features.Count; f++)
        {
            FittedFeature learned = fitted.Features[f];
            if (features[f].Column != learned.Column) throw new ArgumentException($"Feature {f} was '{learned.Column}' at fitting, " +
                $"not '{features[f].Column}'.", nameof(features));
            bool fits = learned.Levels is null ? features[f].Numbers?.Length == rowCount : features[f].Codes?.Length == rowCount;
            if (!fits) throw new ArgumentException($"Feature '{learned.Column}' is not a " +
                $"{(learned.Levels is null ? "number" : "category")} over {rowCount} rows.", nameof(features));
        }

        return new FeatureEncoder(fitted, features, rowCount);
    }

    /// <summary>
    /// Writes the rows by column: encoded column j of the i-th row goes to <c>destination[j * stride + i]</c>. Elements between
    /// the batch and the stride are unchanged. Allocates nothing; several threads may encode at once.
    /// </summary>
    /// <exception cref="ArgumentException">The stride is shorter than the batch, or the destination too short.</exception>
    public void Encode(ReadOnlySpan<int> rows, Span<float> destination, int stride)
    {
        if (rows.IsEmpty || Layout.Width == 0) return;
        if (stride < rows.Length) throw new ArgumentException("The stride is shorter than the batch.", nameof(stride));
        if (destination.Length < (long)(Layout.Width - 1) * stride + rows.Length)
            throw new ArgumentException("The destination is too short.", nameof(destination));

        for (int j = 0; j < Layout.Width; j++) destination.Slice(j * stride, rows.Length).Clear();
        for (int i = 0; i < rows.Length; i++)
        {
            foreach (Category category in categories)
                if (category.Of(rows[i]) is >= 0 and int column) destination[column * stride + i] = 1;
            foreach (Numeric numeric in numerics)
            {
                destination[numeric.Start * stride + i] = numeric.Of(rows[i]);
                if (numeric.IndicatorOf(rows[i]) is >= 0 and int indicator) destination[indicator * stride + i] = 1;
            }
        }
    }

    /// <summary>
    /// A record of every row, in what <see cref="Encode"/> would write: the column of each category, then that of each indicator
    /// of a missing number, then the numbers.
    /// </summary>
    /// <param name="moreCodes">Codes that the user adds to each record; none (-1) until then.</param>
    /// <param name="room">Values that the user keeps behind each record; 0 until then.</param>
    public EncodedRecords Records(int moreCodes = 0, int room = 0)
    {
        Numeric[] indicated = [.. numerics.Where(n => n.HasIndicator)];
        int codes = categories.Length + indicated.Length + moreCodes, stride = codes + numerics.Length + room;
        int[] values = new int[checked(rowCount * stride)];
        for (int c = 0; c < categories.Length; c++)
            for (int row = 0, at = c; row < rowCount; row++, at += stride) values[at] = categories[c].Of(row);
        for (int m = 0; m < indicated.Length; m++)
            for (int row = 0, at = categories.Length + m; row < rowCount; row++, at += stride) values[at] = indicated[m].IndicatorOf(row);
        for (int more = 0; more < moreCodes; more++)
            for (int row = 0, at = codes - moreCodes + more; row < rowCount; row++, at += stride) values[at] = -1;
        for (int m = 0; m < numerics.Length; m++)
            for (int row = 0, at = codes + m; row < rowCount; row++, at += stride)
                values[at] = BitConverter.SingleToInt32Bits(numerics[m].Of(row));
        return new EncodedRecords(
            values,
            stride,
            codes,
            [.. numerics.Select(n => n.Start)],
            [.. Layout.AttributeBlocks.Select((_, a) => Array.FindIndex(categories, c => c.Attribute == a))])
        {
            Columns = Columns(codes),
        };
    }

    /// <summary>Where each column is in a record with this number of codes.</summary>
    private EncodedColumn[] Columns(int codes)
    {
        var columns = new EncodedColumn[Fitted.Features.Count];
        int start = 0, category = 0, number = codes, indicator = categories.Length;
        for (int f = 0; f < columns.Length; start += Fitted.Features[f++].Width)
        {
            FittedFeature feature = Fitted.Features[f];
            bool isNumber = feature.Levels is null;
            int code = !isNumber ? category++ : feature.HasIndicator ? indicator++ : -1;
            columns[f] = new EncodedColumn(feature.Column, feature.IsProbe, start, feature.Width, code, isNumber ? number++ : -1);
        }

        return columns;
    }

    /// <summary>How many values of these rows are levels that the training rows do not have; each is encoded as zeros.</summary>
    public long CountUnseenLevels(ReadOnlySpan<int> rows)
    {
        long count = 0;
        foreach (Category category in categories)
            foreach (int row in rows)
                if (category.Of(row) < 0) count++;
        return count;
    }

    /// <summary>
    /// How many numbers are missing in these rows although no training row misses one: each takes the mean, with no indicator to
    /// say so.
    /// </summary>
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
        return new FittedFeature
        {
            Column = source.Column,
            IsProbe = source.IsProbe,
            HasIndicator = n < rows.Length,
            Mean = mean,
            Scale = sd > 0 ? 1 / sd : 0
        };
    }

    private static FittedFeature FitLevels(FeatureSource source, ReadOnlySpan<int> rows)
    {
        int[] codes = source.Codes
            ?? throw new ArgumentException($"Feature '{source.Column}' has neither codes nor numbers.", nameof(source));
        var occurs = new bool[source.Levels.Count];
        if (source.Attribute is not null) occurs.AsSpan().Fill(true);
        else foreach (int row in rows) occurs[codes[row]] = true;
        return new FittedFeature
        {
            Column = source.Column,
            IsProbe = source.IsProbe,
            Attribute = source.Attribute,
            Levels = [.. source.Levels.Where((_, level) => occurs[level])]
        };
    }

    /// <summary>A one-hot feature: by level its encoded column, or -1 where the training rows do not have the level.</summary>
    private sealed record Category(int[] Codes, int? Attribute, int[] ColumnOf)
    {
        public int Of(int row) => ColumnOf[Codes[row]];
    }

    /// <summary>A number: (x - Mean) * Scale, and an indicator column after it where the training rows have missing values.</summary>
    private sealed record Numeric(float[] Numbers, int Start, bool HasIndicator, double Mean, double Scale)
    {
        public float Of(int row) => float.IsNaN(Numbers[row]) ? 0 : (float)((Numbers[row] - Mean) * Scale);

        public int IndicatorOf(int row) => HasIndicator && float.IsNaN(Numbers[row]) ? Start + 1 : -1;
    }
}
