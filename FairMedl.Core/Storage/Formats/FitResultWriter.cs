using System.Runtime.InteropServices;
using System.Text;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;

namespace FairMedl.Core.Storage.Formats;

/// <summary>Writes the fields of a result, for <see cref="FitResultReader"/>.</summary>
internal sealed class FitResultWriter(Stream stream) : IDisposable
{
    private readonly BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true);

    public void Write(FitResult result)
    {
        writer.Write(result.Key.Model);
        writer.Write(result.Key.Seed);
        writer.Write7BitEncodedInt(result.Key.Fold);
        WriteAscending(result.TestRows);
        Write(result.FixedEffects);
        WriteOptional(result.MixedEffects, Write);
        writer.Write7BitEncodedInt(result.Epochs.Count);
        foreach (EpochLosses epoch in result.Epochs) Write(epoch);
        Write(result.Layout);
        Write(result.Importance);
        WriteOptional(result.RandomEffects, Write);
        writer.Write7BitEncodedInt(result.Steps);
        writer.Write7BitEncodedInt(result.TrainingRows);
        writer.Write7BitEncodedInt(result.SelectedEpoch);
        writer.Write7BitEncodedInt64(result.UnseenLevels);
        writer.Write(result.TrainSeconds);
        writer.Write(result.EvaluateSeconds);
        WriteOptional(result.Origin, Write);
        WriteOptional(result.FeatureSd, Write);
        WriteOptional(result.Permutation, Write);
        Write(result.KlWeight);
        WriteOptional(result.RandomEffects?.TotalMean, Write);
        WriteOptional(result.RandomEffects?.TotalSd, Write);
        writer.Write(result.RandomEffects is { IsCentered: true });
    }

    public void Dispose() => writer.Dispose();

    private void Write(HeadPredictions head)
    {
        Write(head.Threshold);
        Write(head.Test);
        Write(head.TestFlips);
        Write(head.Unseen);
        Write(head.UnseenFlips);
    }

    private void Write(EpochLosses epoch)
    {
        writer.Write7BitEncodedInt(epoch.Epoch);
        writer.Write(epoch.Total);
        Write(epoch.FixedLoss);
        Write(epoch.MixedLoss);
        Write(epoch.ClusterAdversary);
        Write(epoch.FixedAdversary);
        Write(epoch.MixedAdversary);
        Write(epoch.KullbackLeibler);
        Write(epoch.Correlation);
    }

    private void Write(EncodedLayout layout)
    {
        writer.Write7BitEncodedInt(layout.Features.Count);
        foreach (EncodedFeature feature in layout.Features)
        {
            writer.Write(feature.Name);
            writer.Write(feature.Column);
            WriteOptional(feature.Level, writer.Write);
            writer.Write(feature.IsProbe);
        }

        writer.Write7BitEncodedInt(layout.AttributeBlocks.Count);
        foreach (EncodedBlock? block in layout.AttributeBlocks)
        {
            writer.Write(block is not null);
            if (block is not { } present) continue;
            writer.Write7BitEncodedInt(present.Start);
            writer.Write7BitEncodedInt(present.Length);
        }
    }

    private void Write(RandomEffectsPosterior posterior)
    {
        Write(posterior.InterceptMean);
        Write(posterior.InterceptSd);
        Write(posterior.SlopeMean);
        Write(posterior.SlopeSd);
    }

    private void Write(ComputeOrigin origin)
    {
        writer.Write(origin.Engine);
        writer.Write(origin.EngineName);
        writer.Write(origin.Version);
        writer.Write(origin.Device);
        WriteOptional(origin.DeviceName, writer.Write);
        writer.Write(origin.VectorBits is not null);
        if (origin.VectorBits is { } bits) writer.Write7BitEncodedInt(bits);
    }

    private void Write(IReadOnlyList<ColumnPermutation> columns)
    {
        writer.Write7BitEncodedInt(columns.Count);
        foreach (ColumnPermutation column in columns)
        {
            writer.Write(column.Column);
            writer.Write(column.IsProbe);
            writer.Write7BitEncodedInt(column.Strata.Count);
            foreach (ChangeSums sums in column.Strata)
            {
                writer.Write7BitEncodedInt(sums.N);
                writer.Write(sums.Sum);
                writer.Write(sums.SumOfSquares);
            }
        }
    }

    private void Write(float[][] rows)
    {
        writer.Write7BitEncodedInt(rows.Length);
        foreach (float[] row in rows) Write(row);
    }

    // Bytes of equal significance are grouped: signs and exponents then compress well.
    private void Write(float[] values)
    {
        writer.Write7BitEncodedInt(values.Length);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values.AsSpan());
        byte[] plane = new byte[values.Length];
        for (int part = 0; part < sizeof(float); part++)
        {
            for (int i = 0; i < plane.Length; i++) plane[i] = bytes[i * sizeof(float) + part];
            writer.Write(plane);
        }
    }

    private void WriteAscending(int[] rows)
    {
        writer.Write7BitEncodedInt(rows.Length);
        int previous = 0;
        foreach (int row in rows)
        {
            if (row < previous) throw new ArgumentException("The test rows of a result must be in ascending order.");
            writer.Write7BitEncodedInt(row - previous);
            previous = row;
        }
    }

    private void Write(double? value)
    {
        writer.Write(value is not null);
        if (value is { } present) writer.Write(present);
    }

    private void WriteOptional<T>(T? value, Action<T> write) where T : class
    {
        writer.Write(value is not null);
        if (value is not null) write(value);
    }
}
