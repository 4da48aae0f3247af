using FairMedl.Engine.TorchSharp.Native;
using Xunit;

namespace FairMedl.Tests.Native;

/// <summary>Why a GPU cannot be used, in words.</summary>
public class TorchDevicesTests
{
    private const int NoDevice = 100, DriverMismatch = 803;
    private static readonly CudaGpu Gpu = new("NVIDIA H100 80GB HBM3", 80L << 30);

    [Xunit.Fact]
    public void ProblemOf_CpuBuildWithoutGpu_IsNull()
    {
        Assert.Null(TorchDevices.ProblemOf(hasCuda: false, driver: null, runtime: null));
        Assert.Null(TorchDevices.ProblemOf(hasCuda: false, new CudaDriver(12080, NoDevice, []), runtime: null));
    }

    [Xunit.Fact]
    public void ProblemOf_CpuBuildWithGpu_NamesTheGpu() => Assert.Equal(
        "This machine has a GPU (NVIDIA H100 80GB HBM3), but libtorch is a build for the CPU.",
        TorchDevices.ProblemOf(hasCuda: false, new CudaDriver(12080, 0, [Gpu]), runtime: null)!.Message);

    [Xunit.Fact]
    public void ProblemOf_NoDriver_SaysSo() => Assert.Equal("libtorch is built for CUDA, but this machine has no NVIDIA driver.",
        TorchDevices.ProblemOf(hasCuda: true, driver: null, runtime: 12080)!.Message);

    [Xunit.Theory]
    [InlineData(11040, 12080, "The NVIDIA driver supports CUDA 11.4, and libtorch needs CUDA 12.8.")]
    [InlineData(12090, 13000, "The NVIDIA driver supports CUDA 12.9, and libtorch needs CUDA 13.0.")]
    [InlineData(12020, 12080, "libtorch is built for CUDA, but found no GPU: CUDA's initialisation returned error 803.")]
    [InlineData(12020, null, "libtorch is built for CUDA, but found no GPU: CUDA's initialisation returned error 803.")]
    public void ProblemOf_OldDriver_ComparesMajorVersions(int driver, int? runtime, string message) => Assert.Equal(message,
        TorchDevices.ProblemOf(hasCuda: true, new CudaDriver(driver, DriverMismatch, []), runtime)!.Message);

    [Xunit.Fact]
    public void ProblemOf_DriverWithoutDevice_SaysSo() => Assert.Equal(
        "libtorch is built for CUDA, but found no GPU: the driver reports none.",
        TorchDevices.ProblemOf(hasCuda: true, new CudaDriver(12080, NoDevice, []), runtime: 12080)!.Message);
}
