using Xunit;

namespace FairMedl.Tests;

/// <summary>A test that reads a file of the development data beside the repository, and is skipped, saying so, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DataFactAttribute : FactAttribute
{
    /// <summary>With the file's path below the data folder, such as "adult/adult.csv".</summary>
    public DataFactAttribute(string file)
    {
        if (!File.Exists(SharedData.Path(file))) Skip ??= $"needs {file} in ../shared/data beside the repository";
    }
}

/// <summary>Paths of the development data and the repository.</summary>
public static class SharedData
{
    /// <summary>The repository's root: the folder with FairMedl.sln above the test's own folder.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The full path of a file of the development data, whether or not it is there.</summary>
    public static string Path(string file) => System.IO.Path.GetFullPath(System.IO.Path.Combine(Repository, "..", "shared", "data", file));

    private static string FindRepository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "FairMedl.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("FairMedl.sln is not above the test's folder.");
    }
}
