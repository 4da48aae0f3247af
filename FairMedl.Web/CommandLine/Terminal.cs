namespace FairMedl.Web.CommandLine;

/// <summary>Where a command writes.</summary>
/// <param name="Output">What it does and found.</param>
/// <param name="Error">What is wrong: one fault a line.</param>
/// <param name="IsInteractive">Whether <paramref name="Output"/> is a terminal, on which a line can be written over.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, bool IsInteractive)
{
    /// <summary>The console of the process.</summary>
    public static Terminal Console => new(System.Console.Out, System.Console.Error, !System.Console.IsOutputRedirected);
}
