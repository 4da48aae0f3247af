using FairMedl.Core.Experiments;

namespace FairMedl.Web.Results;

/// <summary>A study's results at the thresholds and crossings that one page asked for; the last few are remembered, since a page asks again at every choice.</summary>
public sealed class RecountedResults(GatheredStudy gathered)
{
    private const int Remembered = 6;
    private readonly Queue<(Split Split, double? Threshold, (string, string)? Intersection)> order = [];
    private readonly Dictionary<(Split, double?, (string, string)?), StudyResults> known = [];

    /// <summary>What was gathered.</summary>
    public GatheredStudy Gathered { get; } = gathered;

    /// <summary>Whether an address asks for what must be counted anew: work for a thread of its own.</summary>
    public bool Counts(ResultsAddress address) => Gathered.Scores is not null && (address.Threshold is not null || address.With is not null);

    /// <summary>The results at a threshold (null = each fit's own) and with two attributes crossed.</summary>
    public StudyResults At(Split split, double? threshold, (string First, string Second)? crossed)
    {
        if (Gathered.Scores is not { } scores || (threshold is null && crossed is null)) return Gathered.Results;
        if (known.TryGetValue((split, threshold, crossed), out StudyResults? recounted)) return recounted;
        recounted = scores.Recount(Gathered.Results, split, threshold, crossed);
        known[(split, threshold, crossed)] = recounted;
        order.Enqueue((split, threshold, crossed));
        if (order.Count > Remembered) known.Remove(order.Dequeue());
        return recounted;
    }
}
