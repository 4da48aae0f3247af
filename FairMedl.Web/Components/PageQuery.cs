using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace FairMedl.Web.Components;

/// <summary>
/// The query of a page's address: the one place that reads a query and writes one. A page's own address record says which
/// names it has; what is not set is left out, and what cannot be read is as if it were not there, so that an old link opens.
/// </summary>
public sealed class PageQuery
{
    private readonly List<(string Name, string Value)> values = [];

    /// <summary>Reads the query of an address: a whole one, or from its question mark on. A fragment is no part of it.</summary>
    public static PageQuery Of(string uri)
    {
        var query = new PageQuery();
        int hash = uri.IndexOf('#', StringComparison.Ordinal);
        string address = hash < 0 ? uri : uri[..hash];
        int mark = address.IndexOf('?', StringComparison.Ordinal);
        if (mark < 0) return query;
        foreach ((string name, var all) in QueryHelpers.ParseQuery(address[mark..]))
            foreach (string? value in all) query.Add(name, value ?? "");
        return query;
    }

    /// <summary>Whether a name is there, be it with an empty value.</summary>
    public bool Has(string name) => All(name).Any();

    /// <summary>The first value of a name; null where there is none, or an empty one.</summary>
    public string? One(string name) => All(name).FirstOrDefault() is { Length: > 0 } value ? value : null;

    /// <summary>Every value of a name that may stand several times.</summary>
    public IEnumerable<string> All(string name) => values.Where(v => v.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(v => v.Value);

    /// <summary>The parts of a value that is a list between commas; empty where there is none.</summary>
    public IReadOnlyList<string> List(string name) => One(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>A whole number from 0 on.</summary>
    public int? Number(string name) => int.TryParse(One(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>A number from 0 to 1.</summary>
    public double? Share(string name) =>
        double.TryParse(One(name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) && share <= 1 ? share : null;

    /// <summary>The choice that is written with this word; null where none is.</summary>
    public T? Choice<T>(string name, Func<T, string> word) where T : struct, Enum
    {
        string? text = One(name);
        foreach (T value in Enum.GetValues<T>())
            if (word(value).Equals(text, StringComparison.OrdinalIgnoreCase)) return value;
        return null;
    }

    /// <summary>Writes a value; nothing where it is null.</summary>
    public PageQuery Add(string name, string? value)
    {
        if (value is not null) values.Add((name, value));
        return this;
    }

    /// <summary>Writes a list between commas, which none of its parts has; nothing where it is empty.</summary>
    public PageQuery Add(string name, IEnumerable<string> parts) => Add(name, string.Join(',', parts) is { Length: > 0 } list ? list : null);

    /// <summary>The address of a page with this query.</summary>
    public string On(string path) => values.Count == 0 ? path : $"{path}?{string.Join('&', values.Select(v => $"{Escaped(v.Name)}={Escaped(v.Value)}"))}";

    // A comma needs no escape, and a list is easier to read with it.
    private static string Escaped(string text) => Uri.EscapeDataString(text).Replace("%2C", ",", StringComparison.Ordinal);
}
