namespace FairMedl.Core.Storage;

/// <summary>Thrown when the data folder cannot be used. The message tells the user why and what to do.</summary>
public sealed class StorageException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The data folder of this installation, with its database and files: <c>fairmedl.db</c>, <c>datasets/</c> (one file by
/// fingerprint), <c>drafts/</c> (one file per data set), <c>incoming/</c> (files that are still being written) and <c>cache/</c> (what
/// can be computed again; it may be deleted).
/// </summary>
public sealed class StorageFolder
{
    private const string Datasets = "datasets", Incoming = "incoming", LockName = "fairmedl.lock", FirstStartName = "first-start";

    /// <summary>A data folder at a path, which need not exist yet.</summary>
    public StorageFolder(string path) => FullPath = Path.GetFullPath(path);

    /// <summary>The default data folder of the current user.</summary>
    /// <exception cref="StorageException">The system has no folder for application data.</exception>
    public static string Default
    {
        get
        {
            string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolderOption.DoNotVerify);
            return local.Length > 0
                ? Path.Combine(local, "FairMedl")
                : throw new StorageException("The system has no folder for application data. Set Storage:Folder (environment " +
                    "variable Storage__Folder).");
        }
    }

    /// <summary>The folder's full path.</summary>
    public string FullPath { get; }

    /// <summary>
    /// Whether the first start in this folder is still to be completed: a process found no database and
    /// <see cref="CompleteFirstStart"/> was not called since, for example because the process was killed.
    /// </summary>
    public bool IsNew => File.Exists(FirstStartMarker);

    private string FirstStartMarker => Path.Combine(FullPath, FirstStartName);

    /// <summary>Full path of the database.</summary>
    public string DatabaseFile => Path.Combine(FullPath, "fairmedl.db");

    /// <summary>Path of a data set's file below the folder, from the fingerprint of its content.</summary>
    public static string DatasetFile(string fingerprint) => $"{Datasets}/{fingerprint}.csv";

    /// <summary>Full path of a stored file.</summary>
    public string Resolve(string file) => Path.Combine(FullPath, file.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>
    /// Claims the folder for this process until disposal or the end of the process, creates missing subfolders and deletes
    /// partial files of earlier processes.
    /// </summary>
    /// <exception cref="StorageException">Another process has claimed the folder, or it is not writable.</exception>
    public IDisposable Claim()
    {
        FileStream claim;
        try
        {
            Directory.CreateDirectory(FullPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The data folder {FullPath} cannot be created ({e.Message}). Set Storage:Folder to a " +
                "folder that you can write to.", e);
        }

        try
        {
            claim = new FileStream(Path.Combine(FullPath, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new StorageException($"Another FairMedl process is using {FullPath}. Stop it, or set Storage:Folder to another folder.",
                e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StorageException($"You have no write permission for the data folder {FullPath}. Set Storage:Folder to a " +
                "folder that you can write to.", e);
        }

        if (!File.Exists(DatabaseFile)) File.WriteAllText(FirstStartMarker, "");
        string incoming = Path.Combine(FullPath, Incoming);
        if (Directory.Exists(incoming)) Directory.Delete(incoming, recursive: true);
        Directory.CreateDirectory(incoming);
        Directory.CreateDirectory(Path.Combine(FullPath, Datasets));
        return claim;
    }

    /// <summary>Marks the first start as completed, so that later starts do not repeat it.</summary>
    public void CompleteFirstStart() => File.Delete(FirstStartMarker);

    /// <summary>Creates an empty file with a unique name. Disposing deletes it unless it was kept.</summary>
    public IncomingFile NewIncoming()
    {
        string folder = Path.Combine(FullPath, Incoming);
        Directory.CreateDirectory(folder);
        return new IncomingFile(this, Path.Combine(folder, Path.GetRandomFileName()));
    }

    /// <summary>Deletes a stored file if it exists.</summary>
    public void Delete(string file)
    {
        string path = Resolve(file);
        if (File.Exists(path)) File.Delete(path);
    }
}

/// <summary>A temporary file that is moved to its place once it is complete.</summary>
public sealed class IncomingFile : IAsyncDisposable
{
    private const int BufferBytes = 1 << 16;
    private readonly StorageFolder folder;
    private bool kept;

    internal IncomingFile(StorageFolder folder, string path)
    {
        this.folder = folder;
        FullPath = path;
        // Uploads are copied with synchronous writes, each of which would wait for another thread on an asynchronous stream.
        Content = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, BufferBytes, FileOptions.None);
    }

    /// <summary>Temporary path, until the file is kept.</summary>
    public string FullPath { get; }

    /// <summary>Content written so far.</summary>
    public FileStream Content { get; }

    /// <summary>
    /// Flushes the file to disk and moves it atomically to its place below the folder, replacing a file of the same name.
    /// </summary>
    public async Task KeepAsync(string file, CancellationToken cancellation = default)
    {
        await Content.FlushAsync(cancellation);
        Content.Flush(flushToDisk: true);
        await Content.DisposeAsync();
        string path = folder.Resolve(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(FullPath, path, overwrite: true);
        kept = true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        if (!kept && File.Exists(FullPath)) File.Delete(FullPath);
    }
}
