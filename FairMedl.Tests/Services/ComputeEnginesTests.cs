using FairMedl.Core.Data;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Plan;
using FairMedl.Tests.Storage;
using FairMedl.Tests.Studies;
using FairMedl.Web.Jobs;
using FairMedl.Web.Services.Compute;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FairMedl.Tests.Services;

public sealed class ComputeEnginesTests : IDisposable
{
    private const string Gpu = "cuda:0";
    private static readonly ComputeChoice Auto = new();
    private static readonly StudyPlan Plan = StudyPlan.Create(SmallStudy.Definition("nnet", "medl"), SmallStudy.Table());

    private readonly string folder = TemporaryStorage.NewPath();
    private readonly DeviceSlots slots = new();

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private CalibrationFile File => new(CalibrationFile.PathIn(folder), NullLogger<CalibrationFile>.Instance);

    private static FakeEngine Managed(double seconds = 1e-5, int parallelism = 1) =>
        new("managed", (new ComputeDevice("cpu", VectorBits: 256), seconds)) { OnCpu = parallelism };

    private static FakeEngine Torch(double onGpu = 1e-3, double onCpu = 1e-3, int onGpuAtOnce = 1) =>
        new("torchsharp", (new ComputeDevice("cpu"), onCpu), (new ComputeDevice(Gpu, "H100"), onGpu)) { OnGpu = onGpuAtOnce };

    private ComputeEngines Engines(FakeEngine managed, FakeEngine torch, bool driver = true, ComputeChoice? configured = null, int threads = 4) =>
        new([new InstalledEngine("managed", () => managed), new InstalledEngine("torchsharp", () => torch)], configured ?? Auto, threads,
            new ComputeCalibration(File, slots), NullLogger<ComputeEngines>.Instance, () => driver);

    private static string Chosen(ComputeEngines engines, ComputeChoice? own = null)
    {
        ComputeTarget target = engines.Choose(own, Plan, CancellationToken.None);
        return $"{target.Engine.Id} {target.Device.Id}";
    }

    [Fact]
    public void Auto_WithoutADriver_IsManagedAndLooksForNothing()
    {
        FakeEngine managed = Managed(), torch = Torch(onGpu: 1e-9);

        Assert.Equal("managed cpu", Chosen(Engines(managed, torch, driver: false)));
        Assert.Equal(0, torch.Searches);
        Assert.Empty(managed.Runs);
        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData(1e-4, 1e-3, "torchsharp cuda:0")]
    [InlineData(1e-3, 1e-4, "managed cpu")]
    [InlineData(1e-4, 1e-4, "managed cpu")]
    public void Auto_WithAGpu_TakesItWhereItIsFaster(double gpu, double cpu, string expected) =>
        Assert.Equal(expected, Chosen(Engines(Managed(cpu), Torch(gpu))));

    /// <summary>A CPU that runs four fits at once ends before a GPU that runs one at three times the speed.</summary>
    [Theory]
    [InlineData(4, 1, "managed cpu")]
    [InlineData(2, 1, "torchsharp cuda:0")]
    [InlineData(4, 2, "torchsharp cuda:0")]
    public void Auto_WithAGpu_CountsTheFitsAtOnce(int onCpu, int onGpu, string expected) =>
        Assert.Equal(expected, Chosen(Engines(Managed(3e-4, onCpu), Torch(1e-4, onGpuAtOnce: onGpu))));

    [Fact]
    public void Auto_Measured_IsNotMeasuredAgainForTheSameShape()
    {
        FakeEngine managed = Managed(1e-3), torch = Torch(1e-4);
        Assert.Equal("torchsharp cuda:0", Chosen(Engines(managed, torch)));
        int measured = torch.Runs.Count;
        Assert.True(measured > 0);

        // Another process reads the file.
        Assert.Equal("torchsharp cuda:0", Chosen(Engines(managed, torch)));
        Assert.Equal(measured, torch.Runs.Count);

        torch.Version = "1.1";
        Chosen(Engines(managed, torch));
        Assert.Equal(2 * measured, torch.Runs.Count);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"formatVersion\": 99, \"times\": [{}]}")]
    [InlineData("[]")]
    [InlineData("{\"formatVersion\": 1, \"times\": [null, {}]}")]
    public void Auto_DamagedOrOtherFile_IsMeasuredAgain(string content)
    {
        string path = CalibrationFile.PathIn(folder);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);

        Assert.Equal("torchsharp cuda:0", Chosen(Engines(Managed(1e-3), Torch(1e-4))));
        Assert.NotEmpty(File.Times);
        System.IO.File.Delete(path);
        Assert.Empty(File.Times);
    }

    [Fact]
    public void Auto_GpuThatFails_IsNotChosen()
    {
        FakeEngine torch = Torch(1e-9);
        torch.Act = device =>
        {
            if (!device.IsCpu) throw new FitException("Out of memory.");
        };

        Assert.Equal("managed cpu", Chosen(Engines(Managed(1), torch)));
        Assert.DoesNotContain(File.Times, t => t.Device == Gpu);
    }

    [Fact]
    public void Auto_Cancelled_Throws()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Engines(Managed(), Torch()).Choose(null, Plan, stop.Token));
    }

    [Theory]
    [InlineData("managed", "auto", "managed cpu")]
    [InlineData("torchsharp", "cpu", "torchsharp cpu")]
    [InlineData("torchsharp", "cuda:0", "torchsharp cuda:0")]
    [InlineData("auto", "cuda:0", "torchsharp cuda:0")]
    [InlineData("auto", "cpu", "managed cpu")]
    [InlineData("torchsharp", "auto", "torchsharp cuda:0")]
    public void Choose_Named_IsThatOne(string engine, string device, string expected)
    {
        FakeEngine managed = Managed(), torch = Torch(1e-4, onCpu: 1e-3);
        Assert.Equal(expected, Chosen(Engines(managed, torch), new ComputeChoice(engine, device)));
        Assert.Equal(expected, Chosen(Engines(managed, torch, configured: new ComputeChoice(engine, device))));
        Assert.Empty(managed.Runs);
    }

    [Theory]
    [InlineData("tensorflow", "auto", "engine of the study, value 'tensorflow': There is no such compute engine. Choose auto, managed or torchsharp.")]
    [InlineData("auto", "tpu", "device of the study, value 'tpu': This is not a compute device. Choose auto, cpu or cuda:N, such as cuda:0.")]
    [InlineData("auto", "cuda:", "not a compute device")]
    [InlineData("auto", "cuda:-1", "not a compute device")]
    [InlineData("auto", "cuda:01", "not a compute device")]
    [InlineData("auto", "cuda:99999999999", "not a compute device")]
    [InlineData("managed", "cuda:0", "The managed engine runs on the CPU only. Choose cpu, or the engine torchsharp.")]
    [InlineData("torchsharp", "cuda:1", "device of the study, value 'cuda:1': cuda:1 does not exist: torchsharp engine has cpu and cuda:0 (H100) on this machine. Choose auto, cpu or cuda:0.")]
    public void Choose_NoSuchEngineOrDevice_SaysWhatThereIs(string engine, string device, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => Chosen(Engines(Managed(), Torch()), new ComputeChoice(engine, device))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Choose_EngineWithoutDevices_GivesItsProblemAndManagedStaysUsable()
    {
        var torch = new FakeEngine("torchsharp") { Problems = [new ComputeProblem("There is no libtorch.", "Set Compute:LibTorch.")] };
        ComputeEngines engines = Engines(Managed(), torch);

        foreach (ComputeChoice choice in (ComputeChoice[])[new("torchsharp"), new("torchsharp", "cpu"), new("auto", Gpu)])
        {
            InputException refused = Assert.Throws<InputException>(() => Chosen(engines, choice));
            Assert.Contains("There is no libtorch. Set Compute:LibTorch, or choose the managed engine.", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal("managed cpu", Chosen(engines));
        Assert.Equal("managed cpu", Chosen(engines, new ComputeChoice("managed")));
    }

    [Fact]
    public void Choose_GpuWithoutDriver_NamesTheReason()
    {
        var torch = new FakeEngine("torchsharp", (new ComputeDevice("cpu"), 1)) { Problems = [new ComputeProblem("The driver is too old.", "Update it.")] };

        InputException refused = Assert.Throws<InputException>(() => Chosen(Engines(Managed(), torch), new ComputeChoice("torchsharp", Gpu)));
        Assert.Contains("cuda:0 does not exist: torchsharp engine has cpu on this machine. The driver is too old. Update it. Choose auto or cpu.",
            refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckAvailable_Auto_LooksForNothing()
    {
        FakeEngine torch = Torch();
        Engines(Managed(), torch).CheckAvailable(Auto, ComputePlace.CommandLine);
        Assert.Equal(0, torch.Searches);
    }

    /// <summary>A forecast names the engine and device that will run, without a measurement of its own.</summary>
    [Fact]
    public void Expected_BeforeAndAfterAMeasurement_FollowsTheRule()
    {
        FakeEngine managed = Managed(1e-3), torch = Torch(1e-4);
        ComputeEngines engines = Engines(managed, torch);
        StudyDefinition definition = Plan.Definition;
        string Expected(ComputeChoice? own) => engines.Expected(own, definition) is var target ? $"{target.Engine.Id} {target.Device.Id}" : "";

        Assert.Equal("managed cpu", Expected(null));
        Assert.Equal("torchsharp cuda:1", Expected(new ComputeChoice("torchsharp", "cuda:1")));
        Assert.Equal("torchsharp cpu", Expected(new ComputeChoice("torchsharp", "cpu")));
        Assert.Empty(torch.Runs);
        Assert.Equal(0, torch.Searches);

        Chosen(engines);
        Assert.Equal("torchsharp cuda:0", Expected(null));
        Assert.Equal("managed cpu", Expected(new ComputeChoice("managed")));
    }

    /// <summary>TorchSharp adds libtorch's version to its own once libtorch is loaded.</summary>
    [Fact]
    public void Expected_EngineNotLoadedYet_FindsWhatItMeasuredWhenLoaded()
    {
        FakeEngine torch = Torch(1e-4);
        torch.Version = "1.0, libtorch 2.10";
        ComputeEngines engines = Engines(Managed(1e-3), torch);
        Chosen(engines);

        torch.Version = "1.0";
        Assert.Equal("cuda:0", engines.Expected(null, Plan.Definition).Device.Id);
        torch.Version = "1.1";
        Assert.Equal("cpu", engines.Expected(null, Plan.Definition).Device.Id);
    }

    [Fact]
    public void Auto_WhileAFitUsesTheGpu_MeasuresAfterIt()
    {
        FakeEngine managed = Managed(seconds: 1e-3), torch = Torch(onGpu: 1e-4);
        ComputeEngines engines = Engines(managed, torch);
        using (slots.Enter(new ComputeTarget(torch, new ComputeDevice(Gpu, "H100")), CancellationToken.None))
        {
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
            Assert.ThrowsAny<OperationCanceledException>(() => engines.Choose(null, Plan, stop.Token));
            Assert.Empty(torch.Runs);
        }

        Assert.Equal("torchsharp cuda:0", Chosen(engines));
    }

    [Fact]
    public void Options_OfAllEngines_NameDevicesAndProblems()
    {
        var torch = new FakeEngine("torchsharp") { Problems = [new ComputeProblem("There is no libtorch.", "Set Compute:LibTorch.")] };

        Assert.Equal(["As configured (auto)", "Managed engine on the CPU", "Torchsharp engine"], Engines(Managed(), torch).Options().Select(o => o.Name));
        Assert.Equal("There is no libtorch. Set Compute:LibTorch, or choose the managed engine.", Engines(Managed(), torch).Options()[2].Problem);
        Assert.Equal(["Torchsharp engine on the CPU", "Torchsharp engine on cuda:0 (H100)"], Engines(Managed(), Torch()).Options().Skip(2).Select(o => o.Name));
    }
}
