using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Web.Results;

/// <summary>A study's results at the thresholds and with the intersections that one page requested. The last few are kept, because a page requests them again at every choice.</summary>
public sealed class RecountedResults(GatheredStudy gathered)
{
    private const int Remembered = 6;
    private readonly Queue<(Split Split, double? Threshold, (string, string)? Intersection)> order = [];
    private readonly Dictionary<StudyResults, StudyResults> turned = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(Split, double?, (string, string)?), StudyResults> known = [];

    /// <summary>The study as it was gathered.</summary>
    public GatheredStudy Gathered { get; } = gathered;

    /// <summary>Whether an address requests what must be recomputed, on a thread of its own.</summary>
    public bool MustRecompute(ResultsAddress address) => Gathered.Scores is not null && (address.Threshold is not null || address.With is not null);

    /// <summary>
    /// The results at a threshold (null = each model's own), with the intersection of two attributes, led by the spreads over some groups.
    /// </summary>
    public StudyResults At(Split split, double? threshold, (string First, string Second)? intersection, CountedGroups counted)
    {
        StudyResults results = At(split, threshold, intersection);
        if (results.Counted == counted) return results;
        if (turned.TryGetValue(results, out StudyResults? known)) return known;
        if (turned.Count > Remembered) turned.Clear();
        return turned[results] = results.Counting(counted);
    }

    private StudyResults At(Split split, double? threshold, (string First, string Second)? intersection)
    {
        if (Gathered.Scores is not { } scores || (threshold is null && intersection is null)) return Gathered.Results;
        if (known.TryGetValue((split, threshold, intersection), out StudyResults? recounted)) return recounted;
        recounted = scores.Recount(Gathered.Results, split, threshold, intersection);
        known[(split, threshold, intersection)] = recounted;
        order.Enqueue((split, threshold, intersection));
        if (order.Count > Remembered) known.Remove(order.Dequeue());
        return recounted;
    }
}
