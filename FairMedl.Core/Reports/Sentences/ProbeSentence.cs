using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Sentences;

/// <summary>
/// How much each model relies on the confounding probes, one sentence per model: "NNet ranks probe r 4th of 12 columns by permutation
/// importance; by gradient the probe is 5th of 77 encoded features, with 9.5% of the total importance."
/// </summary>
public static class ProbeSentence
{
    /// <summary>A sentence for each model; nothing in a study without probes.</summary>
    public static IReadOnlyList<string> Of(StudyResults results) =>
        [.. results.Importance.Where(m => m.Features.Any(f => f.IsProbe)).Select(Of)];

    private static string Of(ImportanceResult model)
    {
        FeatureImportance[] probes = [.. model.Features.Where(f => f.IsProbe).OrderBy(f => f.Rank)];
        string name = ResultNames.Model(model.Model), share = model.ProbeShare is not { } part ? ""
            : FormattableString.Invariant($", with {100 * part:0.0}% of the total importance{(probes.Length == 1 ? "" : " for all probes")}");
        if (model.Permutation is not { } columns || columns.All(c => !c.IsProbe))
        {
            string ranks = string.Join(", ", probes.Select(p => $"{p.Feature} {Ordinal(p.Rank)}"));
            return FormattableString.Invariant($"{name} ranks {ranks} of {model.Features.Count} encoded features by gradient{share}.");
        }

        string permuted = string.Join(", ", columns.Where(c => c.IsProbe).OrderBy(c => c.Rank).Select(c => $"{c.Column} {Ordinal(c.Rank)}"));
        string first = probes.Length == 1 ? "the probe is" : $"the first probe, {probes[0].Feature}, is";
        return FormattableString.Invariant($"{name} ranks {permuted} of {columns.Count} columns by permutation importance; by gradient {first} {Ordinal(probes[0].Rank)} of {model.Features.Count} encoded features{share}.");
    }

    private static string Ordinal(int n)
    {
        string ending = (n % 100) is >= 11 and <= 13 ? "th" : (n % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" };
        return FormattableString.Invariant($"{n}{ending}");
    }
}
