using System.Globalization;
using FairMedl.Core.Data.Roles;

namespace FairMedl.Web.Roles.Binning;

/// <summary>Cut points of bins as text: "30, 45".</summary>
public static class BinText
{
    /// <summary>Reads ascending numbers between commas, semicolons or spaces; a fault in words where they cannot be used.</summary>
    public static bool TryParse(string text, out IReadOnlyList<double> bounds, out string? fault)
    {
        List<double> read = [];
        bounds = read;
        fault = null;
        foreach (string part in text.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double bound) || !double.IsFinite(bound))
            {
                fault = $"“{part}” is not a number. Write cut points such as 30, 45, with a point for decimals.";
                return false;
            }

            read.Add(bound);
        }

        if (read.Count == 0) fault = "Enter at least one cut point, such as 30, 45.";
        else if (!Bins.AreValid(read)) fault = "Cut points must ascend without repeats.";
        return fault is null;
    }

    /// <summary>"30, 45".</summary>
    public static string Write(IReadOnlyList<double> bounds) =>
        string.Join(", ", bounds.Select(b => b.ToString("R", CultureInfo.InvariantCulture)));
}
