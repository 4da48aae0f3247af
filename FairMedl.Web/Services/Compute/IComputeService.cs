namespace FairMedl.Web.Services.Compute;

/// <summary>Finds the compute engines and devices of this machine, and tests them.</summary>
public interface IComputeService
{
    /// <summary>The self-test that runs, or else the last one since the program started; null before the first.</summary>
    SelfTestJob? Latest { get; }

    /// <summary>Reads engines, devices and problems. The first call loads native libraries, which can take some seconds.</summary>
    Task<ComputeOverview> ReadAsync(CancellationToken cancellation = default);

    /// <summary>Starts a self-test of every device, or returns the one that runs.</summary>
    SelfTestJob Start();
}
