using System.Diagnostics;
using System.Globalization;

namespace FairMedl.Benchmarks;

/// <summary>Time from the start of the web app's process to its first response, with an empty data folder and with a used one.</summary>
internal static class StartSection
{
    public static void Write(Page page, FileInfo program, int repetitions)
    {
        string folder = Directory.CreateTempSubdirectory("fairmedl-start-").FullName;
        try
        {
            double first = Seconds(program, folder);
            var again = new Measurement("", "s", [.. Enumerable.Range(0, repetitions).Select(_ => Seconds(program, folder))]);
            page.Heading("Start of the web app");
            page.Line($"To the first answered request: {first:F2} s on an empty folder, then {again.Median:F2} s (median of {repetitions}; least {again.Values.Min():F2} s).");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Seconds(FileInfo program, string folder)
    {
        const int Port = 5917;
        var start = new ProcessStartInfo("dotnet", [program.FullName, "serve", "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}")])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = program.DirectoryName,
            Environment = { ["Storage__Folder"] = folder },
        };
        long started = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
        try
        {
            while (true)
            {
                try
                {
                    using HttpResponseMessage answer = client.Send(new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{Port}/")));
                    answer.EnsureSuccessStatusCode();
                    return Stopwatch.GetElapsedTime(started).TotalSeconds;
                }
                catch (HttpRequestException) when (!process.HasExited && Stopwatch.GetElapsedTime(started).TotalSeconds < 60)
                {
                    Thread.Sleep(5);
                }
            }
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }
}
