using System.Text.Json;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Engine.Models;
using FairMedl.Torch;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Engine;

/// <summary>One file of Reference/torch-fixtures: batch, noise, parameters and the numbers to reproduce.</summary>
internal sealed class Fixture
{
    private readonly JsonElement root;

    public Fixture(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Reference", "torch-fixtures", name + ".json");
        root = JsonDocument.Parse(File.ReadAllText(path)).RootElement;
    }

    private JsonElement Config => root.GetProperty("config");

    private JsonElement Data => root.GetProperty("data");

    public PredictionTask Task => Config.GetProperty("task").GetString() == "regression" ? PredictionTask.Regression : PredictionTask.Classification;

    public int[] Groups => Ints(root.GetProperty("shapes").GetProperty("groups"));

    public (int Start, int End)[] Blocks => [.. root.GetProperty("shapes").GetProperty("blocks").EnumerateArray().Select(b => (b[0].GetInt32(), b[1].GetInt32()))];

    public int Rows => Int("rows");

    public int Features => Int("features");

    public int Clusters => Int("clusters");

    public IReadOnlyList<JsonElement> Steps => [.. root.GetProperty("steps").EnumerateArray()];

    public JsonElement Predictions => root.GetProperty("predictions");

    public JsonElement Parameters => root.GetProperty("parameters");

    public TrainingSettings Training { get; } = new() { ClipNorm = 0, LearningRate = 1e-3 };

    public float[] X => Floats(Data.GetProperty("x"));

    public float[] SoftClusters => Floats(Data.GetProperty("z_soft"));

    public int Group(int row, int attribute) => Data.GetProperty("s")[row][attribute].GetInt32();

    public ComposedModel Model(JsonElement parameters)
    {
        bool randomEffects = Config.GetProperty("random_effects").GetBoolean();
        string? fair = Config.GetProperty("fair").GetString();
        var kind = new ModelKind("fixture", "", "", "", Config.GetProperty("cluster_adversary").GetBoolean(), randomEffects,
            fair switch { "adb" => Debiasing.Adversary, "acl" => Debiasing.Correlation, _ => Debiasing.None });
        var settings = new ModelSettings
        {
            Hidden = Ints(Config.GetProperty("hidden")),
            ClusterAdversaryHidden = Ints(Config.GetProperty("ac_hidden")),
            AdversaryHidden = Config.GetProperty("adv_hidden").GetInt32(),
            LambdaY = Number("lam_y"),
            LambdaF = Number("lam_F"),
            LambdaG = Number("lam_g"),
            LambdaK = Number("lam_K"),
            LambdaFe = Number("lam_FE"),
            LambdaMe = Number("lam_ME"),
            LambdaS = Number("lam_s"),
            PriorSlopeSd = Number("prior_slope"),
            PriorInterceptSd = Number("prior_intercept"),
        };
        var model = new ComposedModel(kind, settings, new ModelShape(Features, Clusters, Groups, Task), new RandomStream(1));
        foreach ((string names, Parameter parameter) in Named(model)) Set(parameter, Flat(parameters, names));
        return model;
    }

    /// <summary>The model's parameters by the fixture's names; the adversaries' heads are one layer of ours, joined by '|'.</summary>
    public IEnumerable<(string Names, Parameter Parameter)> Named(ComposedModel model) =>
        [.. PredictorNamed(model), .. AdversaryNamed("a_c", model), .. AdversaryNamed("a_f", model), .. AdversaryNamed("a_m", model)];

    public IEnumerable<(string Names, Parameter Parameter)> PredictorNamed(ComposedModel model)
    {
        string[] random = ["re.slope_mu", "re.slope_rho", "re.intercept_mu", "re.intercept_rho"];
        return Layers("fe").Zip(model.FixedEffects.Parameters).Concat(random.Zip(model.RandomEffects?.Parameters ?? []));
    }

    public IEnumerable<(string Names, Parameter Parameter)> AdversaryNamed(string adversary, ComposedModel model)
    {
        string Heads(string part) => string.Join('|', Enumerable.Range(0, Groups.Length).Select(a => $"{adversary}.heads.{a}.{part}"));
        string[] debiasing = [$"{adversary}.body.weight", $"{adversary}.body.bias", Heads("weight"), Heads("bias")];
        return adversary switch
        {
            "a_c" => Layers("a_c").Zip(model.ClusterAdversary?.Parameters ?? []),
            "a_f" => debiasing.Zip(model.FixedAdversary?.Parameters ?? []),
            _ => debiasing.Zip(model.MixedAdversary?.Parameters ?? []),
        };
    }

    public Batch Batch()
    {
        int attributes = Groups.Length;
        float[]? weights = Data.GetProperty("w").ValueKind == JsonValueKind.Null ? null : Floats(Data.GetProperty("w"));
        JsonElement groupWeights = Data.GetProperty("group_weights");
        long[] groups = [.. Enumerable.Range(0, Rows).SelectMany(i => Enumerable.Range(0, attributes).Select(a => (long)Group(i, a)))];
        float[]? adversary = weights is null && groupWeights.ValueKind == JsonValueKind.Null
            ? null
            : [.. groups.Select((g, at) => (weights?[at / attributes] ?? 1) * (groupWeights.ValueKind == JsonValueKind.Null ? 1 : (float)groupWeights[at % attributes][(int)g].GetDouble()))];
        float[] columns = new float[Rows * Groups.Sum()];
        for (int i = 0; i < Rows; i++)
            for (int a = 0, offset = 0; a < attributes; offset += Groups[a++])
                columns[(offset + Group(i, a)) * Rows + i] = 1;
        return new Batch(
            tensor(X, [Rows, Features]),
            tensor(Floats(Data.GetProperty("y")), [Rows, 1]),
            weights is null ? null : tensor(weights, [Rows, 1]),
            tensor((long[])[.. Ints(Data.GetProperty("z")).Select(z => (long)z)]),
            tensor(groups, [Rows, attributes]),
            adversary is null ? null : tensor(adversary, [Rows, attributes]),
            null,
            Fused.FromColumns(columns, Rows, Groups.Sum(), Rows),
            tensor(AbsoluteCorrelation.ColumnWeights((long[])[.. Enumerable.Range(0, attributes).SelectMany(a => Enumerable.Range(0, Rows).Select(i => (long)Group(i, a)))], Groups), [1, Groups.Sum()]));
    }

    public Effects? Noise(int step)
    {
        JsonElement noise = Data.GetProperty("noise");
        return noise.ValueKind == JsonValueKind.Null
            ? null
            : new Effects(tensor(Floats(noise[step].GetProperty("slope")), [Clusters, Features]), tensor(Floats(noise[step].GetProperty("intercept")), [Clusters, 1]));
    }

    /// <summary>The numbers under the joined names, in order.</summary>
    public static float[] Flat(JsonElement parent, string names) => [.. names.Split('|').SelectMany(n => Floats(parent.GetProperty(n)))];

    public static float[] Floats(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray().SelectMany(Floats)]
        : [(float)element.GetDouble()];

    /// <summary>Asserts to 1e-4, relative to the largest of the expected values.</summary>
    public static void AssertClose(float[] expected, Tensor actual, string what) => AssertClose(expected, actual.data<float>().ToArray(), what);

    public static void AssertClose(float[] expected, float[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = Math.Max(expected.Max(Math.Abs), 1e-3);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-4 * scale, $"{what}[{i}]: expected {expected[i]}, got {actual[i]}");
    }

    private static void Set(Parameter parameter, float[] values)
    {
        using IDisposable constant = no_grad();
        parameter.copy_(tensor(values, parameter.shape));
    }

    private IEnumerable<string> Layers(string network)
    {
        int hidden = Ints(Config.GetProperty(network == "fe" ? "hidden" : "ac_hidden")).Length;
        return Enumerable.Range(0, hidden).Select(i => $"{network}.layers.{i}").Append($"{network}.out").SelectMany(l => new[] { l + ".weight", l + ".bias" });
    }

    private static int[] Ints(JsonElement element) => [.. element.EnumerateArray().Select(e => e.GetInt32())];

    private double Number(string name) => Config.GetProperty(name).GetDouble();

    private int Int(string name) => root.GetProperty("shapes").GetProperty(name).GetInt32();
}
