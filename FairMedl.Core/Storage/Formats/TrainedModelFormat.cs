using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;

namespace FairMedl.Core.Storage.Formats;

/// <summary>
/// Binary format of a <see cref="TrainedModel"/>, wrapped as <see cref="SealedContent"/>: JSON for everything but the weights,
/// then the weights in their memory layout. Floating-point numbers keep their exact bits.
/// </summary>
public static class TrainedModelFormat
{
    /// <summary>Format version, written and accepted.</summary>
    public const ushort Version = 2;

    private static readonly SealedContent Seal = new("FMTM", Version, "model");
    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Returns the binary form of a model.</summary>
    public static byte[] Write(TrainedModel model) => Seal.Write(stream =>
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        var head = new Head(
            model.Key.Model, model.Key.Seed, model.Key.Fold, model.Specification.Model, model.Specification.Training, model.Task,
            model.TargetLevels, model.Encoder,
            model.TargetMean, model.TargetSd, model.Clusters, model.Attributes, model.FixedThreshold, model.MixedThreshold,
            [.. model.Parameters.Select(p => new Weights(p.Name, p.Shape))]);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(head, Json);
        writer.Write(json.Length);
        writer.Write(json);
        foreach (NamedParameter parameter in model.Parameters) writer.Write(MemoryMarshal.AsBytes(parameter.Values.AsSpan()));
    });

    /// <summary>Reads a model from its binary form.</summary>
    /// <exception cref="StoredFormatException">The content is damaged or of another version.</exception>
    public static TrainedModel Read(byte[] bytes) => Seal.Read(bytes, (stream, _) =>
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        byte[] json = reader.ReadBytes(reader.ReadInt32() is >= 0 and var length
            ? length : throw new InvalidDataException("A length is negative."));
        Head head = JsonSerializer.Deserialize<Head>(json, Json) ?? throw new InvalidDataException("The model is null.");
        ModelKind kind = ModelCatalogue.Find(head.Kind) ?? throw new InvalidDataException($"There is no model '{head.Kind}'.");
        var parameters = new NamedParameter[head.Weights.Count];
        for (int i = 0; i < parameters.Length; i++)
        {
            var values = new float[head.Weights[i].Shape.Aggregate(1, (all, size) => checked(all * size))];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            parameters[i] = new NamedParameter(head.Weights[i].Name, head.Weights[i].Shape, values);
        }

        if (reader.BaseStream.ReadByte() >= 0) throw new InvalidDataException("The content continues after the end of the model.");
        return new TrainedModel
        {
            Key = new FitKey(head.Kind, head.Seed, head.Fold),
            Specification = new FitSpecification(kind, head.Settings, head.Training),
            Task = head.Task,
            TargetLevels = head.TargetLevels,
            Encoder = head.Encoder,
            TargetMean = head.TargetMean,
            TargetSd = head.TargetSd,
            Clusters = head.Clusters,
            Attributes = head.Attributes,
            FixedThreshold = head.FixedThreshold,
            MixedThreshold = head.MixedThreshold,
            Parameters = parameters,
        };
    });

    private sealed record Weights(string Name, IReadOnlyList<int> Shape);

    private sealed record Head(
        string Kind,
        ulong Seed,
        int Fold,
        ModelSettings Settings,
        TrainingSettings Training,
        PredictionTask Task,
        IReadOnlyList<string> TargetLevels,
        FittedEncoder Encoder,
        double TargetMean,
        double TargetSd,
        IReadOnlyList<string> Clusters,
        IReadOnlyList<TrainedAttribute> Attributes,
        double? FixedThreshold,
        double? MixedThreshold,
        IReadOnlyList<Weights> Weights);
}
