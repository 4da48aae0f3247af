using System.Text.Json;
using FairMedl.Engine.Models;
using FairMedl.Engine.Training;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Engine;

/// <summary>Replays the numbers of an independent PyTorch implementation: losses, gradients, step order, KL and Adam.</summary>
public sealed class FixtureReplayTests
{
    public static TheoryData<string> Fixtures { get; } =
    [
        "nnet_classification",
        "fairadb_medl_classification",
        "fairadb_medl_classification_balanced",
        "fairadb_medl_regression",
        "fairacl_da_classification",
    ];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void AdversaryStage_OfEachStep_HasTheReferenceLossesAndGradients(string name)
    {
        var fixture = new Fixture(name);
        for (int s = 0; s < fixture.Steps.Count; s++)
        {
            using DisposeScope scope = NewDisposeScope();
            if (!fixture.Steps[s].TryGetProperty("adversary", out JsonElement expected) || expected.ValueKind == JsonValueKind.Null) continue;
            ComposedModel model = fixture.Model(Before(fixture, s));
            Batch batch = fixture.Batch();
            ForwardPass pass = model.Forward(batch, fixture.Noise(s));
            Check("CCE_C", "a_c", model.ClusterAdversary is null ? null : model.ClusterAdversaryLoss(pass, batch));
            Check("CCE_F", "a_f", model.FixedAdversary is null ? null : model.FixedAdversaryLoss(pass, batch));
            Check("CCE_M", "a_m", model.MixedAdversary is null ? null : model.MixedAdversaryLoss(pass, batch));

            void Check(string term, string adversary, Tensor? loss)
            {
                Assert.Equal(expected.GetProperty("losses").TryGetProperty(term, out JsonElement value), loss is not null);
                if (loss is null) return;
                Fixture.AssertClose(Fixture.Floats(value), loss, term);
                AssertGradients(loss, [.. fixture.AdversaryNamed(adversary, model)], expected.GetProperty("gradients"), term);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void PredictorStage_OfEachStep_HasTheReferenceTermsAndGradients(string name)
    {
        var fixture = new Fixture(name);
        for (int s = 0; s < fixture.Steps.Count; s++)
        {
            using DisposeScope scope = NewDisposeScope();
            JsonElement expected = fixture.Steps[s].GetProperty("predictor"), terms = expected.GetProperty("terms"), after = fixture.Steps[s].GetProperty("state_after");
            ComposedModel model = fixture.Model(Before(fixture, s)), updated = fixture.Model(after);
            foreach (((_, Parameter parameter), (_, Parameter source)) in fixture.Named(model).Zip(fixture.Named(updated)).Skip(fixture.PredictorNamed(model).Count()))
            {
                using IDisposable constant = no_grad();
                parameter.copy_(source);
            }

            Batch batch = fixture.Batch();
            ForwardPass pass = model.Forward(batch, fixture.Noise(s));
            LossTerms actual = model.Objective(pass, batch);
            (string, Parameter)[] predictor = [.. fixture.PredictorNamed(model)];
            Check("L_F", actual.Fixed);
            Check("L_M", actual.Mixed);
            Check("KL", actual.KullbackLeibler);
            Check("CCE_C", actual.Cluster);
            Check("CCE_F", actual.FixedAdversary);
            Check("CCE_M", actual.MixedAdversary);
            Check("ACL", actual.Correlation);
            Fixture.AssertClose(Fixture.Floats(expected.GetProperty("total")), actual.Total, "total");
            AssertGradients(actual.Total, predictor, expected.GetProperty("gradients"), "total");
            Fixture.AssertClose(Fixture.Floats(expected.GetProperty("outputs").GetProperty("y_F")), model.Prediction(pass.FixedOutput), "y_F");
            if (pass.MixedOutput is not null) Fixture.AssertClose(Fixture.Floats(expected.GetProperty("outputs").GetProperty("y_M")), model.Prediction(pass.MixedOutput), "y_M");

            void Check(string term, Tensor? value)
            {
                Assert.Equal(terms.TryGetProperty(term, out JsonElement number), value is not null);
                if (value is null) return;
                Fixture.AssertClose(Fixture.Floats(number), value, term);
                AssertGradients(value, predictor, expected.GetProperty("term_gradients").GetProperty(term), term);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void AlternatingStep_TwoSteps_GivesTheReferenceParameters(string name)
    {
        using DisposeScope weights = NewDisposeScope();
        var fixture = new Fixture(name);
        ComposedModel model = fixture.Model(fixture.Parameters);
        var step = new AlternatingStep(model, fixture.Training);
        for (int s = 0; s < fixture.Steps.Count; s++)
        {
            using DisposeScope scope = NewDisposeScope();
            step.Take(fixture.Batch(), fixture.Noise(s), fixture.Training.LearningRate, correlation: true);
            JsonElement after = fixture.Steps[s].GetProperty("state_after");
            foreach ((string names, Parameter parameter) in fixture.Named(model)) Fixture.AssertClose(Fixture.Flat(after, names), parameter, $"step {s} {names}");
        }
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Prediction_AfterTwoSteps_EqualsTheReference(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable constant = no_grad();
        var fixture = new Fixture(name);
        ComposedModel model = fixture.Model(fixture.Steps[^1].GetProperty("state_after"));
        (float[] fixedValues, float[] mixed, float[] soft) = Predict(fixture, model, fixture.X);
        Fixture.AssertClose(Fixture.Floats(fixture.Predictions.GetProperty("y_F")), fixedValues, "y_F");
        if (model.RandomEffects is not null)
        {
            Fixture.AssertClose(Fixture.Floats(fixture.Predictions.GetProperty("y_M")), mixed, "y_M");
            Fixture.AssertClose(Fixture.Floats(fixture.Predictions.GetProperty("y_M_soft_z")), soft, "y_M_soft_z");
        }

        for (int a = 0; a < fixture.Groups.Length; a++)
        {
            double fixedSum = 0, mixedSum = 0;
            for (int g = 0; g < fixture.Groups[a]; g++)
            {
                float[] flipped = fixture.X;
                for (int i = 0; i < fixture.Rows; i++)
                    for (int j = fixture.Blocks[a].Start; j < fixture.Blocks[a].End; j++)
                        flipped[i * fixture.Features + j] = j - fixture.Blocks[a].Start == g ? 1 : 0;
                (float[] f, float[] m, _) = Predict(fixture, model, flipped);
                fixedSum += f.Zip(fixedValues, (p, q) => Math.Abs(p - q)).Sum();
                mixedSum += m.Zip(mixed, (p, q) => Math.Abs(p - q)).Sum();
            }

            double scale = fixture.Rows * (fixture.Groups[a] - 1.0);
            Fixture.AssertClose([(float)fixture.Predictions.GetProperty("CF").GetProperty("FE")[a].GetDouble()], [(float)(fixedSum / scale)], "CF FE");
            if (model.RandomEffects is not null)
                Fixture.AssertClose([(float)fixture.Predictions.GetProperty("CF").GetProperty("ME")[a].GetDouble()], [(float)(mixedSum / scale)], "CF ME");
        }
    }

    private static (float[] Fixed, float[] Mixed, float[] Soft) Predict(Fixture fixture, ComposedModel model, float[] values)
    {
        Tensor x = tensor(values, [fixture.Rows, fixture.Features]), output = model.FixedEffects.Forward(x).Output;
        float[] fixedValues = model.Prediction(output).data<float>().ToArray();
        if (model.RandomEffects is null) return (fixedValues, [], []);
        Effects means = model.RandomEffects.Means();
        Tensor soft = tensor(fixture.SoftClusters, [fixture.Rows, fixture.Clusters]);
        return (
            fixedValues,
            model.Prediction(output + means.Of(x, fixture.Batch().Cluster!)).data<float>().ToArray(),
            model.Prediction(output + means.OfSoft(x, soft)).data<float>().ToArray());
    }

    private static JsonElement Before(Fixture fixture, int step) => step == 0 ? fixture.Parameters : fixture.Steps[step - 1].GetProperty("state_after");

    private static void AssertGradients(Tensor loss, (string Names, Parameter Parameter)[] parameters, JsonElement expected, string what)
    {
        IList<Tensor> gradients = autograd.grad([loss], [.. parameters.Select(p => (Tensor)p.Parameter)], grad_outputs: null, retain_graph: true, create_graph: false, allow_unused: true);
        for (int p = 0; p < parameters.Length; p++)
        {
            string names = parameters[p].Names;
            bool expectsNone = names.Split('|').All(n => !expected.TryGetProperty(n, out JsonElement g) || g.ValueKind == JsonValueKind.Null);
            if (expectsNone)
            {
                if (gradients[p] is { } unwanted) Assert.True(unwanted.abs().max().item<float>() == 0, $"{what} must not reach {names}");
                continue;
            }

            Assert.True(gradients[p] is not null, $"{what} must reach {names}");
            Fixture.AssertClose(Fixture.Flat(expected, names), gradients[p], $"gradient of {what} by {names}");
        }
    }
}
