using FairMedl.Core.Data;
using FairMedl.Core.Fairness.Counts;
using Xunit;

namespace FairMedl.Tests.Fairness.Counts;

public sealed class IntersectionGroupsTests
{
    private static readonly SensitiveAttribute Sex = new("sex", ["f", "m"], [0, 1, 0, 1, 0, 1]);
    private static readonly SensitiveAttribute Race = new("race", ["x", "y", "z"], [0, 0, 1, 2, 0, 0]);
    private static readonly SensitiveAttribute Age = new("age", ["old", "young"], [1, 1, 1, 0, 1, 0]);

    [Fact]
    public void Cells_OfEveryRow_GiveItsGroupsByAttribute()
    {
        SensitiveAttribute[] attributes = [Sex, Race, Age];
        IntersectionGroups groups = IntersectionGroups.Of(attributes, 6);

        Assert.Equal(5, groups.Count);
        foreach (SensitiveAttribute attribute in attributes)
        {
            Grouping grouping = groups.Of(attribute.Name);
            Assert.Equal(attribute.Groups, groups.Cells.Select(c => grouping.OfCell[c]));
            Assert.Equal(attribute.GroupNames, grouping.Groups);
        }
    }

    [Fact]
    public void Intersection_OfTwoAttributes_HasTheOccurringCombinationsInOrder()
    {
        IntersectionGroups groups = IntersectionGroups.Of([Sex, Race, Age], 6);

        Grouping intersection = groups.Intersection("sex", "race")!;

        Assert.Equal("sex × race", intersection.Name);
        Assert.Equal(["f, x", "f, y", "m, x", "m, z"], intersection.Groups);
        Assert.Equal([0, 2, 1, 3, 0, 2], groups.Cells.Select(c => intersection.OfCell[c]));
    }

    [Fact]
    public void Intersection_OfAnAttributeWithItself_IsNull() => Assert.Null(IntersectionGroups.Of([Sex, Race], 6).Intersection("sex", "sex"));

    [Fact]
    public void Intersection_WithTooManyGroups_IsNull()
    {
        string[] names = [.. Enumerable.Range(0, 11).Select(i => $"g{i}")];
        int rows = 11 * 11;
        var first = new SensitiveAttribute("first", names, [.. Enumerable.Range(0, rows).Select(r => r / 11)]);
        var second = new SensitiveAttribute("second", names, [.. Enumerable.Range(0, rows).Select(r => r % 11)]);

        Assert.Null(IntersectionGroups.Of([first, second], rows).Intersection("first", "second"));
        Assert.NotNull(IntersectionGroups.Of([first, second], 99).Intersection("first", "second"));
    }

    [Fact]
    public void Intersection_OfAnUnknownAttribute_Throws() => Assert.Throws<ArgumentException>(() => IntersectionGroups.Of([Sex], 6).Of("race"));
}
