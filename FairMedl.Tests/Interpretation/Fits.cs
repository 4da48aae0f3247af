using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Fits;

namespace FairMedl.Tests.Interpretation;

/// <summary>Hand-written fits: features named "column" or "column = level".</summary>
internal static class Fits
{
    public static FitResult Of(int fold, params (string Feature, float Importance)[] features) => new()
    {
        Key = new FitKey("nnet", 1, fold),
        TestRows = [],
        FixedEffects = new HeadPredictions { Threshold = .5, Test = [], TestFlips = [], Unseen = [], UnseenFlips = [] },
        Epochs = [],
        Layout = new EncodedLayout(features.Select(f => new EncodedFeature(f.Feature, f.Feature.Split(" = ")[0])).ToArray(), []),
        Importance = features.Select(f => f.Importance).ToArray(),
        Steps = 1,
        TrainingRows = 1,
        SelectedEpoch = 1,
        UnseenLevels = 0,
        TrainSeconds = 0,
        EvaluateSeconds = 0,
    };
}
