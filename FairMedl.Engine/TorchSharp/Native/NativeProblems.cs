using FairMedl.Core.Fits.Engines;

namespace FairMedl.Engine.TorchSharp.Native;

/// <summary>The reasons why TorchSharp cannot run on this machine, or not on its GPU, each with its remedy.</summary>
internal static class NativeProblems
{
    public static ComputeProblem NoLibraryForSystem(string system) => new(
        $"TorchSharp has no native library for {system}.",
        $"Use the managed engine, or one of these systems: {string.Join(", ", NativeSystem.SupportedIds)}.");

    public static ComputeProblem NoShim(string file, IEnumerable<string> folders) => new(
        $"TorchSharp's library {file} was not found. Looked in {string.Join(", ", folders)}.",
        "Install the program again: this file belongs to every build.");

    public static ComputeProblem NoLibTorch(string file, IEnumerable<string> folders) => new(
        $"libtorch was not found: no {file} in {string.Join(", ", folders)}.",
        "Set Compute:LibTorch to a folder with libtorch (torch/lib of a PyTorch installation), or build with -p:LibTorch=cpu, " +
        "cuda-windows or cuda-linux.");

    public static ComputeProblem NoSuchFolder(string folder) => new(
        $"The value of Compute:LibTorch is not an existing folder: {folder}.",
        "Set Compute:LibTorch to torch/lib of a PyTorch installation, or to lib of an unpacked libtorch.");

    public static ComputeProblem FolderLacks(string folder, string file) => new(
        $"The folder of Compute:LibTorch has no {file}: {folder}.",
        "Set Compute:LibTorch to torch/lib of a PyTorch installation, or to lib of an unpacked libtorch.");

    public static ComputeProblem TwoLibTorch(string configured, string own) => new(
        $"This build has its own libtorch in {own}, so that of Compute:LibTorch cannot be loaded: {configured}.",
        "Remove the setting, or use a build without -p:LibTorch.");

    public static ComputeProblem OtherFolderHeld(string folder, string held) => new(
        $"Libraries from {held} are already loaded, so {folder} cannot be used in this process.", "Restart the program.");

    public static ComputeProblem Damaged(string path, string fault) => new(
        $"{path} is damaged. {fault}", "Install libtorch again.");

    public static ComputeProblem NotLoadable(string path, string reason) => new(
        $"{path} cannot be loaded: {reason}",
        "Check that all files of libtorch are there and that their version fits TorchSharp, which is built for libtorch 2.10.");

    public static ComputeProblem OldCppLibrary(string version, string obstacle) => new(
        $"This system's C++ library (libstdc++) lacks {version}, which TorchSharp's library requires. {obstacle}",
        "Use a system with GCC 13.2 or later, such as Ubuntu 24.04 or the .NET 10 container images.");

    public static ComputeProblem WeakeningIsOff(string version) => OldCppLibrary(version, "Compute:WeakenShim is off.") with
    {
        Remedy = "Set Compute:WeakenShim to true, or use a system with GCC 13.2 or later, such as Ubuntu 24.04.",
    };

    public static ComputeProblem CacheNotWritable(string folder, string reason) => new(
        $"An adapted copy of TorchSharp's library cannot be written to {folder}: {reason}",
        "Make the folder writable, or use a system with GCC 13.2 or later, such as Ubuntu 24.04.");

    public static ComputeProblem NoCacheFolder() => new(
        "An adapted copy of TorchSharp's library cannot be written: the user has no data folder.",
        "Set HOME to a folder of the user, or use a system with GCC 13.2 or later, such as Ubuntu 24.04.");

    public static ComputeProblem NotReadable(string path, string reason) => new(
        $"{path} cannot be read: {reason}", "Check the disk and the permissions of the file.");

    public static ComputeProblem NotInitialised(string reason) => new(
        $"TorchSharp could not start: {reason}", "Use libtorch 2.10, for which this version of TorchSharp is built.");

    public static ComputeProblem NoDriver() => new(
        "libtorch is built for CUDA, but this machine has no NVIDIA driver.",
        "Install the NVIDIA driver to use a GPU. The CPU can be used without it.");

    public static ComputeProblem DriverTooOld(string driver, string needed) => new(
        $"The NVIDIA driver supports CUDA {driver}, and libtorch needs CUDA {needed}.",
        "Update the NVIDIA driver, or use a libtorch for an older CUDA.");

    public static ComputeProblem NoGpu(string reason) => new(
        $"libtorch is built for CUDA, but found no GPU: {reason}",
        "Check with nvidia-smi that the GPU is visible, and that CUDA_VISIBLE_DEVICES does not hide it.");

    public static ComputeProblem CpuBuild(string gpu) => new(
        $"This machine has a GPU ({gpu}), but libtorch is a build for the CPU.",
        "To use the GPU, set Compute:LibTorch to a libtorch for CUDA, or build with -p:LibTorch=cuda-windows or cuda-linux.");
}
