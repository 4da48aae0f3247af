using System.Text.Json;
using FairMedl.Engine.Models;
using FairMedl.Engine.Training;
using FairMedl.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FairMedl.Engine.SelfTest;

/// <summary>Replays a fixture on the calling thread's device and compares every quantity with the reference.</summary>
internal static class FixtureReplay
{
    /// <summary>Compares losses, gradients, parameters after each step and predictions.</summary>
    public static IReadOnlyList<Comparison> All(Fixture fixture) =>
        [.. AdversaryStage(fixture), .. PredictorStage(fixture), .. Steps(fixture), .. Predictions(fixture)];

    /// <summary>Losses and gradients of the adversaries, from the reference's parameters before each step.</summary>
    public static IReadOnlyList<Comparison> AdversaryStage(Fixture fixture)
    {
        var compared = new List<Comparison>();
        for (int s = 0; s < fixture.Steps.Count; s++)
        {
            using DisposeScope scope = NewDisposeScope();
            if (Optional(fixture.Steps[s], "adversary") is not { } expected) continue;
            ComposedModel model = fixture.Model(fixture.Before(s));
            Batch batch = fixture.Batch();
            ForwardPass pass = model.Forward(batch, fixture.Noise(s));
            Compare("CCE_C", "a_c", model.ClusterAdversary is null ? null : model.ClusterAdversaryLoss(pass, batch));
            Compare("CCE_F", "a_f", model.FixedAdversary is null ? null : model.FixedAdversaryLoss(pass, batch));
            Compare("CCE_M", "a_m", model.MixedAdversary is null ? null : model.MixedAdversaryLoss(pass, batch));

            void Compare(string term, string adversary, Tensor? loss)
            {
                compared.Add(Comparison.Of(term, Numbers(expected.GetProperty("losses"), term), loss?.Values()));
                if (loss is null) return;
                CompareGradients(compared, loss, [.. fixture.AdversaryNamed(adversary, model)], expected.GetProperty("gradients"), term);
            }
        }

        return compared;
    }

    /// <summary>Terms and gradients of the predictor's objective, with the adversaries as the reference has just updated them.</summary>
    public static IReadOnlyList<Comparison> PredictorStage(Fixture fixture)
    {
        var compared = new List<Comparison>();
        for (int s = 0; s < fixture.Steps.Count; s++)
        {
            using DisposeScope scope = NewDisposeScope();
            JsonElement expected = fixture.Steps[s].GetProperty("predictor"), outputs = expected.GetProperty("outputs");
            ComposedModel model = BeforePredictor(fixture, s);
            Batch batch = fixture.Batch();
            ForwardPass pass = model.Forward(batch, fixture.Noise(s));
            LossTerms actual = model.Objective(pass, batch);
            (string, Parameter)[] predictor = [.. fixture.PredictorNamed(model)];
            Compare("L_F", actual.Fixed);
            Compare("L_M", actual.Mixed);
            Compare("KL", actual.KullbackLeibler);
            Compare("CCE_C", actual.Cluster);
            Compare("CCE_F", actual.FixedAdversary);
            Compare("CCE_M", actual.MixedAdversary);
            Compare("ACL", actual.Correlation);
            compared.Add(Comparison.Of("total", Numbers(expected, "total"), actual.Total.Values()));
            CompareGradients(compared, actual.Total, predictor, expected.GetProperty("gradients"), "total");
            compared.Add(Comparison.Of("y_F", Numbers(outputs, "y_F"), model.Prediction(pass.FixedOutput).Values()));
            compared.Add(Comparison.Of("y_M", Numbers(outputs, "y_M"),
                pass.MixedOutput is null ? null : model.Prediction(pass.MixedOutput).Values()));

            void Compare(string term, Tensor? value)
            {
                compared.Add(Comparison.Of(term, Numbers(expected.GetProperty("terms"), term), value?.Values()));
                if (value is null) return;
                CompareGradients(compared, value, predictor, expected.GetProperty("term_gradients").GetProperty(term), term);
            }
        }

        return compared;
    }

    /// <summary>All parameters after each whole step: order of the updates, Adam and losses together.</summary>
    public static IReadOnlyList<Comparison> Steps(Fixture fixture)
    {
        var compared = new List<Comparison>();
        using DisposeScope weights = NewDisposeScope();
        ComposedModel model = fixture.Model(fixture.Parameters);
        var step = new AlternatingStep(model, fixture.Training);
        for (int s = 0; s < fixture.Steps.Count; s++)
        {
            using DisposeScope scope = NewDisposeScope();
            step.Take(fixture.Batch(), fixture.Noise(s), fixture.Training.LearningRate, correlation: true);
            JsonElement after = fixture.Steps[s].GetProperty("state_after");
            foreach ((string names, Parameter parameter) in fixture.Named(model))
                compared.Add(Comparison.Of($"{names} after step {s + 1}", Fixture.Flat(after, names), parameter.Values()));
        }

        return compared;
    }

    /// <summary>Predictions with the reference's last parameters, and the mean change by attribute flips.</summary>
    public static IReadOnlyList<Comparison> Predictions(Fixture fixture)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable constant = no_grad();
        var compared = new List<Comparison>();
        ComposedModel model = fixture.Model(fixture.Before(fixture.Steps.Count));
        (float[] fixedValues, float[]? mixed, float[]? soft) = Predict(fixture, model, fixture.X);
        compared.Add(Comparison.Of("y_F", Numbers(fixture.Predictions, "y_F"), fixedValues));
        compared.Add(Comparison.Of("y_M", Numbers(fixture.Predictions, "y_M"), mixed));
        compared.Add(Comparison.Of("y_M of soft clusters", Numbers(fixture.Predictions, "y_M_soft_z"), soft));

        JsonElement flips = fixture.Predictions.GetProperty("CF");
        for (int a = 0; a < fixture.Groups.Length; a++)
        {
            double fixedSum = 0, mixedSum = 0;
            for (int g = 0; g < fixture.Groups[a]; g++)
            {
                (float[] f, float[]? m, _) = Predict(fixture, model, Flipped(fixture, a, g));
                fixedSum += f.Zip(fixedValues, (p, q) => Math.Abs(p - q)).Sum();
                mixedSum += m?.Zip(mixed!, (p, q) => Math.Abs(p - q)).Sum() ?? 0;
            }

            double scale = fixture.Rows * (fixture.Groups[a] - 1.0);
            compared.Add(Comparison.Of($"attribute {a + 1} flipped, FE", [(float)flips.GetProperty("FE")[a].GetDouble()],
                [(float)(fixedSum / scale)]));
            compared.Add(Comparison.Of($"attribute {a + 1} flipped, ME",
                Optional(flips, "ME") is { } values ? [(float)values[a].GetDouble()] : null,
                mixed is null ? null : [(float)(mixedSum / scale)]));
        }

        return compared;
    }

    private static ComposedModel BeforePredictor(Fixture fixture, int step)
    {
        ComposedModel model = fixture.Model(fixture.Before(step)), updated = fixture.Model(fixture.Before(step + 1));
        int predictor = fixture.PredictorNamed(model).Count();
        using IDisposable constant = no_grad();
        foreach (((_, Parameter parameter), (_, Parameter source)) in fixture.Named(model).Zip(fixture.Named(updated)).Skip(predictor))
            parameter.copy_(source);
        return model;
    }

    private static float[] Flipped(Fixture fixture, int attribute, int group)
    {
        float[] flipped = fixture.X;
        (int start, int end) = fixture.Blocks[attribute];
        for (int i = 0; i < fixture.Rows; i++)
            for (int j = start; j < end; j++)
                flipped[i * fixture.Features + j] = j - start == group ? 1 : 0;
        return flipped;
    }

    private static (float[] Fixed, float[]? Mixed, float[]? Soft) Predict(Fixture fixture, ComposedModel model, float[] values)
    {
        Tensor x = tensor(values, [fixture.Rows, fixture.Features]).OnDevice(), output = model.FixedEffects.Forward(x).Output;
        float[] fixedValues = model.Prediction(output).Values();
        if (model.RandomEffects is null) return (fixedValues, null, null);
        Effects means = model.RandomEffects.Means();
        Tensor soft = tensor(fixture.SoftClusters, [fixture.Rows, fixture.Clusters]).OnDevice();
        return (
            fixedValues,
            model.Prediction(output.Plus(means.Of(x, fixture.Batch().Cluster!))).Values(),
            model.Prediction(output.Plus(means.OfSoft(x, soft))).Values());
    }

    /// <summary>Compares a loss's gradient by each parameter; where the reference has none, the loss must not reach the parameter.</summary>
    private static void CompareGradients(List<Comparison> compared, Tensor loss, (string Names, Parameter Parameter)[] parameters,
        JsonElement expected, string what)
    {
        IList<Tensor> gradients = autograd.grad([loss], [.. parameters.Select(p => (Tensor)p.Parameter)], grad_outputs: null,
            retain_graph: true, create_graph: false, allow_unused: true);
        for (int p = 0; p < parameters.Length; p++)
        {
            string names = parameters[p].Names;
            float[]? actual = Exists(gradients[p]) ? gradients[p].Values() : null;
            float[]? reference = names.Split('|').All(name => Optional(expected, name) is null) ? null : Fixture.Flat(expected, names);
            if (reference is null && actual is not null && actual.All(value => value == 0)) actual = null;
            compared.Add(Comparison.Of($"gradient of {what} by {names}", reference, actual));
        }
    }

    // TorchSharp returns a tensor without a handle for an input that was not used.
#if TORCH_MANAGED
    private static bool Exists(Tensor? gradient) => gradient is not null;
#else
    private static bool Exists(Tensor? gradient) => gradient is { IsInvalid: false };
#endif

    private static float[]? Numbers(JsonElement parent, string name) =>
        Optional(parent, name) is { } value ? Fixture.Floats(value) : null;

    private static JsonElement? Optional(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value)
            && value.ValueKind != JsonValueKind.Null ? value : null;
}
