using System.Globalization;

namespace FairMedl.Web.CommandLine;

/// <summary>
/// How far a study has come: one line that is written over on a terminal, and a new line every twentieth of the way where
/// the output is a file. Safe to call from several threads.
/// </summary>
internal sealed class ProgressLine(Terminal terminal, TimeProvider clock)
{
    private const int Width = 30, Steps = 20;
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);
    private readonly long start = clock.GetTimestamp();
    private readonly Lock gate = new();
    private long shown;
    private int step = -1, length;

    /// <summary>Shows the count, what it is of, and the time left.</summary>
    public void Report(int done, int total, string unit)
    {
        lock (gate)
        {
            TimeSpan elapsed = clock.GetElapsedTime(start);
            string left = done > 0 && done < total
                ? $", {Duration(elapsed * ((double)(total - done) / done))} left" : done == total ? $", {Duration(elapsed)}" : "";
            string count = string.Create(CultureInfo.InvariantCulture, $"{done}{(unit.StartsWith('%') ? "" : $"/{total} ")}{unit}{left}");
            if (terminal.IsInteractive) Overwrite(count, done, total);
            else if (done * Steps / Math.Max(1, total) is var now && now > step)
            {
                step = now;
                terminal.Output.WriteLine(count);
            }
        }
    }

    /// <summary>Leaves the line behind, so that what follows begins on a new one.</summary>
    public void End()
    {
        lock (gate)
        {
            if (terminal.IsInteractive && length > 0) terminal.Output.WriteLine();
            length = 0;
        }
    }

    private void Overwrite(string count, int done, int total)
    {
        if (done < total && length > 0 && clock.GetElapsedTime(shown) < Refresh) return;
        shown = clock.GetTimestamp();
        int filled = total == 0 ? Width : done * Width / total;
        string line = $"[{new string('#', filled)}{new string('.', Width - filled)}] {count}";
        terminal.Output.Write("\r" + line.PadRight(length));
        length = line.Length;
    }

    private static string Duration(TimeSpan span) => span.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes:00} min")
        : span.TotalMinutes >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min {span.Seconds:00} s")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(span.TotalSeconds):0} s");
}
