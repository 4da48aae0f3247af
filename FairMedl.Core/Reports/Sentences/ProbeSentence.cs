using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Sentences;

/// <summary>
/// How much each model relies on the confounding probes, in a few words per model: "NNet ranks probe r 4th of 12 columns by permutation
/// importance and 5th of 77 encoded features by gradient. The probe has 9.5% of the total gradient importance."
/// </summary>
public static class ProbeSentence
{
    /// <summary>One text for each model; nothing in a study without probes.</summary>
    public static IReadOnlyList<string> Of(StudyResults results) =>
        [.. results.Importance.Where(m => m.Features.Any(f => f.IsProbe)).Select(Of)];

    private static string Of(ImportanceResult model)
    {
        FeatureImportance[] probes = [.. model.Features.Where(f => f.IsProbe).OrderBy(f => f.Rank)];
        bool one = probes.Length == 1;
        string Named(string probe) => one ? "" : $" ({probe})";
        string byPermutation = model.Permutation?.FirstOrDefault(c => c.IsProbe) is not { } first ? ""
            : FormattableString.Invariant($" {Ordinal(first.Rank)} of {model.Permutation!.Count} columns by permutation importance{Named(first.Column)} and");
        string share = model.ProbeShare is not { } part ? ""
            : FormattableString.Invariant($" {(one ? "The probe has" : "All probes have")} {100 * part:0.0}% of the total gradient importance.");
        return FormattableString.Invariant($"{ResultNames.Model(model.Model)} ranks {(one ? probes[0].Feature : "its first probe")}{byPermutation} {Ordinal(probes[0].Rank)} of {model.Features.Count} encoded features by gradient{Named(probes[0].Feature)}.{share}");
    }

    private static string Ordinal(int n)
    {
        string ending = (n % 100) is >= 11 and <= 13 ? "th" : (n % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" };
        return FormattableString.Invariant($"{n}{ending}");
    }
}
