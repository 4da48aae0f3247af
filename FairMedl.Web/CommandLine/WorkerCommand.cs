using System.CommandLine;

namespace FairMedl.Web.CommandLine;

/// <summary><c>worker</c>: runs queued fits for a web process on another machine, which takes a database that machines can share.</summary>
internal static class WorkerCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("worker", "Run queued fits without the web pages (requires PostgreSQL).");
        command.SetAction(_ =>
        {
            terminal.Error.WriteLine("A separate worker requires PostgreSQL, but this build uses SQLite. Run 'serve' instead, " +
                "which also runs queued fits.");
            return ExitCode.WrongInput;
        });
        return command;
    }
}
