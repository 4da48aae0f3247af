namespace FairMedl.Core.Storage;

/// <summary>The data folder cannot be used; the message says why and what to do, for a person.</summary>
public sealed class StorageException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Where this installation keeps its database and its files:
/// <c>fairmedl.db</c>, <c>datasets/</c> (one file by fingerprint), <c>drafts/</c> (one file per data set) and <c>incoming/</c>
/// (files that are still being written).
/// </summary>
public sealed class StorageFolder
{
    private const string Datasets = "datasets", Incoming = "incoming", LockName = "fairmedl.lock", FirstStartName = "first-start";

    /// <summary>A folder, which need not exist yet.</summary>
    public StorageFolder(string path) => FullPath = Path.GetFullPath(path);

    /// <summary>The folder of this user when nothing else is set.</summary>
    /// <exception cref="StorageException">The system names no such folder.</exception>
    public static string Default
    {
        get
        {
            string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return local.Length > 0
                ? Path.Combine(local, "FairMedl")
                : throw new StorageException("The system has no folder for application data. Set Storage:Folder (environment variable Storage__Folder).");
        }
    }

    /// <summary>The folder's full path.</summary>
    public string FullPath { get; }

    /// <summary>
    /// Whether the first start in this folder has not been completed: there was no database when a process first took it, and
    /// <see cref="CompleteFirstStart"/> was not reached since, for example because the process was killed.
    /// </summary>
    public bool IsNew => File.Exists(FirstStartMarker);

    private string FirstStartMarker => Path.Combine(FullPath, FirstStartName);

    /// <summary>The database's full path.</summary>
    public string DatabaseFile => Path.Combine(FullPath, "fairmedl.db");

    /// <summary>Where a data set of these bytes lies, below the folder.</summary>
    public static string DatasetFile(string fingerprint) => $"{Datasets}/{fingerprint}.csv";

    /// <summary>The full path of a stored file.</summary>
    public string Resolve(string file) => Path.Combine(FullPath, file.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>
    /// Takes the folder for this process until disposed (or until the process ends, however it ends), creates what is
    /// missing and removes what an earlier process left half-made.
    /// </summary>
    /// <exception cref="StorageException">Another process has it, or it cannot be written.</exception>
    public IDisposable Claim()
    {
        FileStream claim;
        try
        {
            Directory.CreateDirectory(FullPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The data folder {FullPath} cannot be created ({e.Message}). Set Storage:Folder to a folder that you can write to.", e);
        }

        try
        {
            claim = new FileStream(Path.Combine(FullPath, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new StorageException($"Another FairMedl process is using {FullPath}. Stop it, or set Storage:Folder to another folder.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StorageException($"You have no write permission for the data folder {FullPath}. Set Storage:Folder to a folder that you can write to.", e);
        }

        if (!File.Exists(DatabaseFile)) File.WriteAllText(FirstStartMarker, "");
        string incoming = Path.Combine(FullPath, Incoming);
        if (Directory.Exists(incoming)) Directory.Delete(incoming, recursive: true);
        Directory.CreateDirectory(incoming);
        Directory.CreateDirectory(Path.Combine(FullPath, Datasets));
        return claim;
    }

    /// <summary>Everything that belongs to the first start is stored: later starts no longer repeat it.</summary>
    public void CompleteFirstStart() => File.Delete(FirstStartMarker);

    /// <summary>An empty file under a name of its own; it is gone after disposal unless it was kept.</summary>
    public IncomingFile NewIncoming()
    {
        string folder = Path.Combine(FullPath, Incoming);
        Directory.CreateDirectory(folder);
        return new IncomingFile(this, Path.Combine(folder, Path.GetRandomFileName()));
    }

    /// <summary>Removes a stored file; no error where it is gone already.</summary>
    public void Delete(string file)
    {
        string path = Resolve(file);
        if (File.Exists(path)) File.Delete(path);
    }
}

/// <summary>A file that becomes visible only when it is whole.</summary>
public sealed class IncomingFile : IAsyncDisposable
{
    private const int BufferBytes = 1 << 16;
    private readonly StorageFolder folder;
    private bool kept;

    internal IncomingFile(StorageFolder folder, string path)
    {
        this.folder = folder;
        FullPath = path;
        // An upload is copied as it is read, by plain writes: on a stream that is open for asynchronous ones each would wait for another thread.
        Content = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, BufferBytes, FileOptions.None);
    }

    /// <summary>Where it lies until it is kept.</summary>
    public string FullPath { get; }

    /// <summary>Its content so far.</summary>
    public FileStream Content { get; }

    /// <summary>Makes it durable and moves it, in one step, to its place below the folder; a file of the same name is replaced.</summary>
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
