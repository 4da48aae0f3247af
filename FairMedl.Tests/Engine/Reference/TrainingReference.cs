using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;

namespace FairMedl.Tests.Engine.Reference;

/// <summary>
/// Training of a network without hidden layers, y = g(w x + b), by its equations in double precision: standardization, initial
/// weights, class weights, shuffled batches, learning-rate schedule, Adam, clipping, weight decay and weight averaging.
/// </summary>
internal static class TrainingReference
{
    /// <summary>Returns w and then b after training on the rows.</summary>
    public static double[] Train(StudyData data, int[] trainingRows, TrainingSettings settings, int epochs, FitKey key)
    {
        double[][] columns = [.. data.Features.Select(f => Standardized(f.Numbers!, trainingRows))];
        bool isRegression = data.Task == PredictionTask.Regression;
        double positives = trainingRows.Average(row => data.Target[row]);
        double[] target = isRegression ? Standardized(data.Target, trainingRows) : Array.ConvertAll(data.Target, y => (double)y);
        RandomStream random = new RandomStream(key.Seed).Child("fit").Child((ulong)key.Fold);
        RandomStream shuffles = random.Child("shuffles");
        double[] w = InitialWeights(columns.Length, random), b = [0];
        var adam = new ReferenceAdam(w, b);
        double[] averaged = [.. w, 0];
        int[] rows = [.. trainingRows];
        int perEpoch = (rows.Length + settings.BatchSize - 1) / settings.BatchSize;
        for (int t = 0; t < epochs * perEpoch; t++)
        {
            if (t % perEpoch == 0) shuffles.Shuffle(rows.AsSpan());
            int[] batch = [.. rows.Skip(t % perEpoch * settings.BatchSize).Take(settings.BatchSize)];
            adam.Step(Gradient(batch), settings.LearningRate * Factor(t, epochs * perEpoch), settings.ClipNorm, settings.WeightDecay,
                decayed: 1);
            double d = Math.Min(settings.AveragingDecay, (1.0 + t) / (10 + t));
            double[] now = [.. w, b[0]];
            for (int i = 0; i < now.Length; i++) averaged[i] = d * averaged[i] + (1 - d) * now[i];
        }

        return settings.AveragingDecay > 0 ? averaged : [.. w, b[0]];

        double[][] Gradient(int[] batch)
        {
            double[] byWeight = new double[w.Length], byBias = [0];
            foreach (int row in batch)
            {
                double output = b[0] + w.Select((of, j) => of * columns[j][row]).Sum();
                double slope = isRegression ? 2 * (output - target[row]) : 1 / (1 + Math.Exp(-output)) - target[row];
                if (!isRegression && settings.ClassWeights) slope *= target[row] == 1 ? 1 - positives : positives;
                slope /= batch.Length;
                for (int j = 0; j < w.Length; j++) byWeight[j] += slope * columns[j][row];
                byBias[0] += slope;
            }

            return [byWeight, byBias];
        }

        double Factor(int step, int steps)
        {
            double share = step / (steps - 1.0);
            return settings.Schedule == LearningRateSchedule.Constant || share <= 0.4
                ? 1 : 0.02 + 0.98 * (1 + Math.Cos(Math.PI * (share - 0.4) / 0.6)) / 2;
        }
    }

    /// <summary>(x - mean) / population SD, both over the training rows.</summary>
    private static double[] Standardized(float[] values, int[] trainingRows)
    {
        double mean = trainingRows.Average(row => values[row]);
        double sd = Math.Sqrt(trainingRows.Average(row => (values[row] - mean) * (values[row] - mean)));
        return Array.ConvertAll(values, v => (v - mean) / sd);
    }

    /// <summary>Glorot: uniform on (-l, l) with l = sqrt(6 / (inputs + 1)).</summary>
    private static double[] InitialWeights(int inputs, RandomStream random)
    {
        float[] weights = new float[inputs];
        double limit = Math.Sqrt(6.0 / (inputs + 1));
        random.Child("weights").Child("fixed effects").FillUniform(weights, -limit, limit);
        return Array.ConvertAll(weights, w => (double)w);
    }
}
