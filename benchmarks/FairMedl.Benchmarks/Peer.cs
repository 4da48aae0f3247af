using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace FairMedl.Benchmarks;

/// <summary>
/// A peer's script in a process of its own: a line asks, a line of JSON answers. Where Python or a package of the script is
/// not there, there is no peer, and the reason is said.
/// </summary>
internal sealed class Peer : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private readonly Process process;

    private Peer(Process process, string version) => (this.process, Version) = (process, version);

    /// <summary>Version of the Python package.</summary>
    public string Version { get; }

    /// <summary>Starts a script of benchmarks/peers, which are copied beside this program.</summary>
    /// <param name="script">Its file.</param>
    /// <param name="reason">Why there is none.</param>
    public static Peer? Start(string script, out string reason)
    {
        reason = "";
        var start = new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, "peers", script)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["OMP_NUM_THREADS"] = "1", ["OPENBLAS_NUM_THREADS"] = "1" },
        };
        try
        {
            Process process = Process.Start(start)!;
            if (process.StandardOutput.ReadLine() is { } hello)
                return new Peer(process, JsonDocument.Parse(hello).RootElement.GetProperty("version").GetString()!);
            reason = process.StandardError.ReadToEnd().TrimEnd().Split('\n')[^1];
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            reason = e.Message;
        }

        return null;
    }

    /// <summary>One request and its answer.</summary>
    public double[] Ask(params object[] words)
    {
        process.StandardInput.WriteLine(string.Join(' ', words.Select(w => Convert.ToString(w, CultureInfo.InvariantCulture))));
        process.StandardInput.Flush();
        string answer = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The peer ended: {process.StandardError.ReadToEnd()}");
        return [.. JsonDocument.Parse(answer).RootElement.GetProperty("values").EnumerateArray().Select(v => v.GetDouble())];
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
