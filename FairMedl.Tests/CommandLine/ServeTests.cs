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

    /// <summary>The only line that the program writes before it ends.</summary>
    private static string Refused(string folder, string address)
    {
        using Process program = Process.Start(new ProcessStartInfo("dotnet", [RunningApp.Program(), "serve", "--urls", address])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["Storage__Folder"] = folder, ["Sample__AtFirstStart"] = "false" },
        })!;
        Task<string> output = program.StandardOutput.ReadToEndAsync(), error = program.StandardError.ReadToEndAsync();
        if (!program.WaitForExit(TimeSpan.FromMinutes(1))) program.Kill();
        program.WaitForExit();
        Assert.Equal("", output.GetAwaiter().GetResult());
        Assert.Equal(2, program.ExitCode);
        return Assert.Single(error.GetAwaiter().GetResult().TrimEnd().Split(Environment.NewLine));
    }
}
