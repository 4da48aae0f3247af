using System.Text.Json;
using Xunit;

namespace FairMedl.Tests.Hosting;

/// <summary>Which packages the build property LibTorch adds, read from the project without restoring them.</summary>
public class LibTorchSwitchTests
{
    [Theory]
    [InlineData("cuda-windows", "", "TorchSharp-cuda-windows 0.107.0")]
    [InlineData("cuda-linux", "", "TorchSharp-cuda-linux 0.107.0")]
    [InlineData("cpu", "linux-x64", "libtorch-cpu-linux-x64 2.10.0")]
    [InlineData("cpu", "win-x64", "libtorch-cpu-win-x64 2.10.0")]
    [InlineData("cpu", "win-arm64", "libtorch-cpu-win-arm64 2.10.0")]
    [InlineData("cpu", "osx-arm64", "libtorch-cpu-osx-arm64 2.10.0")]
    [InlineData("", "", "")]
    public void LibTorch_Value_AddsItsPackage(string value, string system, string package)
    {
        (int exit, string output) = Evaluate(value, system, "-getItem:PackageReference", "-getItem:PackageVersion");

        Assert.Equal(0, exit);
        string[] added = [.. Items(output, "PackageReference").Where(i => i.Contains("torch", StringComparison.OrdinalIgnoreCase))];
        Assert.Equal(package.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(1), added);
        if (package.Length > 0) Assert.Contains(package, Versions(output));
    }

    [Theory]
    [InlineData("rocm", "", "LibTorch=rocm is unknown. Use cpu, cuda-windows or cuda-linux")]
    [InlineData("cpu", "linux-arm64", "There is no libtorch for linux-arm64.")]
    public void LibTorch_UnknownValueOrSystem_StopsTheBuild(string value, string system, string message)
    {
        (int exit, string output) = Evaluate(value, system, "-t:CheckLibTorch");

        Assert.NotEqual(0, exit);
        Assert.Contains(message, output, StringComparison.Ordinal);
    }

    private static (int Exit, string Output) Evaluate(string value, string system, params string[] arguments) =>
        ProgramFactAttribute.Run("dotnet", ["msbuild",
            Path.Combine(SharedData.Repository, "FairMedl.Web", "FairMedl.Web.csproj"), "-nologo",
            $"-p:LibTorch={value}", $"-p:RuntimeIdentifier={system}", .. arguments]);

    private static IEnumerable<string> Items(string output, string type) =>
        Elements(output, type).Select(i => i.GetProperty("Identity").GetString()!);

    private static IEnumerable<string> Versions(string output) => Elements(output, "PackageVersion")
        .Select(i => $"{i.GetProperty("Identity").GetString()} {i.GetProperty("Version").GetString()}");

    private static JsonElement.ArrayEnumerator Elements(string output, string type) =>
        JsonDocument.Parse(output).RootElement.GetProperty("Items").GetProperty(type).EnumerateArray();
}
