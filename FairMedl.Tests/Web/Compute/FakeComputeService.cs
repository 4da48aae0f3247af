using FairMedl.Core.Fits.Engines;
using FairMedl.Web.Services.Compute;

namespace FairMedl.Tests.Web.Compute;

/// <summary>Engines that are given, and self-tests that the test advances.</summary>
internal sealed class FakeComputeService : IComputeService
{
    public static ComputeOrigin Managed { get; } = new("managed", "managed engine", "0.1.0", "cpu", null, 512);

    public Func<Task<ComputeOverview>> Read { get; set; } = () => Task.FromResult(Overview());

    public SelfTestJob? Latest { get; set; }

    public static ComputeOverview Overview(string engine = "auto") => new(
        [
            new EngineOverview("managed", "managed engine", "0.1.0",
                [new DeviceOverview(new ComputeDevice("cpu", "AMD EPYC", 512), 2)], []),
            new EngineOverview("torchsharp", "TorchSharp", "0.107.0",
                [], [new ComputeProblem("libtorch was not found.", "Install PyTorch.")]),
        ],
        new ComputeChoice(engine), Managed, 2, []);

    public Task<ComputeOverview> ReadAsync(CancellationToken cancellation = default) => Read();

    public SelfTestJob Start() => Latest = new SelfTestJob(DateTimeOffset.UnixEpoch);
}
