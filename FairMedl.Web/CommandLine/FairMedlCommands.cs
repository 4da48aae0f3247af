using System.CommandLine;

namespace FairMedl.Web.CommandLine;

/// <summary>The program's verbs. Other programs call it: names, options and exit codes are kept (docs/architecture.md).</summary>
internal static class FairMedlCommands
{
    /// <summary>Parses and runs; returns the process's exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, CancellationToken cancellation = default)
    {
        var root = new RootCommand("FairMedl: fair mixed-effects deep learning on clustered data.");
        new ServeCommand().AddTo(root);
        var serve = new Command("serve", "Run the web app (the default).");
        new ServeCommand().AddTo(serve);
        root.Subcommands.Add(serve);
        root.Subcommands.Add(WorkerCommand.Create(terminal));
        root.Subcommands.Add(AuditCommand.Create(terminal));
        root.Subcommands.Add(ScoreCommand.Create(terminal));
        root.Subcommands.Add(SampleCommand.Create(terminal));
        root.Subcommands.Add(ComputeCommand.Create(terminal));

        ParseResult parsed = root.Parse(arguments);
        List<string> faults = [.. parsed.Errors.Select(error => error.Message)];
        // Only serve takes configuration; in other commands an unknown argument is an error.
        if (parsed.CommandResult.Command is
            { Name: AuditCommand.Name or ScoreCommand.Name or ComputeCommand.Name or "sample" or "worker" } command)
        {
            faults.AddRange(parsed.UnmatchedTokens.Where(t => t.StartsWith('-'))
                .Select(t => $"'{command.Name}' has no option '{t}'. Run '{command.Name} --help' for the options."));
        }

        // Configuration begins with a dash or follows one; a bare word in its place is a verb that does not exist.
        if (parsed.UnmatchedTokens is [var first, ..] && !first.StartsWith('-'))
            faults.Add($"'{first}' is not a command. Run '--help' for the commands.");
        if (faults.Count > 0)
        {
            foreach (string fault in faults) await terminal.Error.WriteLineAsync(fault);
            return ExitCode.WrongInput;
        }

        var configuration = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            // The web host handles Ctrl-C itself; the others are cancelled by their token and have this long to clean up.
            ProcessTerminationTimeout = parsed.CommandResult.Command.Name is AuditCommand.Name or ScoreCommand.Name or ComputeCommand.Name
                ? TimeSpan.FromSeconds(30) : null,
        };
        return await parsed.InvokeAsync(configuration, cancellation);
    }
}
