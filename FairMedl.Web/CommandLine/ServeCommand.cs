using System.CommandLine;
using System.Net.Sockets;
using FairMedl.Core.Data;
using FairMedl.Core.Storage;
using FairMedl.Web.Hosting;
using FairMedl.Web.Jobs;
using FairMedl.Web.Start;
using Microsoft.AspNetCore.Connections;

namespace FairMedl.Web.CommandLine;

/// <summary>The command <c>serve</c> (default): runs the web application and, unless disabled, the queued fits.</summary>
internal sealed class ServeCommand
{
    private readonly Option<string?> urls = new("--urls")
    {
        Description =
        "Addresses to listen on, separated by semicolons. Default: http://localhost:5000."
    };
    private readonly Option<bool> noWorker = new("--no-worker") { Description = "Serve the web pages without running queued fits." };

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
        try
        {
            return await ServeAsync(parsed, options, cancellation);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"{e.Message} Stop the process that uses it, or specify " +
                "another address with --urls.");
            return ExitCode.WrongInput;
        }
        catch (Exception e) when (e is FormatException or SocketException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync("FairMedl cannot listen on this address: " +
                $"{e.Message.TrimEnd('.')}. Specify another with --urls, for example http://localhost:5000.");
            return ExitCode.WrongInput;
        }
        catch (Exception e) when (e is StorageException or InputException or InvalidOperationException or IOException)
        {
            // An invalid setting, or a data folder that is in use or not writable: only the reason is printed.
            await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
            return ExitCode.WrongInput;
        }
    }

    private async Task<int> ServeAsync(ParseResult parsed, WebApplicationOptions options, CancellationToken cancellation)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(options);
        if (parsed.GetValue(urls) is { } addresses) builder.WebHost.UseUrls(addresses);

        // In a build's output the web root is spread over the project and its packages; published, it is a folder.
        builder.WebHost.UseStaticWebAssets();
        // Else a build's output watches its files for changes and sends them without real compression, three times the bytes.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] ??= "false";
        // The catches above print the reason once and without a stack trace.
        bool started = false;
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Information
            && (started || level < LogLevel.Error));
        builder.Services.AddSingleton<FirstResponse>();
        builder.Services.AddFairMedlServices(builder.Configuration, worker: !parsed.GetValue(noWorker));
        builder.Services.AddFairMedlPages();
        builder.Services.AddHostedService<DatabaseWarmup>();
        if (!parsed.GetValue(noWorker)) builder.Services.AddHostedService<SampleAtFirstStart>();

        await using WebApplication app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => started = true);
        app.UseFirstResponse();
        app.MapGet("/health", () => "healthy");
        app.MapFairMedlPages();
        await app.RunAsync(cancellation);
        return ExitCode.Done;
    }
}
