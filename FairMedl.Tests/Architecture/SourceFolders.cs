namespace FairMedl.Tests.Architecture;

/// <summary>The folders of source files, without build output.</summary>
internal static class SourceFolders
{
    /// <summary>Every C# and Razor file in a folder of the repository, by its path in the repository.</summary>
    public static IEnumerable<string> FilesIn(params string[] folders) =>
        from folder in folders
        from path in Directory.EnumerateFiles(Path.Combine(SharedData.Repository, folder), "*.*", SearchOption.AllDirectories)
        where path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal)
        let relative = Path.GetRelativePath(SharedData.Repository, path).Replace('\\', '/')
        where !relative.Contains("/obj/", StringComparison.Ordinal) && !relative.Contains("/bin/", StringComparison.Ordinal)
        select relative;

    /// <summary>Folders with more source files side by side than allowed. A component and its code are one file.</summary>
    public static IReadOnlyList<string> Crowded(IEnumerable<string> files, int most) =>
    [
        .. from file in files.Select(Idea).Distinct()
           group file by Folder(file) into folder
           where folder.Count() > most
           orderby folder.Key
           select FormattableString.Invariant($"{folder.Key} has {folder.Count()} files"),
    ];

    /// <summary>The folder of a file.</summary>
    public static string Folder(string file) => file[..file.LastIndexOf('/')];

    private static string Idea(string file) => file.EndsWith(".razor.cs", StringComparison.Ordinal) ? file[..^".cs".Length] : file;
}
