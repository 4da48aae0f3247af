using FairMedl.Core.Data;

namespace FairMedl.Web.CommandLine;

/// <summary>
/// A folder that appears whole or not at all: files are written into a hidden sibling, which takes the folder's place at
/// the end. Dispose removes the sibling.
/// </summary>
internal sealed class OutputFolder : IDisposable
{
    private readonly string target;

    private OutputFolder(string target, string staging)
    {
        this.target = target;
        Staging = staging;
    }

    /// <summary>Where to write meanwhile.</summary>
    public string Staging { get; }

    /// <summary>What speaks against writing there, or null: the folder must be new or empty, unless forced.</summary>
    public static InputFault? Fault(string path, bool force)
    {
        if (File.Exists(path)) return new InputFault($"'{path}' is a file.", "Name a folder with --out.");
        if (!force && Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            return new InputFault($"The folder '{path}' is not empty.", "Name another with --out, or replace its results with --force.");
        return null;
    }

    /// <summary>Creates the sibling.</summary>
    /// <exception cref="InputException">Nothing can be written there.</exception>
    public static OutputFolder Open(string path)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string parent = Path.GetDirectoryName(target) ?? target;
        string staging = Path.Combine(parent, FormattableString.Invariant($".{Path.GetFileName(target)}.{Environment.ProcessId}.partial"));
        try
        {
            if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
            Directory.CreateDirectory(staging);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(new InputFault($"Nothing can be written beside '{path}': {e.Message}", "Name a folder that you may write to with --out."));
        }

        return new OutputFolder(target, staging);
    }

    /// <summary>
    /// Puts the sibling in the folder's place. Where the folder is there already, its files of the same names are replaced,
    /// those among <paramref name="owned"/> that were not written this time are removed, and all others stay.
    /// </summary>
    public void Publish(IReadOnlyCollection<string> owned)
    {
        if (Directory.Exists(target) && !Directory.EnumerateFileSystemEntries(target).Any()) Directory.Delete(target);
        if (!Directory.Exists(target))
        {
            Directory.Move(Staging, target);
            return;
        }

        foreach (string name in owned.Where(name => !File.Exists(Path.Combine(Staging, name)))) File.Delete(Path.Combine(target, name));
        foreach (string file in Directory.EnumerateFiles(Staging)) File.Move(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Staging)) Directory.Delete(Staging, recursive: true);
    }
}
