using System.CommandLine;

namespace FairMedl.Web.CommandLine;

/// <summary><c>worker</c>: runs queued fits for a web process on another machine, which takes a database that machines can share.</summary>
internal static class WorkerCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("worker", "Run queued fits without the pages (needs PostgreSQL).");
        command.SetAction(_ =>
        {
            terminal.Error.WriteLine("A worker needs PostgreSQL, and this build stores in SQLite, which one process owns. Run 'serve': it works on the queue itself.");
            return ExitCode.WrongInput;
        });
        return command;
    }
}
