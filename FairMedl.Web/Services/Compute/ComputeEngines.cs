using System.Globalization;
using FairMedl.Core.Data;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Storage;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Plan;
using FairMedl.Web.Jobs;
using Microsoft.Extensions.Logging.Abstractions;

namespace FairMedl.Web.Services.Compute;

/// <summary>
/// The compute engines of this program and the choice between them. Nothing is created or measured before a fit needs it: without a
/// GPU, "auto" is the managed engine, and TorchSharp is not loaded.
/// </summary>
/// <param name="engines">The engines, the default first.</param>
/// <param name="configured">The configured choice, which applies where a study has none of its own.</param>
/// <param name="threads">Number of fits that run at once on the CPU.</param>
/// <param name="calibration">Measured speeds.</param>
/// <param name="log">Log of what "auto" chose.</param>
/// <param name="hasNvidiaDriver">Whether the machine may have a CUDA device.</param>
public sealed class ComputeEngines(IReadOnlyList<InstalledEngine> engines, ComputeChoice configured, int threads,
    ComputeCalibration calibration, ILogger<ComputeEngines> log, Func<bool> hasNvidiaDriver) : IFitCompute
{
    private const string Auto = ComputeChoice.Auto, CudaPrefix = "cuda:";

    /// <summary>All engines for a command without a host, the default first. Creates them, but loads no native library.</summary>
    public static IReadOnlyList<IComputeEngine> All => OfProgram(ComputeSettings.OfProgram()).Engines;

    /// <summary>All engines, the default first. Creates them, but loads no native library.</summary>
    public IReadOnlyList<IComputeEngine> Engines => [.. engines.Select(e => e.Engine)];

    /// <summary>The engines for a command without a host. Measured speeds are kept in the user's data folder.</summary>
    public static ComputeEngines OfProgram(ComputeSettings settings) => new(
        InstalledEngine.All(settings), settings.Choice, Environment.ProcessorCount,
        new ComputeCalibration(new CalibrationFile(UserFile(), NullLogger<CalibrationFile>.Instance), new DeviceSlots()),
        NullLogger<ComputeEngines>.Instance, () => NvidiaDriver.IsInstalled);

    /// <summary>The configured choice.</summary>
    public ComputeChoice Configured => configured;

    /// <summary>Number of fits that run at once on the CPU.</summary>
    public int Threads => threads;

    /// <summary>Engine and device for predictions with trained models, whichever engine trained them: the default engine.</summary>
    public ComputeTarget ForPredictions => OnCpu(engines[0].Engine);

    /// <summary>Checks the form of a choice. Looks for no device.</summary>
    /// <exception cref="InputException">There is no such engine, or the text names no device.</exception>
    public static void Check(ComputeChoice choice, ComputePlace place)
    {
        var faults = new List<InputFault>();
        if (choice.Engine != Auto && !InstalledEngine.Ids.Contains(choice.Engine))
            faults.Add(new InputFault("There is no such compute engine.", $"Choose auto, {string.Join(" or ", InstalledEngine.Ids)}.",
                Value: choice.Engine, Path: place.Engine));
        if (!IsDevice(choice.Device))
            faults.Add(new InputFault("This is not a compute device.", "Choose auto, cpu or cuda:N, such as cuda:0.", Value: choice.Device,
                Path: place.Device));
        else if (choice.Engine == InstalledEngine.ManagedId && choice.Device.StartsWith(CudaPrefix, StringComparison.Ordinal))
            faults.Add(new InputFault("The managed engine runs on the CPU only.",
                $"Choose cpu, or the engine {InstalledEngine.TorchSharpId}.", Value: choice.Device, Path: place.Device));
        if (faults.Count > 0) throw new InputException(faults);
    }

    /// <summary>Checks that the engine and device of a choice are available, except where it leaves both to the program.</summary>
    /// <exception cref="InputException">They are not, with the reason and what to do.</exception>
    public void CheckAvailable(ComputeChoice choice, ComputePlace place)
    {
        Check(choice, place);
        if (choice != new ComputeChoice()) Candidates(choice, place);
    }

    /// <inheritdoc/>
    public ComputeTarget Choose(ComputeChoice? own, StudyPlan plan, CancellationToken cancellation) =>
        Choose(own ?? configured, own is null ? ComputePlace.Settings : ComputePlace.Study, plan, threads, cancellation);

    /// <summary>The engine and device of a choice for a study, measured where it has a GPU and leaves the device to the program.</summary>
    /// <exception cref="InputException">They are not available, with the reason and what to do.</exception>
    public ComputeTarget Choose(ComputeChoice choice, ComputePlace place, StudyPlan plan, int fitsAtOnce, CancellationToken cancellation)
    {
        Check(choice, place);
        (ComputeTarget first, IReadOnlyList<ComputeTarget> gpus) = Candidates(choice, place);
        if (gpus.Count == 0) return first;
        ComputeTarget chosen = ComputeRule.Fastest(first, gpus, Seconds);
        log.LogInformation("Study {Study} is computed on {Compute}", plan.Definition.Name, chosen.Origin.Description);
        return chosen;

        double? Seconds(ComputeTarget compute)
        {
            try
            {
                return calibration.StudySeconds(compute, plan, fitsAtOnce, cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning(e, "The speed of {Compute} could not be measured, so it is not chosen", compute.Origin.Description);
                return null;
            }
        }
    }

    /// <summary>The engine and device that a study's fits are expected to use, from what is known. Measures nothing.</summary>
    public ComputeTarget Expected(ComputeChoice? own, StudyDefinition definition)
    {
        ComputeChoice choice = own ?? configured;
        ComputeTarget cpu = Expected(engines, choice);
        if (choice.Device != Auto || choice.Engine == engines[0].Id || !hasNvidiaDriver()) return cpu;
        ComputeTarget[] gpus = [.. engines.Skip(1).Where(e => choice.Engine is Auto || choice.Engine == e.Id)
            .SelectMany(e => calibration.KnownDevices(e.Id).Where(d => !d.IsCpu).Select(d => new ComputeTarget(e.Engine, d)))];
        return ComputeRule.Fastest(cpu, gpus, compute => calibration.KnownSeconds(compute, definition, threads));
    }

    /// <summary>The choices of a study: as configured, and every engine on every device that it finds. Loads native libraries.</summary>
    public IReadOnlyList<ComputeOption> Options() =>
    [
        new ComputeOption(null, $"As configured ({configured.Description})"),
        .. engines.SelectMany(e => e.Engine.Devices is { Count: > 0 } devices
            ? devices.Select(d => new ComputeOption(new ComputeChoice(e.Id, d.Id), Name(e.Engine, d)))
            : [new ComputeOption(new ComputeChoice(e.Id), Capital(e.Engine.Description),
                Reason(NoDevices(e.Engine, e.Id, ComputePlace.Study)))]),
    ];

    private (ComputeTarget First, IReadOnlyList<ComputeTarget> Gpus) Candidates(ComputeChoice choice, ComputePlace place)
    {
        InstalledEngine? named = choice.Engine == Auto ? null : engines.First(e => e.Id == choice.Engine);
        if (choice.Device == ComputeDevice.Cpu || (named is null && choice.Device == Auto && !hasNvidiaDriver()))
            return (named is null ? OnCpu(engines[0].Engine) : Find(named, ComputeDevice.Cpu, place), []);
        if (choice.Device != Auto) return (Find(named ?? engines[^1], choice.Device, place), []);

        IEnumerable<InstalledEngine> searched = named is null ? engines : [named];
        ComputeTarget[] all = [.. searched.SelectMany(e => e.Engine.Devices.Select(d => new ComputeTarget(e.Engine, d)))];
        ComputeTarget[] gpus = [.. all.Where(t => !t.Device.IsCpu)];
        return all.FirstOrDefault(t => t.Device.IsCpu) is { } cpu ? (cpu, gpus)
            : gpus is [var first, ..] ? (first, gpus[1..])
            : throw new InputException(NoDevices(named!.Engine, named.Id, place));
    }

    private static ComputeTarget Find(InstalledEngine installed, string device, ComputePlace place)
    {
        IComputeEngine engine = installed.Engine;
        if (engine.Devices.Count == 0) throw new InputException(NoDevices(engine, installed.Id, place));
        if (engine.Devices.FirstOrDefault(d => d.Id == device) is { } found) return new ComputeTarget(engine, found);
        string[] names = [.. engine.Devices.Select(d => d.IsCpu || d.Name is null ? d.Id : $"{d.Id} ({d.Name})")];
        string[] ids = [.. engine.Devices.Select(d => d.Id)];
        // What keeps a GPU from being used, such as an old driver, is the reason why only the CPU is there.
        ComputeProblem? problem = device != ComputeDevice.Cpu && engine.Devices.All(d => d.IsCpu) && engine.Problems is [var reason, ..]
            ? reason : null;
        throw new InputException(new InputFault(
            $"{device} does not exist: {engine.Description} has {string.Join(" and ", names)} on this machine. {problem?.Message}"
                .TrimEnd(),
            $"{problem?.Remedy} Choose {string.Join(", ", ids.Prepend(Auto).SkipLast(1))} or {ids[^1]}.".TrimStart(), Value: device,
            Path: place.Device));
    }

    private static InputFault NoDevices(IComputeEngine engine, string id, ComputePlace place) =>
        engine.Problems is [var problem, ..]
            ? new InputFault(problem.Message, $"{problem.Remedy.TrimEnd('.')}, or choose the managed engine.", Value: id,
                Path: place.Engine)
            : new InputFault($"{engine.Description} has no device on this machine.", $"Choose the engine {InstalledEngine.ManagedId}.",
                Value: id, Path: place.Engine);

    // Made from the text alone: naming a device loads no library.
    private static ComputeTarget Expected(IReadOnlyList<InstalledEngine> engines, ComputeChoice choice)
    {
        bool isGpu = choice.Device.StartsWith(CudaPrefix, StringComparison.Ordinal);
        InstalledEngine engine = choice.Engine == Auto ? isGpu ? engines[^1] : engines[0] : engines.First(e => e.Id == choice.Engine);
        return isGpu ? new ComputeTarget(engine.Engine, new ComputeDevice(choice.Device))
            : engine == engines[0] ? OnCpu(engine.Engine)
            : new ComputeTarget(engine.Engine, new ComputeDevice(ComputeDevice.Cpu));
    }

    private static string? UserFile()
    {
        try
        {
            return CalibrationFile.PathIn(StorageFolder.Default);
        }
        catch (StorageException)
        {
            return null;
        }
    }

    private static ComputeTarget OnCpu(IComputeEngine engine) => new(engine, engine.Devices.First(d => d.IsCpu));

    private static bool IsDevice(string device) => device is Auto or ComputeDevice.Cpu
        || (device.StartsWith(CudaPrefix, StringComparison.Ordinal) && device != CudaPrefix
            && device[CudaPrefix.Length..].All(char.IsAsciiDigit)
            && int.TryParse(device[CudaPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && device == string.Create(CultureInfo.InvariantCulture, $"{CudaPrefix}{number}"));

    private static string Name(IComputeEngine engine, ComputeDevice device) =>
        device.IsCpu ? $"{Capital(engine.Description)} on the CPU"
            : $"{Capital(engine.Description)} on {device.Id}{(device.Name is null ? "" : $" ({device.Name})")}";

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static string Reason(InputFault fault) => $"{fault.What} {fault.Remedy}";
}
