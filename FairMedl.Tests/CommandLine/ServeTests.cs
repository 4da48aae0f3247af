using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FairMedl.Tests.Browser;
using Xunit;

namespace FairMedl.Tests.CommandLine;

/// <summary>The built program where it cannot serve: one line says why.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("fairmedl");

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public void Serve_AddressInUse_FailsWithOneLine()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string address = FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");

        Assert.Equal($"Failed to bind to address {address}: address already in use. Stop the process that uses it, or specify another address with --urls.", Refused(root.FullName, address));
    }

    [Fact]
    public void Serve_DataFolderCannotBeCreated_FailsWithOneLine()
    {
        string file = Path.Combine(root.FullName, "file");
        File.WriteAllText(file, "");

        Assert.StartsWith($"The data folder {Path.Combine(file, "data")} cannot be created", Refused(Path.Combine(file, "data"), "http://127.0.0.1:0"), StringComparison.Ordinal);
    }

    [Fact]
    public void Serve_InvalidAddress_FailsWithOneLine() =>
        Assert.StartsWith("FairMedl cannot listen on this address: Invalid url: 'nonsense'.", Refused(root.FullName, "nonsense"), StringComparison.Ordinal);

    /// <summary>libtorch takes seconds and hundreds of megabytes, so nothing of TorchSharp is loaded until it is needed.</summary>
    [Fact]
    public async Task Serve_FirstPage_LoadsNothingOfTorchSharp()
    {
        if (!OperatingSystem.IsLinux()) return;
        using Process program = Start(root.FullName, "http://127.0.0.1:0");
        try
        {
            const string announced = "Now listening on: ";
            string? line;
            do line = await program.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));
            while (line is not null && !line.Contains(announced, StringComparison.Ordinal));
            Assert.NotNull(line);
            using var client = new HttpClient();
            Assert.Contains("FairMedl", await client.GetStringAsync(line[(line.IndexOf(announced, StringComparison.Ordinal) + announced.Length)..]), StringComparison.Ordinal);

            string loaded = await File.ReadAllTextAsync(FormattableString.Invariant($"/proc/{program.Id}/maps"));
            Assert.Contains("FairMedl.Engine.Managed", loaded, StringComparison.Ordinal);
            Assert.DoesNotContain("TorchSharp", loaded, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync();
        }
    }

    [Theory]
    [InlineData("Compute__Engine", "tensorflow", "Compute:Engine, value 'tensorflow': There is no such compute engine. Choose auto, managed or torchsharp.")]
    [InlineData("Compute__WeakenShim", "maybe", "Compute:WeakenShim, value 'maybe': This is neither true nor false. Set true or false.")]
    public void Serve_WrongComputeSetting_FailsWithOneLine(string setting, string value, string message) =>
        Assert.Equal(message, Refused(root.FullName, "http://127.0.0.1:0", (setting, value)));

    /// <summary>The only line that the program writes before it ends.</summary>
    private static string Refused(string folder, string address, params (string Name, string Value)[] settings)
    {
        using Process program = Start(folder, address, settings);
        Task<string> output = program.StandardOutput.ReadToEndAsync(), error = program.StandardError.ReadToEndAsync();
        if (!program.WaitForExit(TimeSpan.FromMinutes(1))) program.Kill();
        program.WaitForExit();
        Assert.Equal("", output.GetAwaiter().GetResult());
        Assert.Equal(2, program.ExitCode);
        return Assert.Single(error.GetAwaiter().GetResult().TrimEnd().Split(Environment.NewLine));
    }

    private static Process Start(string folder, string address, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [RunningApp.Program(), "serve", "--urls", address])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["Storage__Folder"] = folder, ["Sample__AtFirstStart"] = "false" },
        };
        foreach ((string name, string value) in settings) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
