using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;

namespace FairMedl.Core.Studies.Definition;

/// <summary>A named starting point for every hyperparameter.</summary>
/// <param name="Id">Its name in a definition.</param>
/// <param name="Name">Its name on a page.</param>
/// <param name="Purpose">What it is for and what it costs, in a sentence or two.</param>
/// <param name="Model">The hyperparameters of a model with random effects.</param>
/// <param name="Training">The fit's hyperparameters.</param>
public sealed record Preset(string Id, string Name, string Purpose, ModelSettings Model, TrainingSettings Training)
{
    /// <summary>Whether a fold is held out for validation even if no hyperparameter reads it, as in the paper.</summary>
    public bool KeepsValidationFold { get; init; }

    /// <summary>
    /// Minimum size of the groups that count in the spreads on pages and in reports; 0 = all groups count, as in the paper.
    /// </summary>
    public int MinimumGroup { get; init; } = GroupTable.MinimumCount;

    /// <summary>
    /// The hyperparameters for a regression, where they differ: the squared error of a standardized target is several times as steep as
    /// the weighted cross-entropy, so that debiasing needs a larger weight beside it.
    /// </summary>
    public ModelSettings? Regression { get; init; }

    /// <summary>The hyperparameters of a model with random effects for this task.</summary>
    public ModelSettings For(PredictionTask task) => task == PredictionTask.Regression ? Regression ?? Model : Model;

    /// <summary>
    /// The hyperparameters of this kind of model for this task. Where the preset has no cluster adversary because the random effects
    /// take its place, a model without random effects keeps it: it has no other.
    /// </summary>
    public ModelSettings For(ModelKind kind, PredictionTask task) => kind.RandomEffects
        ? For(task) : For(task) with { LambdaG = Model.LambdaG > 0 ? Model.LambdaG : Paper.Model.LambdaG };

    /// <summary>Hyperparameters as in the paper.</summary>
    public static Preset Paper { get; } = new(
        "paper",
        "Paper",
        "As in the paper: narrow networks, 20 epochs, no group weights. Use it to reproduce published results. It is the fastest " +
            "preset, but has little effect on small groups.",
        new ModelSettings(),
        new TrainingSettings())
    {
        KeepsValidationFold = true,
        MinimumGroup = 0,
    };

    /// <summary>The recommended settings for the user's own data.</summary>
    public static Preset Recommended { get; } = new(
        "recommended",
        "Recommended",
        "For your own data. Wider networks, averaged weights, group weights that give small groups more influence, and a KL weight and " +
            "a number of epochs that follow from the number of rows. On seen clusters of Adult with the same features, its fair model is " +
            "slightly more accurate than that of the paper preset, and the spreads of TPR and FPR are similar or smaller.",
        RecommendedModel,
        new TrainingSettings
        {
            Epochs = default(Auto<int>),
            Schedule = LearningRateSchedule.ConstantThenCosine,
            AveragingDecay = 0.99,
            WeightDecay = 0.3,
        })
    {
        Regression = OfRegression(RecommendedModel),
    };

    /// <summary>Recommended, with the cluster adversary and so every term of the paper's objective.</summary>
    public static Preset RecommendedFullObjective { get; } = new(
        "recommended-full-objective",
        "Recommended, full objective",
        "The recommended preset with a cluster adversary, so that every term of equation 11 is trained. Use it when unseen clusters " +
            "matter most and a feature may stand in for the cluster. On Adult it makes no clear difference.",
        Recommended.Model with { LambdaG = 0.2 },
        Recommended.Training)
    {
        Regression = OfRegression(Recommended.Model with { LambdaG = 0.2 }),
    };

    /// <summary>All presets, the paper's first.</summary>
    public static IReadOnlyList<Preset> All { get; } = [Paper, Recommended, RecommendedFullObjective];

    private static ModelSettings RecommendedModel => new()
    {
        Hidden = [16, 16, 16],
        LambdaF = 1,
        LambdaFe = 0.25,
        LambdaG = 0,
        LambdaK = default(Auto<double>),
        CenterRandomEffects = true,
        LambdaMe = 0.25,
        GroupWeightExponent = 1,
        GroupWeightCap = 12,
        PriorSlopeSd = 0.15,
        PriorInterceptSd = 0.15,
    };

    private static ModelSettings OfRegression(ModelSettings model) => model with { LambdaFe = 2, LambdaMe = 2, PriorInterceptSd = 0.3 };

    /// <summary>The preset of this id, or null.</summary>
    public static Preset? Find(string id) => All.FirstOrDefault(p => p.Id == id);
}
