using System.Diagnostics;
using Microsoft.Playwright;
using Xunit;

namespace FairMedl.Tests.Browser;

/// <summary>The program as built, serving on a free port with an empty folder for its data, and a browser to look at it.</summary>
public sealed class RunningApp : IAsyncLifetime, IAsyncDisposable
{
    private static readonly string[] ChromiumFlags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    /// <summary>How long an expectation may take, in milliseconds: on a busy machine Playwright's 5 seconds are too short.</summary>
    private const float ExpectTimeout = 30_000;

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("fairmedl");
    private readonly List<string> log = [];
    private Process? program;
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The program's address.</summary>
    public string Address { get; private set; } = "";

    /// <summary>What the program wrote so far.</summary>
    public string Log
    {
        get
        {
            lock (log) return string.Join(Environment.NewLine, log);
        }
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (!File.Exists(BrowserFactAttribute.Chromium)) return;
        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStartInfo("dotnet", [Program(), "serve", "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // With detailed errors a message in the console says what happened on the server.
            Environment = { ["Storage__Folder"] = data.FullName, ["DetailedErrors"] = "true" },
        };
        program = new Process { StartInfo = start, EnableRaisingEvents = true };
        program.OutputDataReceived += (_, line) => Hear(line.Data, listening);
        program.ErrorDataReceived += (_, line) => Hear(line.Data, listening);
        program.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"The program ended before it listened:{Environment.NewLine}{Log}"));
        program.Start();
        program.BeginOutputReadLine();
        program.BeginErrorReadLine();
        Address = await listening.Task.WaitAsync(TimeSpan.FromMinutes(1));

        Assertions.SetDefaultExpectTimeout(ExpectTimeout);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserFactAttribute.Chromium, Args = ChromiumFlags, Headless = true });
    }

    /// <summary>A page of its own at an address of the program, live. What its console calls an error ends up in <paramref name="errors"/>.</summary>
    public async Task<IPage> OpenAsync(string path, List<string> errors)
    {
        IBrowserContext context = await browser!.NewContextAsync(new() { BaseURL = Address, AcceptDownloads = true, ViewportSize = new() { Width = 1280, Height = 900 } });
        IPage page = await context.NewPageAsync();
        Listen(page, errors);

        // The first rendering is plain HTML whose buttons do nothing yet; the first batch over the socket makes it live.
        var live = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            if (frame.Binary is { } bytes && bytes.AsSpan().IndexOf("JS.RenderBatch"u8) >= 0) live.TrySetResult();
        };
        await page.GotoAsync(path);
        await live.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return page;
    }

    /// <summary>A page as a reader of a language gets it, once its content is drawn.</summary>
    public async Task<IPage> OpenAsReaderAsync(string locale, string path, string ready)
    {
        IBrowserContext context = await browser!.NewContextAsync(new() { BaseURL = Address, Locale = locale, ViewportSize = new() { Width = 1280, Height = 900 } });
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(path);
        await page.Locator(ready).First.WaitForAsync();
        return page;
    }

    /// <summary>Opens a file of the disk in a browser without a network.</summary>
    public async Task<IPage> OpenFileAsync(string path, List<string> errors)
    {
        IBrowserContext context = await browser!.NewContextAsync(new() { Offline = true, ViewportSize = new() { Width = 1280, Height = 900 } });
        IPage page = await context.NewPageAsync();
        Listen(page, errors);
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        return page;
    }

    private static void Listen(IPage page, List<string> errors)
    {
        page.Console += (_, message) =>
        {
            if (message.Type == "error") errors.Add(message.Text);
        };
        page.PageError += (_, message) => errors.Add(message);
    }

    /// <summary>Chooses a file. Blazor's file input reacts only once its script is attached, shortly after it is rendered.</summary>
    public static async Task ChooseFileAsync(IPage page, string testId, string path)
    {
        ILocator control = page.GetByTestId(testId);
        await control.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.WaitForFunctionAsync("id => '_blazorInputFileNextFileId' in document.querySelector(`[data-testid=\"${id}\"]`)", testId);
        await control.SetInputFilesAsync(path);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (program is { HasExited: false })
        {
            program.Kill(entireProcessTree: true);
            await program.WaitForExitAsync();
        }

        program?.Dispose();
        data.Delete(recursive: true);
    }

    private void Hear(string? line, TaskCompletionSource<string> listening)
    {
        if (line is null) return;
        lock (log) log.Add(line);
        const string Mark = "Now listening on: ";
        int at = line.IndexOf(Mark, StringComparison.Ordinal);
        if (at >= 0) listening.TrySetResult(line[(at + Mark.Length)..].Trim());
    }

    /// <summary>The web project's own output, in the configuration of this test's: there its web root is found.</summary>
    internal static string Program()
    {
        string[] folders = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        return Path.Combine(SharedData.Repository, "FairMedl.Web", "bin", folders[^2], folders[^1], "FairMedl.Web.dll");
    }
}

/// <summary>Browser tests share one program and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<RunningApp>
{
    public const string Name = "Browser";
}
