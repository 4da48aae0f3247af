using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace FairMedl.Web.Components.Addresses;

/// <summary>
/// The query of a page's address. A page's own address record defines the names. Unset values are left out, and unreadable ones
/// are ignored, so that an old link still opens.
/// </summary>
public sealed class PageQuery
{
    private readonly List<(string Name, string Value)> values = [];

    /// <summary>Reads the query of a whole address, or of one that starts with its question mark. The fragment is ignored.</summary>
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

    /// <summary>Whether a name is present, even with an empty value.</summary>
    public bool Has(string name) => All(name).Any();

    /// <summary>The first value of a name; null if it is absent or empty.</summary>
    public string? One(string name) => All(name).FirstOrDefault() is { Length: > 0 } value ? value : null;

    /// <summary>All values of a name that may be repeated.</summary>
    public IEnumerable<string> All(string name) =>
        values.Where(v => v.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(v => v.Value);

    /// <summary>The items of a comma-separated value; empty if it is absent.</summary>
    public IReadOnlyList<string> List(string name) => One(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>A whole number of at least 0.</summary>
    public int? Number(string name) =>
        int.TryParse(One(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>A number from 0 to 1.</summary>
    public double? Share(string name) =>
        double.TryParse(One(name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share)
            && share <= 1 ? share : null;

    /// <summary>The enum value with this word; null if there is none.</summary>
    public T? Choice<T>(string name, Func<T, string> word) where T : struct, Enum
    {
        string? text = One(name);
        foreach (T value in Enum.GetValues<T>())
            if (word(value).Equals(text, StringComparison.OrdinalIgnoreCase)) return value;
        return null;
    }

    /// <summary>Adds a value, unless it is null.</summary>
    public PageQuery Add(string name, string? value)
    {
        if (value is not null) values.Add((name, value));
        return this;
    }

    /// <summary>Adds a comma-separated list, unless it is empty. No item may contain a comma.</summary>
    public PageQuery Add(string name, IEnumerable<string> parts) =>
        Add(name, string.Join(',', parts) is { Length: > 0 } list ? list : null);

    /// <summary>The address of a page with this query.</summary>
    public string On(string path) =>
        values.Count == 0 ? path : $"{path}?{string.Join('&', values.Select(v => $"{Escaped(v.Name)}={Escaped(v.Value)}"))}";

    // A comma needs no escape and keeps lists readable.
    private static string Escaped(string text) => Uri.EscapeDataString(text).Replace("%2C", ",", StringComparison.Ordinal);
}
