namespace FairMedl.Tests.Native;

/// <summary>A new empty folder, deleted at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("fairmedl-native-").FullName;

    /// <summary>Path of a file in the folder.</summary>
    public string this[string file] => Path.Combine(FullPath, file);

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
