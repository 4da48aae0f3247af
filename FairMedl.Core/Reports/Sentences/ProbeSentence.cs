using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Sentences;

/// <summary>
/// The ranks of the confounding probes, one sentence per model: "NNet ranks probe 1/r 45th, probe r 70th of 77
/// features; none is in its top ten."
/// </summary>
public static class ProbeSentence
{
    private const int Top = 10;

    /// <summary>A sentence for each model; nothing in a study without probes.</summary>
    public static IReadOnlyList<string> Of(StudyResults results) =>
        [.. results.Importance.Where(m => m.Features.Any(f => f.IsProbe)).Select(Of)];

    private static string Of(ImportanceResult model)
    {
        FeatureImportance[] probes = [.. model.Features.Where(f => f.IsProbe).OrderBy(f => f.Rank)];
        FeatureImportance[] high = [.. probes.Where(f => f.Rank <= Top)];
        string ranks = string.Join(", ", probes.Select(p => $"{p.Feature} {Ordinal(p.Rank)}"));
        string inTop = high.Length switch
        {
            0 => "none is in its top ten",
            1 => "one is in its top ten",
            _ => FormattableString.Invariant($"{high.Length} are in its top ten"),
        };
        return FormattableString.Invariant($"{ResultNames.Model(model.Model)} ranks {ranks} of {model.Features.Count} features; {inTop}.");
    }

    private static string Ordinal(int n)
    {
        string ending = (n % 100) is >= 11 and <= 13 ? "th" : (n % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" };
        return FormattableString.Invariant($"{n}{ending}");
    }
}
