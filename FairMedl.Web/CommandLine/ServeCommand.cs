using System.CommandLine;
using FairMedl.Core.Storage;
using FairMedl.Web.Hosting;

namespace FairMedl.Web.CommandLine;

/// <summary><c>serve</c>, the default: the web app and, unless told otherwise, the worker of its queue.</summary>
internal sealed class ServeCommand
{
    private readonly Option<string?> urls = new("--urls") { Description = "Addresses to listen on, separated by semicolons; http://localhost:5000 by default." };
    private readonly Option<bool> noWorker = new("--no-worker") { Description = "Serve the pages and leave the queue alone." };

    /// <summary>Makes a command, or the root, serve. What it does not know is configuration (<c>--Storage:Folder data</c>).</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(urls);
        command.Options.Add(noWorker);
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        // appsettings.json is copied beside the program, so that is where the content root is, wherever it is started from.
        var options = new WebApplicationOptions { Args = [.. parsed.UnmatchedTokens], ContentRootPath = AppContext.BaseDirectory };
        WebApplicationBuilder builder = WebApplication.CreateBuilder(options);
        if (parsed.GetValue(urls) is { } addresses) builder.WebHost.UseUrls(addresses);

        // In a build's output the web root is spread over the project and its packages; published, it is a folder.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddFairMedlServices(builder.Configuration, worker: !parsed.GetValue(noWorker));
        builder.Services.AddFairMedlPages();

        await using WebApplication app = builder.Build();
        app.MapGet("/health", () => "healthy");
        app.MapFairMedlPages();
        try
        {
            await app.RunAsync(cancellation);
        }
        catch (StorageException e)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
            return ExitCode.WrongInput;
        }

        return ExitCode.Done;
    }
}
