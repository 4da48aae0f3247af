using FairMedl.Core.Data;
using FairMedl.Core.Fits.Engines;
using FairMedl.Web.Services.Compute;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace FairMedl.Tests.Services;

public sealed class ComputeSettingsTests
{
    private static ComputeSettings Read(params (string Name, string Value)[] values) => ComputeSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(v => new KeyValuePair<string, string?>($"Compute:{v.Name}", v.Value))).Build());

    [Fact]
    public void Read_NothingSet_LeavesTheChoiceToTheProgram()
    {
        ComputeSettings settings = Read(("Engine", " "));
        Assert.Equal((new ComputeChoice(), "", true), (settings.Choice, settings.LibTorch, settings.WeakenShim));
    }

    [Fact]
    public void Read_EverySetting_HasItsValue()
    {
        ComputeSettings settings = Read(("Engine", "TorchSharp"), ("Device", "CUDA:1"), ("LibTorch", "/opt/Torch/lib"), ("WeakenShim", "False"));
        Assert.Equal((new ComputeChoice("torchsharp", "cuda:1"), "/opt/Torch/lib", false), (settings.Choice, settings.LibTorch, settings.WeakenShim));
    }

    [Theory]
    [InlineData("Engine", "libtorch", "Compute:Engine, value 'libtorch': There is no such compute engine.")]
    [InlineData("Device", "gpu", "Compute:Device, value 'gpu': This is not a compute device.")]
    [InlineData("WeakenShim", "maybe", "Compute:WeakenShim, value 'maybe': This is neither true nor false. Set true or false.")]
    public void Read_WrongValue_NamesSettingValueAndRemedy(string name, string value, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => Read((name, value))).Message, StringComparison.Ordinal);
}
