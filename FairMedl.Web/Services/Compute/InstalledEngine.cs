using System.Runtime.CompilerServices;
using FairMedl.Core.Fits.Engines;
using FairMedl.Engine.Managed;
using FairMedl.Engine.TorchSharp;
using FairMedl.Engine.TorchSharp.Native;

namespace FairMedl.Web.Services.Compute;

/// <summary>A compute engine that is created when it is first needed: creating the TorchSharp engine loads its assembly.</summary>
/// <param name="id">The engine's id.</param>
/// <param name="create">Creates it.</param>
public sealed class InstalledEngine(string id, Func<IComputeEngine> create)
{
    /// <summary>Id of the managed engine.</summary>
    public const string ManagedId = "managed";

    /// <summary>Id of the TorchSharp engine.</summary>
    public const string TorchSharpId = "torchsharp";

    private readonly Lazy<IComputeEngine> engine = new(create);

    /// <summary>Ids of all engines of this program, the default first.</summary>
    public static IReadOnlyList<string> Ids { get; } = [ManagedId, TorchSharpId];

    /// <summary>All engines of this program, in the order of <see cref="Ids"/>.</summary>
    /// <param name="settings">Where libtorch is.</param>
    /// <param name="cacheFolder">Folder for what the engines prepare once; null = the user's folder for application data.</param>
    public static IReadOnlyList<InstalledEngine> All(ComputeSettings settings, string? cacheFolder = null) =>
        [new(ManagedId, CreateManaged), new(TorchSharpId, () => CreateTorchSharp(settings, cacheFolder))];

    /// <summary>The engine's id.</summary>
    public string Id => id;

    /// <summary>The engine.</summary>
    public IComputeEngine Engine => engine.Value;

    private static ManagedEngine CreateManaged() => new();

    // Not inlined: whoever compiles this call loads the assembly of TorchSharp.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TorchSharpEngine CreateTorchSharp(ComputeSettings settings, string? cacheFolder)
    {
        LibTorch.Configure(new LibTorchOptions(settings.LibTorch.Length == 0 ? null : settings.LibTorch, settings.WeakenShim, cacheFolder));
        return new TorchSharpEngine();
    }
}
