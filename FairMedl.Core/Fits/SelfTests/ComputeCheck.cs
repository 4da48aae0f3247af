using System.Globalization;
using System.Runtime.InteropServices;
using FairMedl.Core.Fits.Engines;

namespace FairMedl.Core.Fits.SelfTests;

/// <summary>How a check of the compute engines ended.</summary>
public enum ComputeCheckOutcome
{
    /// <summary>Everything was listed, and every requested self-test passed.</summary>
    Passed,

    /// <summary>A self-test failed, or a chosen engine has no device to test.</summary>
    Failed,

    /// <summary>There is no such engine or device.</summary>
    NotFound,
}

/// <summary>
/// Writes which compute engines and devices a machine has, what is missing and what to do about it, and on request the self-test of
/// each device, as text for a terminal.
/// </summary>
public sealed class ComputeCheck(IReadOnlyList<IComputeEngine> engines, TextWriter output, TextWriter error)
{
    private const int NameWidth = 38, NumberWidth = 12;
    private SelfTestResult? reference;

    /// <summary>Writes the check.</summary>
    /// <param name="engine">Id of the only engine to check; null checks all.</param>
    /// <param name="device">Id of the only device to check; null checks all.</param>
    /// <param name="selfTest">Whether to run the self-test of each device.</param>
    /// <param name="cancellation">Stops a self-test.</param>
    /// <exception cref="OperationCanceledException">The check was cancelled.</exception>
    public ComputeCheckOutcome Run(string? engine, string? device, bool selfTest, CancellationToken cancellation)
    {
        IComputeEngine[] chosen = [.. engines.Where(e => engine is null || e.Id == engine)];
        if (chosen.Length == 0)
        {
            error.WriteLine($"'{engine}' is not a compute engine. Choose {string.Join(" or ", engines.Select(e => e.Id))}.");
            return ComputeCheckOutcome.NotFound;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} processors"));
        foreach (IComputeEngine one in chosen) WriteEngine(one);
        ComputeTarget[] targets =
        [
            .. from one in chosen
               from found in one.Devices
               where device is null || found.Id == device
               select new ComputeTarget(one, found),
        ];
        if (targets.Length == 0) return ReportNoDevice(chosen, device, selfTest);
        return selfTest && !TestAll(targets, cancellation) ? ComputeCheckOutcome.Failed : ComputeCheckOutcome.Passed;
    }

    private ComputeCheckOutcome ReportNoDevice(IComputeEngine[] chosen, string? device, bool selfTest)
    {
        string names = string.Join(" and ", chosen.Select(e => e.Id));
        if (device is not null)
        {
            error.WriteLine($"There is no device '{device}' for {names} on this machine.");
            return ComputeCheckOutcome.NotFound;
        }

        if (!selfTest) return ComputeCheckOutcome.Passed;
        error.WriteLine($"There is no device to test: {names} cannot run on this machine.");
        return ComputeCheckOutcome.Failed;
    }

    // The first tested device is the one that others are compared with.
    private bool TestAll(ComputeTarget[] targets, CancellationToken cancellation)
    {
        bool passed = true;
        ComputeTarget? first = null;
        foreach (ComputeTarget target in targets)
        {
            output.WriteLine();
            output.WriteLine($"Self-test of {target.Engine.Id} on {target.Device.Id} (takes some seconds)");
            if (first is not null) output.WriteLine($"  A ratio of 2 means twice the time of {first.Engine.Id} on {first.Device.Id}.");
            output.Flush();
            SelfTestResult result = target.Engine.SelfTest(target.Device, progress: null, cancellation);
            WriteResult(result);
            reference ??= result;
            first ??= target;
            passed &= result.Passed;
        }

        output.WriteLine();
        output.WriteLine(passed ? "All self-tests passed." : "A self-test failed. The reasons are above.");
        return passed;
    }

    private void WriteEngine(IComputeEngine engine)
    {
        // The devices first: an engine knows the version of its native library only once that is loaded.
        IReadOnlyList<ComputeDevice> devices = engine.Devices;
        output.WriteLine();
        output.WriteLine($"{engine.Id}: {engine.Description} {engine.Version}");
        if (devices.Count == 0) output.WriteLine("  no device");
        foreach (ComputeDevice device in devices) output.WriteLine($"  {device.Description}");
        foreach (ComputeProblem problem in engine.Problems)
        {
            output.WriteLine($"  Problem: {problem.Message}");
            output.WriteLine($"  What to do: {problem.Remedy}");
        }
    }

    private void WriteResult(SelfTestResult result)
    {
        Line(string.Create(CultureInfo.InvariantCulture, $"Reference fixture (bound {FixtureParity.Bound:0E+0})"), ["difference"]);
        foreach (FixtureParity fixture in result.Fixtures)
        {
            Line(ReferenceFixtures.Title(fixture.Fixture), [fixture.Difference?.ToString("0.0E+0", CultureInfo.InvariantCulture) ?? "-"],
                fixture.Failure ?? (fixture.Passed ? "passed" : $"FAILED: {fixture.Quantity}"));
        }

        IEnumerable<string> ratios = reference is null ? [] : StepCase.Sizes.Select(size => $"{size} ratio");
        Line("Training step, median in microseconds", [.. StepCase.Sizes, .. ratios]);
        foreach (ModelKind model in ModelCatalogue.All)
        {
            StepTiming[] times = [.. result.Steps.Where(s => s.Case.Model == model.Id)];
            Line(model.Name, [.. times.Select(Time), .. reference is null ? [] : times.Select(Ratio)],
                string.Join("; ", times.Select(t => t.Failure).OfType<string>().Distinct()));
        }
    }

    private void Line(string name, IEnumerable<string> numbers, string words = "") =>
        output.WriteLine($"  {name.PadRight(NameWidth)}{string.Concat(numbers.Select(n => n.PadLeft(NumberWidth)))}  {words}".TrimEnd());

    private static string Time(StepTiming step) => step.Microseconds switch
    {
        null => "-",
        < 1000 and { } time => time.ToString("N1", CultureInfo.InvariantCulture),
        { } time => time.ToString("N0", CultureInfo.InvariantCulture),
    };

    private string Ratio(StepTiming step) => step.RatioTo(reference)?.ToString("N2", CultureInfo.InvariantCulture) ?? "-";
}
