using FairMedl.Core.Models;
using FairMedl.Core.Training;

namespace FairMedl.Core.Experiments;

/// <summary>A named starting point for every constant.</summary>
/// <param name="Id">Its name in a definition.</param>
/// <param name="Name">Its name on a page.</param>
/// <param name="Purpose">What it is for and what it costs, in a sentence or two.</param>
/// <param name="Model">The constants of a model with random effects.</param>
/// <param name="Training">The fit's constants.</param>
public sealed record Preset(string Id, string Name, string Purpose, ModelSettings Model, TrainingSettings Training)
{
    /// <summary>
    /// The constants of this kind of model. Where the preset leaves the fixed effects' adversaries out because the random
    /// effects take their place, a model without random effects keeps them: it has no other.
    /// </summary>
    public ModelSettings For(ModelKind kind) => kind.RandomEffects
        ? Model
        : Model with
        {
            LambdaFe = Model.LambdaFe > 0 ? Model.LambdaFe : Model.LambdaMe,
            LambdaG = Model.LambdaG > 0 ? Model.LambdaG : Paper.Model.LambdaG,
        };

    /// <summary>Faithful to the paper.</summary>
    public static Preset Paper { get; } = new(
        "paper",
        "Paper",
        "Faithful to the paper: narrow networks, 20 epochs, no group weights. Take it to reproduce published figures; it is the quickest, and small groups such as a rare race hardly move.",
        new ModelSettings(),
        new TrainingSettings());

    /// <summary>What we recommend for a person's own data.</summary>
    public static Preset Recommended { get; } = new(
        "recommended",
        "Recommended",
        "Wider networks, averaged weights and group weights, so that small groups count: higher accuracy and smaller spreads than the paper's, at about twice the time.",
        new ModelSettings
        {
            Hidden = [16, 16, 16],
            LambdaF = 0,
            LambdaFe = 0,
            LambdaG = 0,
            LambdaK = 1e-5,
            LambdaMe = 0.25,
            GroupWeightExponent = 1,
            GroupWeightCap = 6,
            PriorSlopeSd = 0.15,
            PriorInterceptSd = 0.15,
        },
        new TrainingSettings
        {
            Epochs = 24,
            Schedule = LearningRateSchedule.ConstantThenCosine,
            AveragingDecay = 0.99,
            WeightDecay = 1.0,
        });

    /// <summary>Recommended, with every term of the paper's objective.</summary>
    public static Preset RecommendedFullObjective { get; } = new(
        "recommended-full-objective",
        "Recommended, full objective",
        "As recommended, with every term of equation 11, so that the fixed effects alone are trained to predict and to be fair too: take it where rows of unseen clusters matter most. Two more adversaries to train, and on Adult about .1 point of balanced accuracy less.",
        Recommended.Model with { LambdaF = 1, LambdaFe = 0.25, LambdaG = 0.2, LambdaK = 1e-4 },
        Recommended.Training);

    /// <summary>All presets, in the order of the page.</summary>
    public static IReadOnlyList<Preset> All { get; } = [Paper, Recommended, RecommendedFullObjective];

    /// <summary>The preset of this id, or null.</summary>
    public static Preset? Find(string id) => All.FirstOrDefault(p => p.Id == id);
}
