using System.Globalization;
using FairMedl.Core.Data;

namespace FairMedl.Web.Components.Messages;

/// <summary>The place of an input fault, in words.</summary>
public static class FaultPlace
{
    /// <summary>
    /// Such as "line 7, column age, value abc"; null for a fault of the whole file. A JSON path is left out: the message names
    /// the column.
    /// </summary>
    public static string? Of(InputFault fault)
    {
        List<string> parts = [];
        if (fault.Line is { } line) parts.Add($"line {line.ToString("N0", CultureInfo.InvariantCulture)}");
        if (fault.Column is { } column) parts.Add($"column {column}");
        if (fault.Value is { } value) parts.Add(value.Length == 0 ? "an empty value" : $"value “{value}”");
        return parts.Count == 0 ? null : string.Join(", ", parts);
    }
}
