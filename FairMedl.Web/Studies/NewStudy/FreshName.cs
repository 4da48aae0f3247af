using System.Globalization;

namespace FairMedl.Web.Studies.NewStudy;

/// <summary>A name for a new study that no other study has.</summary>
public static class FreshName
{
    /// <summary>The name itself where no study has it; otherwise with the first free number: "adult", "adult 2", "adult 3".</summary>
    public static string Of(string name, IEnumerable<string> taken)
    {
        var names = taken.ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!names.Contains(name)) return name;
        string stem = Stem(name);
        if (!names.Contains(stem)) stem = name;
        int number = 2;
        while (names.Contains(Numbered(stem, number))) number++;
        return Numbered(stem, number);
    }

    private static string Numbered(string stem, int number) => string.Create(CultureInfo.InvariantCulture, $"{stem} {number}");

    // "adult 2" is a copy of "adult" where there is one.
    private static string Stem(string name)
    {
        int space = name.LastIndexOf(' ');
        return space > 0 && int.TryParse(name.AsSpan(space + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _) ? name[..space] : name;
    }
}
