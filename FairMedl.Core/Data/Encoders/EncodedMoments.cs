namespace FairMedl.Core.Data.Encoders;

/// <summary>Mean and population SD of each encoded column over some rows; for a 0/1 column with mean p the SD is sqrt(p (1 - p)).</summary>
/// <param name="Mean">By encoded column.</param>
/// <param name="Sd">By encoded column; 0 for a constant.</param>
public sealed record EncodedMoments(float[] Mean, float[] Sd)
{
    /// <summary>The moments over these rows, at least one.</summary>
    /// <param name="records">Records of all rows.</param>
    /// <param name="rows">Rows to average over, usually the training rows.</param>
    /// <param name="width">Number of encoded columns.</param>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    public static EncodedMoments Of(EncodedRecords records, ReadOnlySpan<int> rows, int width)
    {
        if (rows.IsEmpty) throw new ArgumentException("Moments need at least one row.", nameof(rows));
        double[] sums = new double[width], squares = new double[width];
        int[] numbers = records.NumberColumns;
        foreach (int row in rows)
        {
            Span<int> record = records[row];
            foreach (int column in record[..records.CodesPerRow])
                if (column >= 0) sums[column]++;
            for (int m = 0; m < numbers.Length; m++) sums[numbers[m]] += Number(record, m);
        }

        double[] means = new double[width];
        for (int j = 0; j < width; j++)
        {
            means[j] = sums[j] / rows.Length;
            squares[j] = means[j] * (1 - means[j]);
        }

        foreach (int column in numbers) squares[column] = 0;
        foreach (int row in rows)
        {
            Span<int> record = records[row];
            for (int m = 0; m < numbers.Length; m++)
            {
                double deviation = Number(record, m) - means[numbers[m]];
                squares[numbers[m]] += deviation * deviation / rows.Length;
            }
        }

        return new EncodedMoments(Array.ConvertAll(means, mean => (float)mean),
            Array.ConvertAll(squares, square => (float)Math.Sqrt(Math.Max(0, square))));

        float Number(Span<int> record, int m) => BitConverter.Int32BitsToSingle(record[records.CodesPerRow + m]);
    }
}
