using System.Diagnostics;
using System.Globalization;
using FairMedl.Core.Data;

namespace FairMedl.Web.CommandLine;

/// <summary>
/// A folder that appears whole or not at all: files are written into a hidden sibling, which takes the folder's place at
/// the end. Dispose removes the sibling; that of a process which was killed before is removed by the next one.
/// </summary>
internal sealed class OutputFolder : IDisposable
{
    private const string Ending = ".partial", LockName = ".lock";

    private readonly string target;
    private readonly FileStream claim;

    private OutputFolder(string target, string staging, FileStream claim)
    {
        this.target = target;
        this.claim = claim;
        Staging = staging;
    }

    /// <summary>Where to write meanwhile.</summary>
    public string Staging { get; }

    /// <summary>The reason why the folder cannot be written to, or null: it must be new or empty, unless forced.</summary>
    public static InputFault? Fault(string path, bool force)
    {
        if (File.Exists(path)) return new InputFault($"'{path}' is a file.", "Specify a folder with --out.");
        if (!force && Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            return new InputFault($"The folder '{path}' is not empty.",
                "Specify another folder with --out, or overwrite the results with --force.");
        return null;
    }

    /// <summary>Creates the sibling, and removes those that earlier processes left.</summary>
    /// <exception cref="InputException">Nothing can be written there.</exception>
    public static OutputFolder Open(string path)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string parent = Path.GetDirectoryName(target) ?? target, begin = $".{Path.GetFileName(target)}.";
        string staging = Path.Combine(parent, FormattableString.Invariant($"{begin}{Environment.ProcessId}{Ending}"));
        if (IsClaimed(staging))
            throw new InputException(new InputFault($"Another process is writing to '{path}'.",
                "Wait until it finishes, or specify another folder with --out."));
        try
        {
            Directory.CreateDirectory(parent);
            RemoveLeftovers(parent, begin);
            if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
            Directory.CreateDirectory(staging);
            return new OutputFolder(target, staging, new FileStream(Path.Combine(staging, LockName), FileMode.Create, FileAccess.ReadWrite,
                FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(new InputFault($"Cannot write next to '{path}': {e.Message}",
                "Specify a folder that you can write to with --out."));
        }
    }

    /// <summary>Removes partial output of killed processes for the same folder.</summary>
    private static void RemoveLeftovers(string parent, string begin)
    {
        foreach (string folder in Directory.GetDirectories(parent))
        {
            string name = Path.GetFileName(folder);
            if (!name.StartsWith(begin, StringComparison.Ordinal) || !name.EndsWith(Ending, StringComparison.Ordinal)
                || name.Length <= begin.Length + Ending.Length) continue;
            if (!int.TryParse(name.AsSpan()[begin.Length..^Ending.Length], NumberStyles.None, CultureInfo.InvariantCulture, out int process)
                || IsRunning(process) || IsClaimed(folder)) continue;
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (UnauthorizedAccessException)
            {
                // Another user's folder, which does no harm.
            }
        }
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var running = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>
    /// Whether a process has it open: in another container its number says nothing here, and may even be this process's own.
    /// </summary>
    private static bool IsClaimed(string folder)
    {
        string file = Path.Combine(folder, LockName);
        if (!File.Exists(file)) return false;
        try
        {
            using var free = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>
    /// Puts the sibling in the folder's place. Where the folder is there already, its files of the same names are replaced,
    /// those among <paramref name="owned"/> that were not written this time are removed, and all others stay.
    /// </summary>
    public void Publish(IReadOnlyCollection<string> owned)
    {
        claim.Dispose();
        if (Directory.Exists(target) && !Directory.EnumerateFileSystemEntries(target).Any()) Directory.Delete(target);
        if (!Directory.Exists(target))
        {
            Directory.Move(Staging, target);
            return;
        }

        foreach (string name in owned.Where(name => !File.Exists(Path.Combine(Staging, name)))) File.Delete(Path.Combine(target, name));
        foreach (string file in Directory.EnumerateFiles(Staging))
            File.Move(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        claim.Dispose();
        if (Directory.Exists(Staging)) Directory.Delete(Staging, recursive: true);
    }
}
