using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Web.Components.Addresses;
using Xunit;

namespace FairMedl.Tests.Web.Components.Addresses;

public sealed class CompareAddressTests
{
    [Fact]
    public void Address_IsReadAsItWasWritten()
    {
        var address = new CompareAddress
        {
            Runs = [new(3, "medl"), new(5, "fair-adb-medl"), new(3, "nnet")],
            Baseline = new RunKey(5, "fair-adb-medl"),
            Head = Head.FixedEffects,
            Split = Split.Unseen,
            Attribute = "marital & status, so to say",
            Spread = "fpr_sd",
            Rate = "fpr",
            Counted = CountedGroups.All,
        };

        CompareAddress read = CompareAddress.Parse("http://localhost" + address.ToUri());

        Assert.Equal(address.Runs, read.Runs);
        Assert.Equal(address, read with { Runs = address.Runs });
    }

    [Fact]
    public void Address_OfNothing_IsThePathAlone() => Assert.Equal("/compare", new CompareAddress().ToUri());

    [Theory]
    [InlineData("?runs=")]
    [InlineData("?runs=,,,&baseline=x&head=zz&split=9")]
    [InlineData("?runs=medl,.medl,3.,-3.medl,3.5,99999999999.medl,%00&baseline=...")]
    public void Nonsense_IsNoRun(string query)
    {
        CompareAddress read = CompareAddress.Parse("/compare" + query);

        Assert.DoesNotContain(read.Runs, r => r.Model != "5");
        Assert.Equal((null, null, Split.Seen), (read.Baseline, read.Head, read.Split));
    }

    [Fact]
    public void Runs_AreDistinctAndNotTooMany()
    {
        CompareAddress read = CompareAddress.Parse("/compare?runs=" + string.Join(',', Enumerable.Range(1, 40).SelectMany(i => new[] { $"{i}.medl", $"{i}.medl" })));

        Assert.Equal(CompareAddress.MostRuns, read.Runs.Distinct().Count());
        Assert.Equal(CompareAddress.MostRuns, read.Runs.Count);
        Assert.Same(read, read.With(new RunKey(99, "medl")));
    }

    [Fact]
    public void Without_TheBaseline_LeavesNone()
    {
        var address = new CompareAddress { Runs = [new(1, "a"), new(1, "b")], Baseline = new RunKey(1, "b") };

        Assert.Null(address.Without(new RunKey(1, "b")).Baseline);
        Assert.Equal(new RunKey(1, "b"), address.Without(new RunKey(1, "a")).Baseline);
    }
}
