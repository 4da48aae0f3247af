using System.Text;
using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Experiments.Scoring;
using FairMedl.Core.Training;

namespace FairMedl.Core.Storage;

/// <summary>A <see cref="TrainedRun"/> as one file, sealed as <see cref="SealedContent"/>: the study's definition and every fit's model.</summary>
public static class TrainedRunFormat
{
    /// <summary>The version that is written, and the only one that is read.</summary>
    public const ushort Version = 2;

    private static readonly SealedContent Seal = new("FMRN", Version, "run", "Create it again with audit --models.");

    /// <summary>Writes a run into an empty stream that can be read back, one model after the other.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="definition">The study's definition.</param>
    /// <param name="models">The fits' models in <see cref="TrainedModelFormat"/>, all of one kind, in the plan's order; read one at a time.</param>
    /// <param name="count">How many those are.</param>
    public static void Write(Stream stream, ExperimentDefinition definition, IEnumerable<byte[]> models, int count) => Seal.Write(stream, content =>
    {
        using var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true);
        writer.Write(ExperimentJson.Write(definition));
        writer.Write(count);
        foreach (byte[] model in models)
        {
            writer.Write(model.Length);
            writer.Write(model);
        }
    });

    /// <summary>The run from its stored form.</summary>
    /// <exception cref="StoredFormatException">It is damaged or of another version.</exception>
    /// <exception cref="InputException">It cannot predict new rows.</exception>
    public static TrainedRun Read(byte[] bytes) => Seal.Read(bytes, stream =>
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        ExperimentDefinition definition = ExperimentJson.Parse(reader.ReadString());
        var models = new TrainedModel[Count()];
        for (int i = 0; i < models.Length; i++) models[i] = TrainedModelFormat.Read(reader.ReadBytes(Count()));
        return TrainedRun.Of(definition, models);

        int Count() => reader.ReadInt32() is >= 0 and var count ? count : throw new InvalidDataException("A count is negative.");
    });
}
