using System.Text.Json;
using System.Text.Json.Serialization;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;

namespace FairMedl.Core.Reports.Writers;

/// <summary>Writes a cell as JSON: its text as in the other formats, and its unrounded numbers.</summary>
internal sealed class JsonCells : JsonConverter<ReportCell>
{
    public override ReportCell Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Cells are written only.");

    public override void Write(Utf8JsonWriter writer, ReportCell value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("content", CellText.Plain.Of(value));
        writer.WriteBoolean("isNumber", value.IsNumber);
        writer.WritePropertyName("effect");
        JsonSerializer.Serialize<EffectSize>(writer, value.Effect, options);
        writer.WriteString("detail", CellText.Plain.Detail(value));
        writer.WriteString("metric", value.Metric);
        Number("value", value.Value);
        if (value.Deviation is not null) Number("deviation", value.Deviation);
        if (value.Lower is not null) Number("lower", value.Lower);
        if (value.Upper is not null) Number("upper", value.Upper);
        writer.WriteEndObject();

        void Number(string name, double? number)
        {
            if (number is { } n) writer.WriteNumber(name, n);
            else writer.WriteNull(name);
        }
    }
}

/// <summary>Writes a text with numbers as a JSON string.</summary>
internal sealed class JsonNumericText : JsonConverter<NumericText>
{
    public override NumericText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Texts are written only.");

    public override void Write(Utf8JsonWriter writer, NumericText value, JsonSerializerOptions options) =>
        writer.WriteStringValue(CellText.Plain.Of(value));
}
