using System.Text.Json;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.SelfTests;
using FairMedl.Core.Numerics;
using FairMedl.Engine.Models;
using FairMedl.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FairMedl.Engine.SelfTest;

/// <summary>One of the <see cref="ReferenceFixtures"/>: batch, noise, parameters and the numbers to reproduce.</summary>
internal sealed class Fixture
{
    private readonly JsonElement root;

    /// <summary>The fixture of this name.</summary>
    public Fixture(string name)
        : this(ReferenceFixtures.Open(name))
    {
    }

    /// <summary>A fixture's JSON text, which is read and closed.</summary>
    public Fixture(Stream text)
    {
        using (text)
        {
            using JsonDocument document = JsonDocument.Parse(text);
            root = document.RootElement.Clone();
        }
    }

    private JsonElement Config => root.GetProperty("config");

    private JsonElement Data => root.GetProperty("data");

    public PredictionTask Task => Config.GetProperty("task").GetString() == "regression"
        ? PredictionTask.Regression
        : PredictionTask.Classification;

    public int[] Groups => Ints(root.GetProperty("shapes").GetProperty("groups"));

    /// <summary>By attribute: its one-hot columns in <see cref="X"/>.</summary>
    public (int Start, int End)[] Blocks =>
        [.. root.GetProperty("shapes").GetProperty("blocks").EnumerateArray().Select(b => (b[0].GetInt32(), b[1].GetInt32()))];

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
        int attributes = Groups.Length, columns = Groups.Sum();
        float[]? weights = OptionalFloats("w");
        long[] groups = [.. Enumerable.Range(0, Rows).SelectMany(i => Enumerable.Range(0, attributes).Select(a => (long)Group(i, a)))];
        long[] byAttribute = [.. Enumerable.Range(0, attributes).SelectMany(a => Enumerable.Range(0, Rows).Select(i => (long)Group(i, a)))];
        float[] indicators = new float[Rows * columns];
        for (int i = 0; i < Rows; i++)
            for (int a = 0, offset = 0; a < attributes; offset += Groups[a++])
                indicators[(offset + Group(i, a)) * Rows + i] = 1;
        float[]? adversary = AdversaryWeights(groups, weights);
        return new Batch(
            tensor(X, [Rows, Features]).OnDevice(),
            tensor(Floats(Data.GetProperty("y")), [Rows, 1]).OnDevice(),
            weights is null ? null : tensor(weights, [Rows, 1]).OnDevice(),
            tensor((long[])[.. Ints(Data.GetProperty("z")).Select(z => (long)z)]).OnDevice(),
            tensor(groups, [Rows, attributes]).OnDevice(),
            adversary is null ? null : tensor(adversary, [Rows, attributes]).OnDevice(),
            null,
            Fused.FromColumns(indicators, Rows, columns, Rows).OnDevice(),
            tensor(AbsoluteCorrelation.ColumnWeights(byAttribute, Groups), [1, columns]).OnDevice());
    }

    public Effects? Noise(int step)
    {
        JsonElement noise = Data.GetProperty("noise");
        return noise.ValueKind == JsonValueKind.Null
            ? null
            : new Effects(
                tensor(Floats(noise[step].GetProperty("slope")), [Clusters, Features]).OnDevice(),
                tensor(Floats(noise[step].GetProperty("intercept")), [Clusters, 1]).OnDevice());
    }

    /// <summary>Parameters before the step: the first ones, or those after the previous step.</summary>
    public JsonElement Before(int step) => step == 0 ? Parameters : Steps[step - 1].GetProperty("state_after");

    /// <summary>The numbers under the joined names, in order.</summary>
    public static float[] Flat(JsonElement parent, string names) => [.. names.Split('|').SelectMany(n => Floats(parent.GetProperty(n)))];

    public static float[] Floats(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray().SelectMany(Floats)]
        : [(float)element.GetDouble()];

    private static void Set(Parameter parameter, float[] values)
    {
        using IDisposable constant = no_grad();
        parameter.copy_(tensor(values, parameter.shape));
    }

    /// <summary>Class weight times group weight by row and attribute; null if both are 1.</summary>
    private float[]? AdversaryWeights(long[] groups, float[]? weights)
    {
        JsonElement byGroup = Data.GetProperty("group_weights");
        if (weights is null && byGroup.ValueKind == JsonValueKind.Null) return null;
        return [.. groups.Select((group, at) => (weights?[at / Groups.Length] ?? 1) * GroupWeight(at % Groups.Length, (int)group))];

        float GroupWeight(int attribute, int group) =>
            byGroup.ValueKind == JsonValueKind.Null ? 1 : (float)byGroup[attribute][group].GetDouble();
    }

    private float[]? OptionalFloats(string name) =>
        Data.GetProperty(name) is { ValueKind: not JsonValueKind.Null } values ? Floats(values) : null;

    private IEnumerable<string> Layers(string network)
    {
        int hidden = Ints(Config.GetProperty(network == "fe" ? "hidden" : "ac_hidden")).Length;
        return Enumerable.Range(0, hidden).Select(i => $"{network}.layers.{i}").Append($"{network}.out")
            .SelectMany(l => new[] { l + ".weight", l + ".bias" });
    }

    private static int[] Ints(JsonElement element) => [.. element.EnumerateArray().Select(e => e.GetInt32())];

    private double Number(string name) => Config.GetProperty(name).GetDouble();

    private int Int(string name) => root.GetProperty("shapes").GetProperty(name).GetInt32();
}
