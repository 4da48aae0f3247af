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
}
