using FairMedl.Core.Data.NewFiles;

namespace FairMedl.Core.Data.Profiling;

/// <summary>Counts values in bounded memory: beyond a number of distinct ones, further ones are counted together.</summary>
internal sealed class ValueTally
{
    private const int MaxDistinct = 1_000, Shown = 10;
    private readonly Dictionary<string, long> counts = new(StringComparer.Ordinal);
    private long total;
    private bool isCut;

    public void Add(string value)
    {
        total++;
        if (counts.TryGetValue(value, out long count)) counts[value] = count + 1;
        else if (counts.Count < MaxDistinct) counts[value] = 1;
        else isCut = true;
    }

    public ValueCounts Finish()
    {
        (string, long)[] most = [.. counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(Shown)
            .Select(c => (c.Key, c.Value))];
        return new ValueCounts(total, most, counts.Count - most.Length, isCut);
    }
}
