using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace FairMedl.Engine.Models;

/// <summary>What a model must fit: D inputs, C clusters, K_a groups by attribute, and the kind of target.</summary>
public sealed record ModelShape(int Inputs, int Clusters, IReadOnlyList<int> Groups, PredictionTask Task);

/// <summary>One forward pass of the predictor over a batch.</summary>
/// <param name="Hidden">The fixed effects' hidden activations.</param>
/// <param name="FixedOutput">f [B, 1].</param>
/// <param name="MixedOutput">f + &lt;U(z), x&gt; + b(z) [B, 1], or null without random effects.</param>
/// <param name="FixedPrediction">g(f), where an adversary reads it.</param>
/// <param name="MixedPrediction">g of the mixed output, where an adversary reads it.</param>
public sealed record ForwardPass(Tensor[] Hidden, Tensor FixedOutput, Tensor? MixedOutput, Tensor? FixedPrediction,
    Tensor? MixedPrediction);

/// <summary>
/// The subnetworks of one model of the catalogue, wired as the paper's figure 1, and its losses. Each subnetwork's first
/// weights come from the random child of its own name, so that models of one seed and fold start alike.
/// </summary>
public sealed class ComposedModel
{
    private readonly ModelSettings settings;
    private readonly PredictionTask task;
    private readonly Segments segments, clusterSegment;

    /// <summary>Builds what the kind needs; an adversary whose weight is 0 is left out.</summary>
    public ComposedModel(ModelKind kind, ModelSettings settings, ModelShape shape, RandomStream random)
    {
        this.settings = settings;
        task = shape.Task;
        segments = new Segments([.. shape.Groups]);
        clusterSegment = new Segments(shape.Clusters);
        FixedEffects = new FixedEffects(shape.Inputs, settings.Hidden, random.Child("fixed effects"));
        if (kind.RandomEffects)
            RandomEffects = new RandomEffects(shape.Clusters, shape.Inputs, settings.PriorSlopeSd, settings.PriorInterceptSd,
                random.Child("random effects"));
        if (kind.ClusterAdversary && settings.LambdaG > 0)
            ClusterAdversary = new ClusterAdversary(settings.Hidden.Sum(), settings.ClusterAdversaryHidden, shape.Clusters,
                random.Child("cluster adversary"));
        if (kind.Debiasing == Debiasing.Adversary && settings.LambdaFe > 0)
            FixedAdversary = new DebiasingAdversary(settings.AdversaryHidden, shape.Groups, random.Child("fixed adversary"));
        if (kind is { Debiasing: Debiasing.Adversary, RandomEffects: true } && settings.LambdaMe > 0)
            MixedAdversary = new DebiasingAdversary(settings.AdversaryHidden, shape.Groups, random.Child("mixed adversary"));
        KlWeight = settings.LambdaK.Number ?? 0;
        UsesCorrelation = kind.Debiasing == Debiasing.Correlation && settings.LambdaS > 0;
    }

    /// <summary>Fixed effects (subnetwork 1).</summary>
    public FixedEffects FixedEffects { get; }

    /// <summary>Random effects (subnetwork 4); null for a model without them.</summary>
    public RandomEffects? RandomEffects { get; }

    /// <summary>Cluster adversary A_C (subnetwork 2); null for a model without it.</summary>
    public ClusterAdversary? ClusterAdversary { get; }

    /// <summary>Debiasing adversary A_F on the fixed effects (subnetwork 3); null for a model without it.</summary>
    public DebiasingAdversary? FixedAdversary { get; }

    /// <summary>Debiasing adversary A_M on the mixed effects (subnetwork 5); null for a model without it.</summary>
    public DebiasingAdversary? MixedAdversary { get; }

    /// <summary>
    /// The mean of the random effects over seen clusters, [1, D] and [1, 1], where it belongs to the fixed effects; null before
    /// <see cref="Center"/>.
    /// </summary>
    public Effects? CommonEffects { get; private set; }

    /// <summary>lambda_K of the objective; the settings' number, or 0 until it is set where they leave it to the fit.</summary>
    public double KlWeight { get; set; }

    /// <summary>Whether the objective has the absolute correlation loss.</summary>
    public bool UsesCorrelation { get; }

    /// <summary>What the objective trains: fixed effects, then random effects.</summary>
    public IReadOnlyList<Parameter> PredictorParameters => [.. FixedEffects.Parameters, .. RandomEffects?.Parameters ?? []];

    /// <summary>Forward over a batch; with random effects, one draw of them from the posterior serves all its rows.</summary>
    public ForwardPass Forward(Batch batch, Effects? noise)
    {
        (Tensor[] hidden, Tensor output) = FixedEffects.Forward(batch.X);
        Tensor? mixed = RandomEffects is null
            ? null
            : output.Plus(RandomEffects.Sample(noise ?? throw new ArgumentNullException(nameof(noise),
                "a model with random effects needs the noise of a draw")).Of(batch.X, batch.Cluster!));
        return new ForwardPass(hidden, output, mixed, FixedAdversary is null
            ? null : Prediction(output), MixedAdversary is null ? null : Prediction(mixed!));
    }

    /// <summary>A_C's own cross-entropy on detached activations.</summary>
    public Tensor ClusterAdversaryLoss(ForwardPass pass, Batch batch)
    {
        Tensor[] hidden = new Tensor[pass.Hidden.Length];
        for (int i = 0; i < hidden.Length; i++) hidden[i] = pass.Hidden[i].detach();
        return ClusterLoss(hidden, batch, frozen: false);
    }

    /// <summary>A_F's own cross-entropy, summed over its heads, on the detached fixed prediction.</summary>
    public Tensor FixedAdversaryLoss(ForwardPass pass, Batch batch) =>
        GroupLoss(FixedAdversary!, pass.FixedPrediction!.detach(), batch, batch.AdversaryWeight, frozen: false);

    /// <summary>A_M's own cross-entropy, summed over its heads, on the detached mixed prediction.</summary>
    public Tensor MixedAdversaryLoss(ForwardPass pass, Batch batch) =>
        GroupLoss(MixedAdversary!, pass.MixedPrediction!.detach(), batch, batch.AdversaryWeight, frozen: false);

    /// <summary>
    /// The predictor's objective with the adversaries frozen. Without random effects
    /// lambda_y L_F - lambda_g CE_C - lambda_FE CE_F (+ lambda_s ACL), with them
    /// L_M + lambda_F L_F - lambda_g CE_C + lambda_K KL - lambda_FE CE_F - lambda_ME CE_M (equations 1, 8 to 11).
    /// </summary>
    /// <param name="pass">The forward pass.</param>
    /// <param name="batch">Its rows.</param>
    /// <param name="correlation">Whether the correlation loss counts already (it does not during its warm-up).</param>
    public LossTerms Objective(ForwardPass pass, Batch batch, bool correlation = true)
    {
        double fixedWeight = RandomEffects is null ? settings.LambdaY : settings.LambdaF;
        Tensor? fixedLoss = fixedWeight > 0 ? DataLoss(pass.FixedOutput, batch) : null;
        Tensor? mixedLoss = pass.MixedOutput is null ? null : DataLoss(pass.MixedOutput, batch);
        Tensor? divergence = RandomEffects is not null && KlWeight > 0 ? RandomEffects.KullbackLeibler() : null;
        Tensor? cluster = ClusterAdversary is null ? null : ClusterLoss(pass.Hidden, batch, frozen: true);
        Tensor? penaltyWeight = batch.PenaltyWeight ?? batch.AdversaryWeight;
        Tensor? fixedGroups = FixedAdversary is null
            ? null : GroupLoss(FixedAdversary, pass.FixedPrediction!, batch, penaltyWeight, frozen: true);
        Tensor? mixedGroups = MixedAdversary is null
            ? null : GroupLoss(MixedAdversary, pass.MixedPrediction!, batch, penaltyWeight, frozen: true);
        Tensor? correlated = UsesCorrelation && correlation
            ? AbsoluteCorrelation.Loss(Prediction(pass.FixedOutput), batch.Indicators!, batch.IndicatorWeights!)
            : null;

        if (mixedLoss is null && fixedLoss is null) throw new InvalidOperationException("the objective has no data loss: lambdaY is 0");
        Tensor total = Fused.WeightedSum(
            (1, mixedLoss),
            (fixedWeight, fixedLoss),
            (KlWeight, divergence),
            (-settings.LambdaG, cluster),
            (-settings.LambdaFe, fixedGroups),
            (-settings.LambdaMe, mixedGroups),
            (settings.LambdaS, correlated));
        return new LossTerms(total, fixedLoss, mixedLoss, cluster, fixedGroups, mixedGroups, divergence, correlated);
    }

    /// <summary>
    /// Moves the mean of the random effects over clusters into the fixed effects, f'(x) = f(x) + &lt;U-bar, x&gt; + b-bar, and makes the
    /// effects deviations from it. The mixed predictions stay the same: a cluster's effect and any convex combination of effects
    /// are reduced by what f' gains.
    /// </summary>
    /// <param name="shares">Weight of each cluster in the mean; they sum to 1.</param>
    public void Center(ReadOnlySpan<double> shares) => CommonEffects = RandomEffects!.Center(shares);

    /// <summary>Adds common effects, as a model that was centered has them.</summary>
    public void AddCommonEffects(int inputs) => CommonEffects = new Effects(zeros(1, inputs).OnDevice(), zeros(1, 1).OnDevice());

    /// <summary>The fixed effects' output for the population, [B, 1]: f(x), with the common effects where they belong to it.</summary>
    public Tensor FixedOutput(Tensor x)
    {
        Tensor output = FixedEffects.Forward(x).Output;
        return CommonEffects is { } common
            ? output.Plus(Fused.Linear(x, common.Slopes, common.Intercepts.squeeze(1), Activation.None)) : output;
    }

    /// <summary>g(f): the probability, or the standardized prediction itself.</summary>
    public Tensor Prediction(Tensor output) => task == PredictionTask.Classification ? output.sigmoid() : output;

    private Tensor DataLoss(Tensor output, Batch batch) => task == PredictionTask.Classification
        ? F.binary_cross_entropy_with_logits(output, batch.Target, weight: batch.RowWeight)
        : Fused.SquaredError(output, batch.Target);

    private Tensor ClusterLoss(Tensor[] hidden, Batch batch, bool frozen) =>
        Fused.SegmentedCrossEntropy(ClusterAdversary!.Forward(hidden, frozen), batch.Cluster!.unsqueeze(1), clusterSegment,
            batch.RowWeight);

    private Tensor GroupLoss(DebiasingAdversary adversary, Tensor prediction, Batch batch, Tensor? weight, bool frozen) =>
        Fused.SegmentedCrossEntropy(adversary.Forward(prediction, batch.Target, frozen), batch.Groups!, segments, weight);
}
