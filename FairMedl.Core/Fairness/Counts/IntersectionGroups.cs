using FairMedl.Core.Data;

namespace FairMedl.Core.Fairness.Counts;

/// <summary>
/// The combinations of all sensitive attributes' groups that occur among a study's rows ("cells"). Counts by cell add up
/// to counts by any attribute, or by the intersection of any two.
/// </summary>
public sealed class IntersectionGroups
{
    /// <summary>Maximum number of intersectional groups; more would be too small to audit and too many to read.</summary>
    public const int MaxIntersections = 100;

    private readonly IReadOnlyList<SensitiveAttribute> attributes;
    private readonly int[][] groupOf;

    private IntersectionGroups(IReadOnlyList<SensitiveAttribute> attributes, int[] cells, int[][] groupOf)
    {
        this.attributes = attributes;
        this.groupOf = groupOf;
        Cells = cells;
    }

    /// <summary>The cell of each row.</summary>
    public int[] Cells { get; }

    /// <summary>Number of cells.</summary>
    public int Count => groupOf.Length == 0 ? 1 : groupOf[0].Length;

    /// <summary>The cells of a study's rows.</summary>
    public static IntersectionGroups Of(IReadOnlyList<SensitiveAttribute> attributes, int rows)
    {
        var cells = new int[rows];
        List<int>[] groupOf = [.. attributes.Select(_ => new List<int>())];
        var known = new Dictionary<(int Cell, int Group), int>();
        for (int a = 0; a < attributes.Count; a++)
        {
            // One attribute at a time: the cell so far and this attribute's group give the next cell.
            known.Clear();
            List<int> parents = [], groups = [];
            for (int row = 0; row < rows; row++)
            {
                (int, int) key = (cells[row], attributes[a].Groups[row]);
                if (!known.TryGetValue(key, out int cell))
                {
                    known[key] = cell = known.Count;
                    parents.Add(key.Item1);
                    groups.Add(key.Item2);
                }

                cells[row] = cell;
            }

            for (int earlier = 0; earlier < a; earlier++)
            {
                List<int> former = groupOf[earlier];
                groupOf[earlier] = [.. parents.Select(p => former[p])];
            }

            groupOf[a] = groups;
        }

        return new IntersectionGroups(attributes, cells, [.. groupOf.Select(g => g.ToArray())]);
    }

    /// <summary>All groups of one attribute.</summary>
    /// <exception cref="ArgumentException">There is no such attribute.</exception>
    public Grouping Of(string attribute)
    {
        int a = IndexOf(attribute);
        return new Grouping(attribute, attributes[a].GroupNames, groupOf[a]);
    }

    /// <summary>
    /// The intersection of two attributes: their combinations that occur among the study's rows, in the order of the first's groups,
    /// then of the second's. Null where there are more than <see cref="MaxIntersections"/>, or where both are the same attribute.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such attribute.</exception>
    public Grouping? Intersection(string first, string second)
    {
        int a = IndexOf(first), b = IndexOf(second);
        if (a == b) return null;
        int others = attributes[b].GroupNames.Count;
        int[] keys = [.. groupOf[a].Zip(groupOf[b], (x, y) => x * others + y)];
        int[] present = [.. keys.Distinct().Order()];
        if (present.Length > MaxIntersections) return null;
        var place = present.Select((key, i) => (key, i)).ToDictionary(p => p.key, p => p.i);
        return new Grouping(
            IntersectionName(first, second),
            [.. present.Select(key => $"{attributes[a].GroupNames[key / others]}, {attributes[b].GroupNames[key % others]}")],
            [.. keys.Select(key => place[key])]);
    }

    /// <summary>The name of the intersection of two attributes, such as "sex × race".</summary>
    public static string IntersectionName(string first, string second) => $"{first} × {second}";

    private int IndexOf(string attribute)
    {
        for (int a = 0; a < attributes.Count; a++)
            if (attributes[a].Name == attribute) return a;
        throw new ArgumentException($"There is no sensitive attribute '{attribute}'.", nameof(attribute));
    }
}

/// <summary>Grouping of the cells of <see cref="IntersectionGroups"/>.</summary>
/// <param name="Name">The attribute, or the intersection of two.</param>
/// <param name="Groups">K names.</param>
/// <param name="OfCell">Per cell 0 .. K-1.</param>
public sealed record Grouping(string Name, IReadOnlyList<string> Groups, int[] OfCell);
