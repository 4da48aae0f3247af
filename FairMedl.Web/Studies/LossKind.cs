using FairMedl.Core.Training;

namespace FairMedl.Web.Studies;

/// <summary>Which loss a curve shows.</summary>
public enum LossKind
{
    /// <summary>What the main head pays: the mixed loss where there is one, else the fixed one.</summary>
    Predictor,

    /// <summary>L(y, y_F).</summary>
    FixedLoss,

    /// <summary>CE(z).</summary>
    ClusterAdversary,

    /// <summary>CE_F(s).</summary>
    FixedAdversary,

    /// <summary>CE_M(s).</summary>
    MixedAdversary,

    /// <summary>KL(q || p).</summary>
    KullbackLeibler,

    /// <summary>The absolute correlation loss.</summary>
    Correlation,
}

/// <summary>Names and values of <see cref="LossKind"/>.</summary>
public static class LossKinds
{
    /// <summary>The value of a term in an epoch; null for a model that lacks it.</summary>
    public static double? Of(this EpochLosses losses, LossKind term) => term switch
    {
        LossKind.Predictor => losses.MixedLoss ?? losses.FixedLoss,
        LossKind.FixedLoss => losses.FixedLoss,
        LossKind.ClusterAdversary => losses.ClusterAdversary,
        LossKind.FixedAdversary => losses.FixedAdversary,
        LossKind.MixedAdversary => losses.MixedAdversary,
        LossKind.KullbackLeibler => losses.KullbackLeibler,
        LossKind.Correlation => losses.Correlation,
    };

    /// <summary>What a term is, for a button and an axis.</summary>
    public static string Name(this LossKind term) => term switch
    {
        LossKind.Predictor => "Predictor",
        LossKind.FixedLoss => "Fixed effects",
        LossKind.ClusterAdversary => "Cluster adversary",
        LossKind.FixedAdversary => "Debiasing adversary (FE)",
        LossKind.MixedAdversary => "Debiasing adversary (ME)",
        LossKind.KullbackLeibler => "KL divergence (nats)",
        LossKind.Correlation => "Absolute correlation",
    };

    /// <summary>The terms that these losses have.</summary>
    public static IReadOnlyList<LossKind> In(IEnumerable<EpochLosses> losses)
    {
        EpochLosses[] all = [.. losses];
        return [.. Enum.GetValues<LossKind>().Where(t => all.Any(l => l.Of(t) is not null))];
    }
}
