using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace FairMedl.Benchmarks;

/// <summary>
/// A peer's script in a separate process, which answers each line of input with a line of JSON. Without Python or a package of
/// the script there is no peer, and a reason is given.
/// </summary>
internal sealed class Peer : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private readonly Process process;

    private Peer(Process process, string version) => (this.process, Version) = (process, version);

    /// <summary>Version of the Python package.</summary>
    public string Version { get; }

    /// <summary>Starts a script from benchmarks/peers, which the build copies beside this program.</summary>
    /// <param name="script">The script's file name.</param>
    /// <param name="reason">Why the script could not start.</param>
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

    /// <summary>Sends a request and returns its answer.</summary>
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
