using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Numerics;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;
using FairMedl.Tests.Studies;
using Xunit;

namespace FairMedl.Tests.Interpretation;

public sealed class ProbesTests
{
    [Fact]
    public void AddTo_AStudy_AppendsShapesOfTheClusterMeanForSeenRowsAndZeroForUnseen()
    {
        StudyData data = StudyDataBuilder.Build(SmallStudy.Table(), SmallStudy.Definition("nnet").Data);
        StudyData probed = Probes.AddTo(data, new RandomStream(1));
        FeatureSource[] probes = [.. probed.Features.Skip(data.Features.Count)];
        Assert.Equal(Probes.Names, probes.Select(p => p.Column));
        Assert.All(probes, p => Assert.True(p.IsProbe));
        Assert.All(data.UnseenRows, row => Assert.All(probes, p => Assert.Equal(0, p.Numbers![row])));

        for (int c = 0; c < data.SeenClusterCount; c++)
        {
            int[] rows = [.. data.SeenRows.Where(r => data.Cluster[r] == c)];
            double rate = rows.Average(r => data.Target[r]), tolerance = 4 * 0.05 / Math.Sqrt(rows.Length);
            double[] expected = [rate, rate * rate, 1 / Math.Max(rate, 0.01), Math.Cos(rate), Math.Sin(rate)];
            for (int p = 0; p < probes.Length; p++) Assert.Equal(expected[p], rows.Average(r => probes[p].Numbers![r]), tolerance);
        }
    }

    /// <summary>Noise N(0, .05^2) by row, of its own for each probe; the sample's SD is within four standard errors.</summary>
    [Fact]
    public void AddTo_AStudy_AddsIndependentNoiseToEachProbe()
    {
        StudyData data = StudyDataBuilder.Build(SmallStudy.Table(rows: 2000), SmallStudy.Definition("nnet").Data);
        FeatureSource[] probes = [.. Probes.AddTo(data, new RandomStream(5)).Features.Skip(data.Features.Count)];
        double[][] noise = [.. probes.Select(p => Noise(data, p))];
        double n = data.SeenRows.Length;

        Assert.All(noise, of => Assert.Equal(0.05, Math.Sqrt(of.Average(e => e * e)), 4 * 0.05 / Math.Sqrt(2 * n)));
        for (int p = 1; p < noise.Length; p++)
            Assert.Equal(0, noise[0].Zip(noise[p], (e, f) => e * f).Average() / (0.05 * 0.05), 4 / Math.Sqrt(n));
    }

    [Fact]
    public void AddTo_OneProbe_AddsRWithTheValuesThatItHasAmongFive()
    {
        StudyDefinition definition = SmallStudy.Definition("nnet");
        StudyData Of(ProbeSet? set) => StudyPlan.Create(definition with { Protocol = new ProtocolSpecification { Folds = 2, Probes = true, ProbeSet = set } }, SmallStudy.Table()).Data;
        FeatureSource[] one = [.. Of(ProbeSet.One).Features.Where(f => f.IsProbe)], five = [.. Of(null).Features.Where(f => f.IsProbe)];

        Assert.Equal("probe r", Assert.Single(one).Column);
        Assert.Equal(5, five.Length);
        Assert.Equal(five[0].Numbers, one[0].Numbers);
        Assert.Equal(five.Select(f => f.Column), Of(ProbeSet.Five).Features.Where(f => f.IsProbe).Select(f => f.Column));
    }

    [Fact]
    public void AddTo_ColumnWithAProbesName_FailsWithTheColumn()
    {
        StudyData data = StudyDataBuilder.Build(SmallStudy.Table(), SmallStudy.Definition("nnet").Data);
        StudyData taken = data.WithFeatures([new FeatureSource { Column = "probe r", Numbers = new float[data.RowCount] }]);
        Assert.Equal("probe r", Assert.Single(Assert.Throws<InputException>(() => Probes.AddTo(taken, new RandomStream(1))).Faults).Column);
    }

    [Fact]
    public void Importance_OfAStudyWithProbes_MarksThem()
    {
        StudyDefinition definition = SmallStudy.Definition("nnet") with { Protocol = new ProtocolSpecification { Folds = 2, Probes = true } };
        StudyPlan plan = StudyPlan.Create(definition, SmallStudy.Table());
        StudyResults results = StudyRunner.Run(plan, TestCompute.Managed, 2, null, CancellationToken.None);
        Assert.Equal(5, Assert.Single(results.Importance).Features.Count(f => f.IsProbe));
    }

    /// <summary>Deviation of each seen row's value from the mean of its cluster.</summary>
    private static double[] Noise(StudyData data, FeatureSource probe)
    {
        double[] means = [.. Enumerable.Range(0, data.SeenClusterCount)
            .Select(c => data.SeenRows.Where(row => data.Cluster[row] == c).Average(row => probe.Numbers![row]))];
        return [.. data.SeenRows.Select(row => probe.Numbers![row] - means[data.Cluster[row]])];
    }
}
