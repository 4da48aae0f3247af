using FairMedl.Web.CommandLine;
using Xunit;

namespace FairMedl.Tests.CommandLine;

public sealed class ProgressLineTests : IDisposable
{
    private readonly StringWriter output = new();
    private readonly SteppedClock clock = new();

    public void Dispose() => output.Dispose();

    [Fact]
    public void Report_Redirected_WritesAFewPlainLines()
    {
        ProgressLine line = Line(interactive: false);
        for (int done = 0; done <= 700; done++)
        {
            line.Report(done, 700, "fits");
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        line.End();
        string[] lines = output.ToString().TrimEnd().Split(output.NewLine);

        Assert.Equal(21, lines.Length);
        Assert.Equal("0/700 fits", lines[0]);
        Assert.Equal("35/700 fits, 11 min 05 s left", lines[1]);
        Assert.Equal("700/700 fits, 11 min 40 s", lines[^1]);
        Assert.DoesNotContain('\r', output.ToString());
    }

    [Fact]
    public void Report_OnATerminal_WritesOverOneLine()
    {
        ProgressLine line = Line(interactive: true);
        line.Report(0, 4, "fits");
        clock.Advance(TimeSpan.FromSeconds(2));
        line.Report(1, 4, "fits");
        clock.Advance(TimeSpan.FromSeconds(6));
        line.Report(4, 4, "fits");
        line.End();

        string[] shown = output.ToString().Split('\r');
        Assert.Equal($"[{new string('.', 30)}] 0/4 fits", shown[1]);
        Assert.Equal($"[{new string('#', 7)}{new string('.', 23)}] 1/4 fits, 6 s left", shown[2]);
        Assert.StartsWith($"[{new string('#', 30)}] 4/4 fits, 8 s", shown[3], StringComparison.Ordinal);
        Assert.EndsWith(output.NewLine, output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_ManyAtOnceOnATerminal_AreThrottledExceptTheLast()
    {
        ProgressLine line = Line(interactive: true);
        for (int done = 0; done <= 1000; done++) line.Report(done, 1000, "fits");

        Assert.Equal(2, output.ToString().Split('\r').Length - 1);
        Assert.Contains("1000/1000", output.ToString(), StringComparison.Ordinal);
    }

    private ProgressLine Line(bool interactive) => new(new Terminal(output, TextWriter.Null, interactive), clock);

    private sealed class SteppedClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Advance(TimeSpan span) => ticks += span.Ticks;
    }
}
