using FairMedl.Core.Data.Roles;
using FairMedl.Web.Roles.Groups;
using Xunit;

namespace FairMedl.Tests.Web.Roles;

public sealed class SmallGroupTests
{
    [Theory]
    [InlineData(100, 60, 40, null)]
    [InlineData(100, 12, 88, "fewer than 30 positives")]
    [InlineData(100, 88, 12, "fewer than 30 negatives")]
    [InlineData(40, 20, 20, "fewer than 30 positives and negatives")]
    [InlineData(88, 0, 88, "no positives")]
    [InlineData(12, 0, 12, "no positives, fewer than 30 negatives")]
    [InlineData(0, 0, 0, "no rows")]
    [InlineData(12, null, null, "fewer than 30 rows")]
    public void Warning_NamesWhatIsTooFew(int n, int? positives, int? negatives, string? expected)
    {
        int least = positives is null ? n : Math.Min(positives.Value, negatives!.Value);

        Assert.Equal(expected, SmallGroup.Warning(new GroupCount(["f"], n, positives, negatives, 0.5, least < GroupTable.MinimumCount)));
    }
}
