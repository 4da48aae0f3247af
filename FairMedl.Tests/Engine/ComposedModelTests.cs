using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Engine.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Engine;

public sealed class ComposedModelTests
{
    private static readonly ModelShape Shape = new(2, 2, [2], PredictionTask.Classification);

    /// <summary>An adversary whose weight is 0 would be trained for nothing.</summary>
    [Fact]
    public void ComposedModel_OfZeroWeights_HasNoAdversaries()
    {
        using DisposeScope scope = NewDisposeScope();
        var off = new ModelSettings { LambdaG = 0, LambdaFe = 0, LambdaMe = 0, LambdaS = 0 };

        ComposedModel adversarial = Model("fair-adb-medl", off), correlated = Model("fair-acl-da", off);

        Assert.Null(adversarial.ClusterAdversary);
        Assert.Null(adversarial.FixedAdversary);
        Assert.Null(adversarial.MixedAdversary);
        Assert.False(correlated.UsesCorrelation);
        Assert.True(Model("fair-acl-da", new ModelSettings()).UsesCorrelation);
    }

    [Fact]
    public void Objective_WithoutLambdaF_HasNoLossOfTheFixedEffects()
    {
        using DisposeScope scope = NewDisposeScope();
        ComposedModel model = Model("medl", new ModelSettings { LambdaF = 0, LambdaG = 0, LambdaK = 0 });

        LossTerms terms = model.Objective(model.Forward(OneRow(), new Effects(zeros(2, 2), zeros(2, 1))), OneRow());

        Assert.Null(terms.Fixed);
        Assert.Null(terms.KullbackLeibler);
        Assert.Equal(terms.Mixed!.item<float>(), terms.Total.item<float>());
    }

    [Fact]
    public void Objective_WithoutAnyDataLoss_IsAnError()
    {
        using DisposeScope scope = NewDisposeScope();
        ComposedModel model = Model("nnet", new ModelSettings { LambdaY = 0 });

        Assert.Throws<InvalidOperationException>(() => model.Objective(model.Forward(OneRow(), null), OneRow()));
    }

    [Fact]
    public void Forward_RandomEffectsWithoutNoise_IsAnError()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Throws<ArgumentNullException>(() => Model("medl", new ModelSettings()).Forward(OneRow(), null));
    }

    private static ComposedModel Model(string kind, ModelSettings settings) =>
        new(ModelCatalogue.Find(kind)!, settings, Shape, new RandomStream(1));

    private static Batch OneRow() => new(tensor([0.5f, -1], [1, 2]), tensor([1f], [1, 1]), null, tensor([1L]), null);
}
