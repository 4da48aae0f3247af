using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace FairMedl.Benchmarks;

/// <summary>
/// A peer in a separate process, which answers each line of input with a line of JSON. Without the peer's program or its libraries
/// there is no peer, and a reason is given.
/// </summary>
internal sealed class Peer : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private readonly string program;
    private readonly string[] arguments;
    private Process process;

    private Peer(string program, string[] arguments, Process process, string version) =>
        (this.program, this.arguments, this.process, Version) = (program, arguments, process, version);

    /// <summary>Version of the library that the peer measures.</summary>
    public string Version { get; }

    /// <summary>The error of each time that the peer ended and was started again.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Starts a script from benchmarks/peers, which the build copies beside this program.</summary>
    /// <param name="script">The script's file name.</param>
    /// <param name="reason">Why the script could not start.</param>
    public static Peer? Start(string script, out string reason) =>
        Start(Python, [Path.Combine(AppContext.BaseDirectory, "peers", script)], out reason);

    /// <summary>Starts benchmarks/FairMedl.Peer, which is built with this program.</summary>
    /// <param name="reason">Why it could not start.</param>
    public static Peer? StartTorchSharp(out string reason)
    {
        string program = AppContext.GetData("FairMedl.Benchmarks.Peer") as string ?? "";
        return Start("dotnet", [program, .. LibTorch.PeerArguments], out reason);
    }

    /// <summary>Sends a request and returns its answer. A peer that ends with an error is started again, once per request.</summary>
    /// <exception cref="InvalidOperationException">The peer ended again.</exception>
    public double[] Ask(params object[] words)
    {
        string request = string.Join(' ', words.Select(w => Convert.ToString(w, CultureInfo.InvariantCulture)));
        string? answer = Answer(request);
        if (answer is null)
        {
            Failures.Add(Error(process));
            process.Dispose();
            process = Launch(program, arguments);
            process.StandardOutput.ReadLine();
            answer = Answer(request) ?? throw new InvalidOperationException($"The peer ended: {Error(process)}");
        }

        return [.. JsonDocument.Parse(answer).RootElement.GetProperty("values").EnumerateArray().Select(v => v.GetDouble())];
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private static Peer? Start(string program, string[] arguments, out string reason)
    {
        reason = "";
        try
        {
            Process process = Launch(program, arguments);
            if (process.StandardOutput.ReadLine() is { } hello)
                return new Peer(program, arguments, process, JsonDocument.Parse(hello).RootElement.GetProperty("version").GetString()!);
            reason = Error(process);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            reason = e.Message;
        }

        return null;
    }

    private static Process Launch(string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["OMP_NUM_THREADS"] = "1", ["OPENBLAS_NUM_THREADS"] = "1" },
    })!;

    /// <summary>The line that names the error: Python writes it last, .NET first.</summary>
    private static string Error(Process process)
    {
        string[] lines = process.StandardError.ReadToEnd().Trim().Split('\n');
        return (process.StartInfo.FileName == Python ? lines[^1] : lines[0]).Trim();
    }

    private string? Answer(string request)
    {
        try
        {
            process.StandardInput.WriteLine(request);
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It has ended.
        }

        return process.StandardOutput.ReadLine();
    }
}
