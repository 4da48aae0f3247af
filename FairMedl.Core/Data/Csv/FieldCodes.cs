using System.Text;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;

namespace FairMedl.Core.Data.Csv;

/// <summary>Finds a field among known names without making a string of it. Codes that mean missing are one name, "(missing)".</summary>
internal sealed class FieldCodes
{
    /// <summary>The code of a field that means missing, where "(missing)" is no known name.</summary>
    public const int Missing = -2;

    /// <summary>The code of a field that is neither known nor missing.</summary>
    public const int Unknown = -1;

    private readonly LevelDictionary dictionary = new();

    /// <summary>Names by code, and what means missing besides the empty field.</summary>
    public FieldCodes(IReadOnlyList<string> names, IReadOnlyList<string> missing)
    {
        int missingCode = Missing;
        for (int code = 0; code < names.Count; code++)
            if (names[code] == LevelCoding.MissingName) missingCode = code;
        foreach (string text in missing.Select(m => m.Trim()).Prepend("")) Add(text, missingCode);
        for (int code = 0; code < names.Count; code++) Add(names[code], code);

        void Add(string text, int code)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            // The dictionary answers -1 for what it does not have: codes are shifted past it.
            if (dictionary.Find(bytes, out uint hash) == -1) dictionary.Add(bytes, hash, code + 3);
        }
    }

    /// <summary>The code of a field, <see cref="Missing"/> or <see cref="Unknown"/>.</summary>
    public int Find(ReadOnlySpan<byte> field) => dictionary.Find(field, out _) is >= 0 and var shifted ? shifted - 3 : Unknown;
}
