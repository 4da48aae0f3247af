using FairMedl.Core.Data;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Engine.Models;
using FairMedl.Engine.Training;
using FairMedl.Tests.Studies;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Engine;

public class BatchLoaderTests
{
    public static TheoryData<string> Models() => [.. ModelCatalogue.All.Select(kind => kind.Id)];

    /// <summary>Every label that a model's losses read is the row's own, in each batch; the others are left out.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void Load_OfAnyModel_HoldsTheLabelsOfItsRows(string model)
    {
        using DisposeScope scope = NewDisposeScope();
        StudyData data = StudyDataBuilder.Build(SmallStudy.Table(), SmallStudy.Definition(model).Data);
        ModelKind kind = ModelCatalogue.Find(model)!;
        int[] rows = [.. data.SeenRows];
        TargetScale scale = TargetScale.Of(data, rows, classWeights: true);
        var loader = new BatchLoader(
            data, FeatureEncoder.Fit(data, rows), scale, rows, new FitSpecification(kind, new ModelSettings(), new TrainingSettings()));
        int[] groupCounts = [.. data.Sensitive.Select(s => s.GroupNames.Count)];
        foreach (int[] chosen in new[] { rows[..40], rows[200..217], [rows[3]] })
        {
            Batch batch = loader.Load(chosen);
            Assert.Equal(chosen.Select(r => data.Target[r]), batch.Target.data<float>().ToArray());
            Assert.Equal(chosen.Select(r => data.Target[r] == 1 ? scale.PositiveWeight!.Value : scale.NegativeWeight!.Value), batch.RowWeight!.data<float>().ToArray());
            Assert.Equal(kind.RandomEffects || kind.ClusterAdversary, batch.Cluster is not null);
            if (batch.Cluster is not null) Assert.Equal(chosen.Select(r => (long)data.Cluster[r]), batch.Cluster.data<long>().ToArray());
            Assert.Equal(kind.Debiasing == Debiasing.Adversary, batch.Groups is not null);
            if (batch.Groups is not null) Assert.Equal(chosen.SelectMany(r => data.Sensitive.Select(s => (long)s.Groups[r])), batch.Groups.data<long>().ToArray());
            Assert.Equal(kind.Debiasing == Debiasing.Correlation, batch.Indicators is not null);
            if (batch.Indicators is not null)
                Assert.Equal(chosen.SelectMany(r => data.Sensitive.SelectMany((s, a) => Enumerable.Range(0, groupCounts[a]).Select(k => s.Groups[r] == k ? 1f : 0))), batch.Indicators.data<float>().ToArray());
        }
    }
}
