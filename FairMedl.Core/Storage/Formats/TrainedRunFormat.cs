using System.Text;
using FairMedl.Core.Data;
using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Scoring;

namespace FairMedl.Core.Storage.Formats;

/// <summary>
/// File format of a <see cref="TrainedRun"/>, wrapped as <see cref="SealedContent"/>: the study's definition and every fit's model.
/// </summary>
public static class TrainedRunFormat
{
    /// <summary>Format version, written and accepted.</summary>
    public const ushort Version = 2;

    private static readonly SealedContent Seal = new("FMRN", Version, "run", "Create it again with audit --models.");

    /// <summary>Writes a run to a stream, one model at a time. The stream must be empty, readable and seekable.</summary>
    /// <param name="stream">The stream to write to.</param>
    /// <param name="definition">The study's definition.</param>
    /// <param name="models">The fits' models in <see cref="TrainedModelFormat"/>, all of one kind, in the plan's order; read one at
    /// a time.</param>
    /// <param name="count">Number of models.</param>
    public static void Write(Stream stream, StudyDefinition definition, IEnumerable<byte[]> models, int count) =>
        Seal.Write(stream, content =>
    {
        using var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true);
        writer.Write(StudyJson.Write(definition));
        writer.Write(count);
        foreach (byte[] model in models)
        {
            writer.Write(model.Length);
            writer.Write(model);
        }
    });

    /// <summary>Reads a run from its binary form.</summary>
    /// <exception cref="StoredFormatException">The content is damaged or of another version.</exception>
    /// <exception cref="InputException">The run cannot predict new rows.</exception>
    public static TrainedRun Read(byte[] bytes) => Seal.Read(bytes, (stream, _) =>
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        StudyDefinition definition = StudyJson.Parse(reader.ReadString());
        var models = new TrainedModel[Count()];
        for (int i = 0; i < models.Length; i++) models[i] = TrainedModelFormat.Read(reader.ReadBytes(Count()));
        return TrainedRun.Of(definition, models);

        int Count() => reader.ReadInt32() is >= 0 and var count ? count : throw new InvalidDataException("A count is negative.");
    });
}
