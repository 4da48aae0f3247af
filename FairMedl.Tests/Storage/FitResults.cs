using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Numerics;

namespace FairMedl.Tests.Storage;

/// <summary>Made-up results, different for every seed.</summary>
public static class FitResults
{
    public static FitResult Full(FitKey key, int rows = 257)
    {
        RandomStream random = new RandomStream(key.Seed).Child(key.ToString());
        float[] Floats(int n)
        {
            float[] values = new float[n];
            random.FillNormal(values, 3);
            return values;
        }

        HeadPredictions Head(double? threshold) => new() { Threshold = threshold, Test = Floats(rows), TestFlips = [Floats(rows), []], Unseen = Floats(rows / 2), UnseenFlips = [Floats(rows / 2), []] };
        return new FitResult
        {
            Key = key,
            TestRows = [.. Enumerable.Range(0, rows).Select(i => i * 300)],
            FixedEffects = Head(0.1 + 0.2),
            MixedEffects = Head(null),
            Epochs = [new EpochLosses(1, 1.5, Math.PI, 2.5, null, 3.5, null, 4.5, null), new EpochLosses(2, double.NaN, double.PositiveInfinity, null, 1, null, 2, null, 3)],
            Layout = new EncodedLayout([new EncodedFeature("age", "age"), new EncodedFeature("race = Été", "race", "Été"), new EncodedFeature("probe 1", "probe 1", null, true)], [new EncodedBlock(1, 1), null]),
            Importance = Floats(3),
            RandomEffects = new RandomEffectsPosterior(Floats(4), Floats(4), [Floats(3), Floats(3)], [Floats(3), Floats(3)]),
            Steps = 1234,
            TrainingRows = 987654,
            SelectedEpoch = 2,
            UnseenLevels = 7,
            TrainSeconds = 1.0 / 3,
            EvaluateSeconds = 1e-9,
            Origin = new ComputeOrigin("torchsharp", "TorchSharp", "0.107.0", "cuda:1", "NVIDIA Été", null),
            FeatureSd = Floats(3),
            Permutation = [new ColumnPermutation("race", false, [new(9, 1.0 / 3, 2), new(7, -1, 1)]), new ColumnPermutation("probe 1", true, [new(16, 0, 0)])],
        };
    }

    public static FitResult Plain(FitKey key) => Full(key) with
    {
        TestRows = [],
        FixedEffects = new HeadPredictions { Threshold = null, Test = [], TestFlips = [], Unseen = [], UnseenFlips = [] },
        MixedEffects = null,
        Epochs = [],
        Layout = new EncodedLayout([], []),
        Importance = [],
        RandomEffects = null,
        FeatureSd = null,
        Permutation = null,
        Origin = new ComputeOrigin("managed", "managed engine", "0.1.0", "cpu", null, 512),
    };
}
