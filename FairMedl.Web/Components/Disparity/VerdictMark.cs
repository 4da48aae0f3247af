using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;

namespace FairMedl.Web.Components.Disparity;

/// <summary>
/// How a <see cref="Verdict"/> is drawn: an arrow in the direction of the change and a colour, both only where the evidence
/// supports a change.
/// </summary>
public static class VerdictMark
{
    /// <summary>▼ or ▲ for a clear change, by the direction in which the value moved; – for none; ? where nothing can be judged.</summary>
    public static string Arrow(Verdict verdict, BetterDirection better) => verdict.Kind switch
    {
        VerdictKind.ClearImprovement => better == BetterDirection.Higher ? "▲" : "▼",
        VerdictKind.ClearlyWorse => better == BetterDirection.Higher ? "▼" : "▲",
        VerdictKind.NoClearChange => "–",
        VerdictKind.CannotJudge => "?",
    };

    /// <summary>The css class of the verdict.</summary>
    public static string Class(Verdict verdict) => verdict.Kind switch
    {
        VerdictKind.ClearImprovement => "verdict-better",
        VerdictKind.ClearlyWorse => "verdict-worse",
        VerdictKind.NoClearChange => "verdict-none",
        VerdictKind.CannotJudge => "verdict-unknown",
    };
}
