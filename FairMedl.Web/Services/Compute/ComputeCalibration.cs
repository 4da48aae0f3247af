using System.Security.Cryptography;
using System.Text;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Plan;
using FairMedl.Web.Jobs;

namespace FairMedl.Web.Services.Compute;

/// <summary>
/// How long a study's fits take on an engine and device, from training steps that are measured once for each engine, version,
/// device and shape of fit.
/// </summary>
/// <param name="file">The measured steps.</param>
/// <param name="devices">The GPUs' slots: a step is measured while no more than the GPU's parallelism runs there.</param>
public sealed class ComputeCalibration(CalibrationFile file, DeviceSlots devices)
{
    /// <summary>
    /// Seconds that the steps of all fits of a study take on a target, as many fits at once as it runs. Measures what is not known.
    /// </summary>
    /// <exception cref="FitException">A fit cannot be finished on the target.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public double StudySeconds(ComputeTarget compute, StudyPlan plan, int threads, CancellationToken cancellation)
    {
        Dictionary<string, FitLength> lengths = FitShape.Of(plan.Definition, plan.Data.RowCount).ToDictionary(l => l.Shape.Model);
        double seconds = 0;
        foreach (IGrouping<string, PlannedFit> fits in plan.Fits.GroupBy(f => f.Key.Model))
        {
            PlannedFit first = fits.First();
            double step = SecondsPerStep(compute, lengths[fits.Key].Shape, plan, first, cancellation);
            seconds += step * StepsPerEpoch(plan.Rows(first.Key).Training.Length, first.Training) * first.Epochs * fits.Count();
        }

        return seconds / AtOnce(compute, threads, plan.Fits.Count);
    }

    /// <summary>
    /// What is known of a study on a target without measuring: seconds in proportion to <see cref="StudySeconds"/>, the same for all
    /// targets; null where a model's step was not measured.
    /// </summary>
    public double? KnownSeconds(ComputeTarget compute, StudyDefinition definition, int threads)
    {
        int fitsPerModel = (definition.Protocol.FoldsToRun ?? definition.Protocol.Folds) * definition.Protocol.Seeds.Count;
        IReadOnlyList<FitLength> lengths = FitShape.Of(definition, rows: 0);
        double seconds = 0;
        foreach (FitLength length in lengths)
        {
            if (FindAnyVersion(compute, length.Shape) is not { } known) return null;
            seconds += known.SecondsPerStep * length.Epochs * fitsPerModel;
        }

        return lengths.Count == 0 ? null : seconds / AtOnce(compute, threads, lengths.Count * fitsPerModel);
    }

    /// <summary>The devices of an engine with a measured step, on this machine.</summary>
    public IReadOnlyList<ComputeDevice> KnownDevices(string engine) =>
        [.. file.Times.Where(t => t.Machine == Environment.MachineName && t.Engine == engine)
            .Select(t => new ComputeDevice(t.Device, t.DeviceName, t.VectorBits)).Distinct()];

    private double SecondsPerStep(ComputeTarget compute, FitShape shape, StudyPlan plan, PlannedFit fit, CancellationToken cancellation)
    {
        if (Find(compute, shape) is { } known) return known.SecondsPerStep;
        using IDisposable slot = devices.Enter(compute, cancellation);
        // Another study may have measured it while this one waited.
        if (Find(compute, shape) is { } since) return since.SecondsPerStep;
        StepTime measured = Key(compute, shape) with { SecondsPerStep = StepMeasurement.SecondsPerStep(compute, plan, fit, cancellation) };
        file.Add(measured);
        return measured.SecondsPerStep;
    }

    private StepTime? Find(ComputeTarget compute, FitShape shape)
    {
        StepTime key = Key(compute, shape);
        return file.Times.FirstOrDefault(key.IsOfSame);
    }

    // Before its native library is loaded, an engine does not know that library's part of its version.
    private StepTime? FindAnyVersion(ComputeTarget compute, FitShape shape)
    {
        StepTime key = Key(compute, shape);
        return file.Times.LastOrDefault(t => t.Version.StartsWith(key.Version, StringComparison.Ordinal)
            && t.IsOfSame(key with { Version = t.Version }));
    }

    private static int AtOnce(ComputeTarget compute, int threads, int fits) =>
        Math.Clamp(Math.Min(compute.FitsAtOnce(threads), compute.Parallelism), 1, Math.Max(1, fits));

    private static int StepsPerEpoch(int rows, TrainingSettings training) => (rows + training.BatchSize - 1) / training.BatchSize;

    private static StepTime Key(ComputeTarget compute, FitShape shape)
    {
        ComputeOrigin origin = compute.Origin;
        return new StepTime(Environment.MachineName, origin.Engine, origin.Version, origin.Device, origin.DeviceName, origin.VectorBits,
            shape.Model, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(shape.Details)))[..16], 0);
    }
}
