using Xunit;

namespace FairMedl.Tests.Browser;

/// <summary>A test in a real browser against the real program; skipped, saying so, where Chromium (or the named data) is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    /// <summary>Where Debian puts it.</summary>
    public const string Chromium = "/usr/bin/chromium";

    /// <summary>With the file of the development data that the test needs besides, if any.</summary>
    public BrowserFactAttribute(string? data = null)
    {
        if (!File.Exists(Chromium)) Skip = $"needs {Chromium}";
        else if (data is not null && !File.Exists(SharedData.Path(data))) Skip = $"needs {data} in ../shared/data beside the repository";
    }
}
