using FairMedl.Core.Fits.SelfTests;
using FairMedl.Engine.Managed;
using FairMedl.Engine.TorchSharp;
using FairMedl.Engine.TorchSharp.Native;

// Usage: FairMedl.GpuCheck [folder with libtorch]. Exit codes as those of `FairMedl.Web compute --self-test`.
if (args.Length > 1 || args is [['-', ..]])
{
    Console.Error.WriteLine("Usage: FairMedl.GpuCheck [folder with libtorch, such as torch/lib of a PyTorch installation]");
    return (int)ComputeCheckOutcome.NotFound;
}

LibTorch.Configure(new LibTorchOptions(args.FirstOrDefault(), CacheFolder: Path.Combine(AppContext.BaseDirectory, "cache")));
var check = new ComputeCheck([new ManagedEngine(), new TorchSharpEngine()], Console.Out, Console.Error);
return (int)check.Run(engine: null, device: null, selfTest: true, CancellationToken.None);
