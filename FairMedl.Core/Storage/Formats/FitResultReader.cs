using System.Runtime.InteropServices;
using System.Text;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;

namespace FairMedl.Core.Storage.Formats;

/// <summary>Reads the fields of a result in the order of <see cref="FitResultWriter"/>.</summary>
internal sealed class FitResultReader(Stream stream) : IDisposable
{
    private readonly BinaryReader reader = new(stream, Encoding.UTF8, leaveOpen: true);

    // Object initialisers run in source order, which is the order of the stream.
    public FitResult Read(ushort version)
    {
        var result = new FitResult
        {
            Key = new FitKey(reader.ReadString(), reader.ReadUInt64(), reader.Read7BitEncodedInt()),
            TestRows = ReadAscending(),
            FixedEffects = ReadHead(),
            MixedEffects = ReadOptional(ReadHead),
            Epochs = ReadList(ReadEpoch),
            Layout = ReadLayout(),
            Importance = ReadFloats(),
            RandomEffects = ReadOptional(ReadPosterior),
            Steps = reader.Read7BitEncodedInt(),
            TrainingRows = reader.Read7BitEncodedInt(),
            SelectedEpoch = reader.Read7BitEncodedInt(),
            UnseenLevels = reader.Read7BitEncodedInt64(),
            TrainSeconds = reader.ReadDouble(),
            EvaluateSeconds = reader.ReadDouble(),
            Origin = version >= 2 ? ReadOptional(ReadOrigin) : null,
            FeatureSd = version >= 3 ? ReadOptional(ReadFloats) : null,
            Permutation = version >= 3 ? ReadOptional(() => ReadList(ReadPermutation)) : null,
            KlWeight = version >= 3 ? ReadNumber() : null,
        };
        if (version >= 3)
        {
            float[]? totalMean = ReadOptional(ReadFloats), totalSd = ReadOptional(ReadFloats);
            bool centered = reader.ReadBoolean();
            if (result.RandomEffects is { } effects)
                result = result with { RandomEffects = effects with { TotalMean = totalMean, TotalSd = totalSd, IsCentered = centered } };
        }

        return stream.ReadByte() < 0 ? result : throw new InvalidDataException("The content continues after the end of the result.");
    }

    public void Dispose() => reader.Dispose();

    private HeadPredictions ReadHead() => new()
    {
        Threshold = ReadNumber(),
        Test = ReadFloats(),
        TestFlips = ReadList(ReadFloats),
        Unseen = ReadFloats(),
        UnseenFlips = ReadList(ReadFloats),
    };

    private EpochLosses ReadEpoch() => new(
        reader.Read7BitEncodedInt(),
        reader.ReadDouble(),
        ReadNumber(),
        ReadNumber(),
        ReadNumber(),
        ReadNumber(),
        ReadNumber(),
        ReadNumber(),
        ReadNumber());

    private EncodedLayout ReadLayout() => new(
        ReadList(() => new EncodedFeature(reader.ReadString(), reader.ReadString(), ReadOptional(reader.ReadString), reader.ReadBoolean())),
        ReadList(() => reader.ReadBoolean()
            ? new EncodedBlock(reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt()) : (EncodedBlock?)null));

    private RandomEffectsPosterior ReadPosterior() => new(ReadFloats(), ReadFloats(), ReadList(ReadFloats), ReadList(ReadFloats));

    private ComputeOrigin ReadOrigin() => new(reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString(),
        ReadOptional(reader.ReadString), reader.ReadBoolean() ? reader.Read7BitEncodedInt() : null);

    private ColumnPermutation ReadPermutation() => new(reader.ReadString(), reader.ReadBoolean(),
        ReadList(() => new ChangeSums(reader.Read7BitEncodedInt(), reader.ReadDouble(), reader.ReadDouble())));

    private float[] ReadFloats()
    {
        float[] values = new float[ReadCount()];
        Span<byte> bytes = MemoryMarshal.AsBytes(values.AsSpan());
        byte[] plane = new byte[values.Length];
        for (int part = 0; part < sizeof(float); part++)
        {
            reader.BaseStream.ReadExactly(plane);
            for (int i = 0; i < plane.Length; i++) bytes[i * sizeof(float) + part] = plane[i];
        }

        return values;
    }

    private int[] ReadAscending()
    {
        int[] rows = new int[ReadCount()];
        int previous = 0;
        for (int i = 0; i < rows.Length; i++) rows[i] = previous += ReadCount();
        return rows;
    }

    private T[] ReadList<T>(Func<T> read)
    {
        var items = new T[ReadCount()];
        for (int i = 0; i < items.Length; i++) items[i] = read();
        return items;
    }

    private int ReadCount() =>
        reader.Read7BitEncodedInt() is >= 0 and var count ? count : throw new InvalidDataException("A count is negative.");

    private double? ReadNumber() => reader.ReadBoolean() ? reader.ReadDouble() : null;

    private T? ReadOptional<T>(Func<T> read) where T : class => reader.ReadBoolean() ? read() : null;
}
