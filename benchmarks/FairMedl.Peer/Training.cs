using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace FairMedl.Peer;

/// <summary>Networks and optimisers of a model. A step trains the adversaries first, then the predictor against them.</summary>
internal sealed class Training : IDisposable
{
    private readonly FixedEffects fixedEffects;
    private readonly RandomEffects? randomEffects;
    private readonly ClusterAdversary? clusterAdversary;
    private readonly DebiasingAdversary[] debiasing;
    private readonly Parameter[] predictor;
    private readonly Adam predictorAdam;
    private readonly Adam? clusterAdam;
    private readonly Adam[] debiasingAdam;

    public Training(string model, int[] widths, int[] clusterWidths)
    {
        fixedEffects = new FixedEffects(widths);
        if (model.Contains("medl", StringComparison.Ordinal))
        {
            randomEffects = new RandomEffects();
            clusterAdversary = new ClusterAdversary(widths.Sum(), clusterWidths);
            clusterAdam = CreateAdam(clusterAdversary.parameters());
        }

        debiasing = model.Contains("fair", StringComparison.Ordinal) ? [new DebiasingAdversary(), new DebiasingAdversary()] : [];
        debiasingAdam = [.. debiasing.Select(a => CreateAdam(a.parameters()))];
        predictor = [.. fixedEffects.parameters(), .. randomEffects?.parameters() ?? []];
        predictorAdam = CreateAdam(predictor);
    }

    /// <summary>The random effects; null for a model without them.</summary>
    public RandomEffects? RandomEffects => randomEffects;

    /// <summary>All parameters: predictor, cluster adversary, debiasing adversaries.</summary>
    public IEnumerable<Parameter> Parameters =>
        [.. predictor, .. clusterAdversary?.parameters() ?? [], .. debiasing.SelectMany(a => a.parameters())];

    /// <summary>Runs one step and returns the predictor's loss.</summary>
    public Tensor Step(Batch batch)
    {
        (Tensor[] hidden, Tensor fixedOutput) = fixedEffects.forward(batch.X);
        Tensor? mixedOutput = randomEffects is null ? null : fixedOutput + randomEffects.forward(batch.X, batch.Z);
        Tensor[] outputs = [fixedOutput, .. mixedOutput is null ? Array.Empty<Tensor>() : [mixedOutput]];

        if (clusterAdversary is not null) Descend(clusterAdam!, ClusterLoss([.. hidden.Select(h => h.detach())], batch));
        for (int i = 0; i < debiasing.Length; i++) Descend(debiasingAdam[i], GroupLoss(debiasing[i], outputs[i].detach(), batch));

        Tensor loss = F.binary_cross_entropy_with_logits(fixedOutput, batch.Y, batch.Weight);
        if (randomEffects is not null)
            loss = loss + F.binary_cross_entropy_with_logits(mixedOutput!, batch.Y, batch.Weight) + 1e-3 * randomEffects.Divergence();
        if (clusterAdversary is not null) loss = loss - 0.2 * ClusterLoss(hidden, batch);
        for (int i = 0; i < debiasing.Length; i++) loss = loss - 0.2 * GroupLoss(debiasing[i], outputs[i], batch);
        predictorAdam.zero_grad();
        autograd.backward([loss], inputs: predictor);
        nn.utils.clip_grad_norm_(predictor, 5.0);
        predictorAdam.step();
        return loss;
    }

    public void Dispose()
    {
        fixedEffects.Dispose();
        randomEffects?.Dispose();
        clusterAdversary?.Dispose();
        foreach (DebiasingAdversary adversary in debiasing) adversary.Dispose();
        predictorAdam.Dispose();
        clusterAdam?.Dispose();
        foreach (Adam adam in debiasingAdam) adam.Dispose();
    }

    private static Adam CreateAdam(IEnumerable<Parameter> parameters) => optim.Adam(parameters, lr: 1e-3, eps: 1e-7);

    private static void Descend(Adam adam, Tensor loss)
    {
        adam.zero_grad();
        loss.backward();
        adam.step();
    }

    private static Tensor GroupLoss(DebiasingAdversary adversary, Tensor output, Batch batch)
    {
        Tensor[] heads = adversary.forward(sigmoid(output), batch.Y);
        return heads.Select((head, a) => WeightedMean(F.cross_entropy(head, batch.Groups[.., a], reduction: nn.Reduction.None), batch))
            .Aggregate((sum, loss) => sum + loss);
    }

    private static Tensor WeightedMean(Tensor losses, Batch batch) => (losses * batch.Weight[.., 0]).mean();

    private Tensor ClusterLoss(Tensor[] hidden, Batch batch) =>
        WeightedMean(F.cross_entropy(clusterAdversary!.forward(hidden), batch.Z, reduction: nn.Reduction.None), batch);
}
