using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Fits.SelfTests;
using FairMedl.Engine.TorchSharp;
using TorchSharp;
using Xunit;

namespace FairMedl.Tests.Engine;

/// <summary>Failures of libtorch become the reason of a failed fit.</summary>
public sealed class EngineFailureTests
{
    private static readonly ComputeDevice Cpu = new(ComputeDevice.Cpu), Gpu = new("cuda:1");

    [Fact]
    public void Describe_OutOfGpuMemory_SaysHowMuchWasAskedAndWhatToChange() =>
        Assert.Equal(
            "GPU cuda:1 is out of memory: the fit asked for 2.00 GiB more (1.25 GiB is free). Use a smaller batch or smaller layers, " +
                "or the CPU.",
            EngineFailure.Describe("CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 79.11 GiB of which " +
                "1.25 GiB is free. Including non-PyTorch memory, this process has 77.86 GiB memory in use.\nException raised from malloc", Gpu));

    [Fact]
    public void Describe_AnotherFailure_IsItsFirstLine() =>
        Assert.Equal(
            "TorchSharp failed on cuda:1: CUDA error: an illegal memory access was encountered. Retry, or use the managed engine.",
            EngineFailure.Describe("CUDA error: an illegal memory access was encountered\nCUDA kernel errors might be ...", Gpu));

    [Fact]
    public void Describe_ExceptionOfTheProgram_IsNotTheEnginesFailure() =>
        Assert.Null(EngineFailure.Describe(new ArgumentException("x"), Cpu));

    [Fact]
    public void Run_MissingLibrary_IsAReason()
    {
        FitException thrown = Assert.Throws<FitException>(() => DeviceSession.Run<int>(Cpu, () =>
            throw new TypeInitializationException("TorchSharp.torch", new DllNotFoundException("libtorch.so: cannot open\nmore"))));
        Assert.Equal(
            "TorchSharp's native libraries cannot be used: libtorch.so: cannot open. See the Compute page, or use the managed engine.",
            thrown.Message);
    }

    [Fact]
    public void Run_MoreMemoryThanThereIs_SaysHowMuchWasAsked()
    {
        FitException thrown = Assert.Throws<FitException>(() => DeviceSession.Run(Cpu, () => torch.zeros(1L << 30, 1L << 20).numel()));
        Assert.Equal(
            "The machine is out of memory: the fit asked for 4194304.00 GiB more. Use a smaller batch or smaller layers, or fewer fits at once.",
            thrown.Message);
    }

    [Fact]
    public void Describe_OutOfMemoryOfTheMachine_IsNotTheGpus() =>
        Assert.StartsWith("The machine is out of memory: the fit asked for 3.00 GiB more.", EngineFailure.Describe(
            "[enforce fail at alloc_cpu.cpp:124] . DefaultCPUAllocator: can't allocate memory: you tried to allocate 3221225472 bytes.", Gpu),
            StringComparison.Ordinal);

    [Fact]
    public void SelfTest_GpuThatDoesNotExist_HasTheReasonInEveryPart()
    {
        SelfTestResult result = new TorchSharpEngine().SelfTest(new ComputeDevice("cuda:0"), null, CancellationToken.None);

        Assert.False(result.Passed);
        Assert.All(result.Fixtures, f => Assert.StartsWith("cuda:0 cannot be used: ", f.Failure, StringComparison.Ordinal));
        Assert.All(result.Steps, s => Assert.NotEmpty(s.Failure!));
    }

    [Fact]
    public void Run_ShapesThatDoNotFit_FailsTheFitAlone()
    {
        FitException thrown = Assert.Throws<FitException>(() =>
            DeviceSession.Run(Cpu, () => torch.nn.functional.linear(torch.ones(2, 3), torch.ones(4, 5))));
        Assert.StartsWith("TorchSharp failed on cpu: mat1 and mat2 shapes cannot be multiplied", thrown.Message, StringComparison.Ordinal);
    }
}
