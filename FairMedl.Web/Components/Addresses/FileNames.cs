using System.Text;

namespace FairMedl.Web.Components.Addresses;

/// <summary>Names of downloaded files.</summary>
public static class FileNames
{
    /// <summary>
    /// "lending-first-look-compare.csv": the study, what of it, the form. ASCII letters, digits and hyphens only, so that it
    /// is a name everywhere.
    /// </summary>
    public static string Of(string study, string what, string extension)
    {
        var name = new StringBuilder();
        foreach (char c in study.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c)) name.Append(c);
            else if (name.Length > 0 && name[^1] != '-') name.Append('-');
            if (name.Length >= 60) break;
        }

        string stem = name.ToString().Trim('-');
        return $"{(stem.Length == 0 ? "study" : stem)}-{what}.{extension}";
    }
}
