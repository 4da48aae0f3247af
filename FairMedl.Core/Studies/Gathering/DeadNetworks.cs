using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;

namespace FairMedl.Core.Studies.Gathering;

/// <summary>
/// Finds fits that learned nothing: a head that predicts the same for every test row, within a thousandth (of a
/// probability; regression: of the target's SD). All units of a narrow layer were driven below zero, from where no gradient
/// brings them back. A constant prediction has no spread between groups, so a constant predictions looks perfectly fair.
/// </summary>
internal static class DeadNetworks
{
    private const double Least = 1e-3;
    private const int Named = 12;

    /// <summary>The dead heads among some fits.</summary>
    public static IReadOnlyList<(FitKey Key, Head Head)> In(StudyData data, IReadOnlyList<FitResult> fits)
    {
        double unit = data.Task == PredictionTask.Classification ? 1 : Sd(data);
        return
        [
            .. fits.Where(f => IsConstant(f.FixedEffects, unit)).Select(f => (f.Key, Head.FixedEffects)),
            .. fits.Where(f => f.MixedEffects is { } mixed && IsConstant(mixed, unit)).Select(f => (f.Key, Head.MixedEffects)),
        ];
    }

    /// <summary>A sentence for each dead head, and how many more there are.</summary>
    public static IEnumerable<string> Warnings(IReadOnlyList<(FitKey Key, Head Head)> dead)
    {
        foreach ((FitKey key, Head head) in dead.Take(Named))
        {
            string effects = head == Head.FixedEffects ? "fixed" : "mixed";
            yield return FormattableString.Invariant($"{ModelCatalogue.Find(key.Model)?.Name ?? key.Model}, seed {key.Seed}, fold {key.Fold}: the {effects} effects give every test row the same prediction. Equal predictions look fair but carry no information. Use a wider network or weaker debiasing.");
        }

        if (dead.Count > Named) yield return FormattableString.Invariant($"{dead.Count - Named} more fits give every test row the same prediction.");
    }

    private static bool IsConstant(HeadPredictions head, double unit) =>
        head.Test.Length > 1 && head.Test.Max() - head.Test.Min() < Least * unit;

    private static double Sd(StudyData data)
    {
        double mean = data.SeenRows.Average(r => (double)data.Target[r]);
        return Math.Sqrt(data.SeenRows.Average(r => (data.Target[r] - mean) * (data.Target[r] - mean)));
    }
}
