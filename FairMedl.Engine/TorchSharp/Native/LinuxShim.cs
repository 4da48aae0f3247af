using System.Security.Cryptography;

namespace FairMedl.Engine.TorchSharp.Native;

/// <summary>
/// Loads TorchSharp's own library on Linux: as it is, or, where only the version GLIBCXX_3.4.32 of libstdc++ is missing (GCC older than
/// 13.2), a copy in which that requirement is weak.
/// </summary>
internal static class LinuxShim
{
    /// <summary>Loads the library and returns its handle.</summary>
    /// <exception cref="NativeLoadException">Neither the library nor a copy can be loaded.</exception>
    public static nint Load(string path, LibTorchOptions options)
    {
        nint handle = NativeFile.TryLoad(path, bindNow: true, out string reason);
        if (handle != 0) return handle;
        if (!reason.Contains(WeakVersion.Name, StringComparison.Ordinal))
            throw new NativeLoadException(NativeProblems.NotLoadable(path, reason));
        if (!options.WeakenShim) throw new NativeLoadException(NativeProblems.WeakeningIsOff(WeakVersion.Name));
        string cache = options.CacheFolder ?? CacheIn(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.DoNotVerify));
        return NativeFile.Load(WeakCopy(path, cache), bindNow: true);
    }

    /// <summary>Path of the copy with the weak requirement; it is written unless the cache has it with the same content.</summary>
    /// <exception cref="NativeLoadException">The library cannot be read, is not as expected, or the copy cannot be written.</exception>
    public static string WeakCopy(string path, string cacheFolder)
    {
        byte[] content = Read(path);
        string key = Convert.ToHexStringLower(SHA256.HashData(content))[..16];
        try
        {
            WeakVersion.Weaken(content);
        }
        catch (ElfFormatException e)
        {
            throw new NativeLoadException(NativeProblems.OldCppLibrary(WeakVersion.Name,
                $"The requirement cannot be made weak: {e.Message}"));
        }

        string copy = Path.Combine(Path.GetFullPath(cacheFolder), $"{Path.GetFileNameWithoutExtension(path)}-{key}.so");
        try
        {
            if (!IsSame(copy, content)) Write(copy, content);
            return copy;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NativeLoadException(NativeProblems.CacheNotWritable(Path.GetDirectoryName(copy)!, e.Message));
        }
    }

    /// <summary>
    /// The cache in the user's data folder. Never in the shared temporary folder: others could write the library that is loaded.
    /// </summary>
    /// <exception cref="NativeLoadException">The user has no data folder.</exception>
    public static string CacheIn(string userFolder) =>
        userFolder.Length > 0 ? Path.Combine(userFolder, "FairMedl", "native")
            : throw new NativeLoadException(NativeProblems.NoCacheFolder());

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NativeLoadException(NativeProblems.NotReadable(path, e.Message));
        }
    }

    // The content is compared, not only the name: a cache can be damaged.
    private static bool IsSame(string file, byte[] content) =>
        File.Exists(file) && new FileInfo(file).Length == content.Length && File.ReadAllBytes(file).AsSpan().SequenceEqual(content);

    private static void Write(string file, byte[] content)
    {
        string folder = Path.GetDirectoryName(file)!;
        Directory.CreateDirectory(folder);
        string partial = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            File.WriteAllBytes(partial, content);
            File.Move(partial, file, overwrite: true);
        }
        finally
        {
            if (File.Exists(partial)) File.Delete(partial);
        }
    }
}
