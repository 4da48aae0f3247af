using System.Diagnostics;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>
/// One fit: a pure function of (data, rows, specification, key). Runs on the calling thread alone; the same arguments
/// give the same result bit for bit, regardless of other load.
/// </summary>
public static class Fit
{
    /// <summary>Trains on the training rows, then evaluates on the test rows and on the rows of unseen clusters.</summary>
    /// <exception cref="FitException">The fit cannot be finished, and why.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static FitResult Run(StudyData data, FoldRows rows, FitSpecification specification, FitKey key, IProgress<EpochLosses>? progress,
        CancellationToken cancellation)
    {
        using DisposeScope weights = NewDisposeScope();
        RandomStream random = new RandomStream(key.Seed).Child("fit").Child((ulong)key.Fold);
        TrainingSettings settings = specification.Training;
        long started = Stopwatch.GetTimestamp();

        FeatureEncoder encoder = FeatureEncoder.Fit(data, rows.Training);
        TargetScale scale = TargetScale.Of(data, rows.Training, settings.ClassWeights);
        var loader = new BatchLoader(data, encoder, scale, rows.Training, specification);
        var shape = new ModelShape(loader.Width, data.SeenClusterCount, [.. data.Sensitive.Select(s => s.GroupNames.Count)], data.Task);
        var model = new ComposedModel(specification.Kind, specification.Model, shape, random.Child("weights"));
        var klWeight = new KlWeight(specification.Model.LambdaK, scale, rows.Training.Length, data.Task == PredictionTask.Regression);
        BestEpoch? Best(WeightAverage? average) => settings.EpochSelection == EpochSelection.Last
            ? null : new BestEpoch(model.PredictorParameters, average, new Evaluation(model, loader, data, scale, null, settings.UnseenClusters),
                data, rows.Validation, settings);
        (List<EpochLosses> epochs, int selected) = Train(model, loader, shape, rows.Training, specification, klWeight, Best, random, progress,
            cancellation);
        double[] shares = EffectsPosterior.Shares(data.Cluster, rows.Training, data.SeenClusterCount);
        if (model.RandomEffects is not null && specification.Model.CenterRandomEffects) model.Center(shares);
        ClusterPredictor? clusterPredictor = model.RandomEffects is null || data.UnseenRows.Length == 0
            || settings.UnseenClusters == UnseenClusterRule.FixedEffects
            ? null
            : ClusterPredictorTraining.Fit(loader, rows.Training, data.SeenClusterCount, specification.Model.ClusterAdversaryHidden,
                random.Child("cluster predictor"), cancellation);
        double trainSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds;

        started = Stopwatch.GetTimestamp();
        var evaluation = new Evaluation(model, loader, data, scale, clusterPredictor, settings.UnseenClusters);
        RowPredictions train = evaluation.Predict(rows.Training, unseen: false, flips: false, cancellation);
        RowPredictions test = evaluation.Predict(rows.Test, unseen: false, flips: true, cancellation);
        RowPredictions unseen = evaluation.Predict(data.UnseenRows, unseen: true, flips: true, cancellation);
        ThrowIfNotFinite(train, test, unseen);
        (int[] decidingRows, RowPredictions deciding) = settings.ReadsValidation && settings.ThresholdRows == ThresholdRows.Validation
            ? (rows.Validation, evaluation.Predict(rows.Validation, unseen: false, flips: false, cancellation)) : (rows.Training, train);
        float[] labels = [.. decidingRows.Select(r => data.Target[r])];
        double? fixedThreshold = Threshold(deciding.Fixed), mixedThreshold = deciding.Mixed is null ? null : Threshold(deciding.Mixed);
        var importance = new ImportanceMeasures(model, loader, data, scale);
        EncodedMoments moments = loader.Moments(rows.Training);
        return new FitResult
        {
            Key = key,
            TestRows = rows.Test,
            FixedEffects = new HeadPredictions
            {
                Threshold = fixedThreshold,
                Test = test.Fixed,
                TestFlips = test.FixedFlips,
                Unseen = unseen.Fixed,
                UnseenFlips = unseen.FixedFlips
            },
            MixedEffects = train.Mixed is null
                ? null
                : new HeadPredictions
                {
                    Threshold = mixedThreshold,
                    Test = test.Mixed!,
                    TestFlips = test.MixedFlips!,
                    Unseen = unseen.Mixed!,
                    UnseenFlips = unseen.MixedFlips!
                },
            Epochs = epochs,
            Layout = loader.Layout,
            Importance = settings.Importance == ImportanceRule.MeanRow
                ? importance.AtMeanRow(moments.Mean) : importance.MeanAbsolute(rows.Test, cancellation),
            FeatureSd = moments.Sd,
            Permutation = importance.Permutation(rows.Test, test.Fixed, fixedThreshold, random.Child("permutation importance"),
                cancellation),
            RandomEffects = model.RandomEffects is null
                ? null : EffectsPosterior.Of(model, moments, shares),
            KlWeight = model.RandomEffects is null ? null : model.KlWeight,
            Steps = epochs.Count * settings.StepsPerEpoch(rows.Training.Length),
            TrainingRows = rows.Training.Length,
            SelectedEpoch = selected,
            UnseenLevels = ZeroCells(rows.Test) + ZeroCells(data.UnseenRows),
            TrainSeconds = trainSeconds,
            EvaluateSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
            Model = new TrainedModel
            {
                Key = key,
                Specification = specification,
                Task = data.Task,
                TargetLevels = data.TargetLevels,
                Encoder = encoder.Fitted,
                TargetMean = scale.Mean,
                TargetSd = scale.Sd,
                Clusters = [.. data.ClusterNames.Take(data.SeenClusterCount)],
                Attributes = [.. data.Sensitive.Select((s, a) => new TrainedAttribute(s.Name, s.GroupNames, loader.LearnedGroups[a]))],
                FixedThreshold = fixedThreshold,
                MixedThreshold = mixedThreshold,
                Parameters = NamedParameters.Capture(model, clusterPredictor),
            },
        };

        long ZeroCells(int[] of) => encoder.CountUnseenLevels(of) + encoder.CountImputed(of);

        double? Threshold(float[] scores) => data.Task == PredictionTask.Regression
            ? null
            : settings.Threshold == ThresholdRule.Half ? 0.5 : YoudenThreshold.Find(scores, labels);
    }

    /// <summary>The last step of a diverging fit is in no epoch's loss; its predictions are looked at instead.</summary>
    private static void ThrowIfNotFinite(params ReadOnlySpan<RowPredictions> parts)
    {
        foreach (RowPredictions part in parts)
        {
            if (part.Fixed.All(float.IsFinite) && (part.Mixed is null || part.Mixed.All(float.IsFinite))) continue;
            throw new FitException("Training diverged: the model's predictions are not finite. Lower the learning rate " +
                "or the adversaries' weights.");
        }
    }

    private static (List<EpochLosses> Epochs, int Selected) Train(
        ComposedModel model, BatchLoader loader, ModelShape shape, int[] trainingRows, FitSpecification specification, KlWeight klWeight,
        Func<WeightAverage?, BestEpoch?> selection, RandomStream random, IProgress<EpochLosses>? progress, CancellationToken cancellation)
    {
        TrainingSettings settings = specification.Training;
        var step = new AlternatingStep(model, settings);
        WeightAverage? average = settings.AveragingDecay > 0 ? new WeightAverage(model.PredictorParameters, settings.AveragingDecay) : null;
        BestEpoch? best = selection(average);
        RandomStream shuffles = random.Child("shuffles");
        using NoiseSource? noise = model.RandomEffects is null ? null : new NoiseSource(random.Child("noise"), shape);
        using var batches = new TrainingBatches(loader, settings.BatchSize);
        int[] rows = [.. trainingRows];
        int perEpoch = settings.StepsPerEpoch(rows.Length), count = settings.EpochCount(rows.Length), steps = perEpoch * count;
        var epochs = new List<EpochLosses>(count);
        for (int epoch = 1; epoch <= count; epoch++)
        {
            model.KlWeight = klWeight.Value;
            shuffles.Shuffle(rows.AsSpan());
            batches.Begin(rows);
            var sums = new EpochSums(epoch);
            for (int s = 0; s < perEpoch; s++)
            {
                cancellation.ThrowIfCancellationRequested();
                using DisposeScope scope = NewDisposeScope();
                Batch batch = batches.Load(s);
                Effects? draw = noise?.Draw();
                double rate = settings.LearningRate * LearningRate.Factor(settings.Schedule, (epoch - 1) * perEpoch + s, steps);
                bool correlation = epoch > Math.Min(specification.Model.CorrelationWarmUpEpochs, count / 2);
                sums.Add(step.Take(batch, draw, rate, correlation));
                average?.Update();
            }

            EpochLosses losses = sums.Mean();
            if (!double.IsFinite(losses.Total))
                throw new FitException(FormattableString.Invariant($"Training diverged: the loss is not finite in epoch {epoch}. Lower the learning rate ({settings.LearningRate}) or the adversaries' weights."));
            epochs.Add(losses);
            progress?.Report(losses);
            klWeight.Update(losses);
            if (best?.Offer(epoch, count, cancellation) == true) break;
        }

        if (best is { Epoch: > 0 })
        {
            best.Restore();
            return (epochs, best.Epoch);
        }

        average?.Apply();
        return (epochs, epochs.Count);
    }
}
