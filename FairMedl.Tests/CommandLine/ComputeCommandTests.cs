using FairMedl.Web.CommandLine;
using Xunit;

namespace FairMedl.Tests.CommandLine;

public sealed class ComputeCommandTests : IDisposable
{
    private readonly StringWriter output = new(), error = new();

    public void Dispose()
    {
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public async Task Compute_ManagedEngine_ListsItsProcessor()
    {
        Assert.Equal(0, await Run("compute", "--engine", "managed"));

        Assert.Contains("managed: managed engine", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("  cpu", output.ToString(), StringComparison.Ordinal);
        Assert.Empty(error.ToString());
    }

    [Theory]
    [InlineData("--engine", "gpu")]
    [InlineData("--engine", "managed", "--device", "cuda:0")]
    [InlineData("--nonsense")]
    public async Task Compute_WrongChoice_Returns2WithTheReason(params string[] arguments)
    {
        Assert.Equal(2, await Run(["compute", .. arguments]));
        Assert.NotEmpty(error.ToString());
    }

    private Task<int> Run(params string[] arguments) => FairMedlCommands.RunAsync(arguments, new Terminal(output, error, IsInteractive: false));
}
