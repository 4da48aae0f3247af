namespace FairMedl.Core.Fits.SelfTests;

/// <summary>The reference numbers that every engine must reproduce, computed by PyTorch (Fixtures/README.md).</summary>
public static class ReferenceFixtures
{
    /// <summary>Names of all fixtures: a model with its task.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "nnet_classification",
        "fairacl_da_classification",
        "fairadb_medl_classification",
        "fairadb_medl_classification_balanced",
        "fairadb_medl_regression",
    ];

    /// <summary>Opens a fixture's JSON text.</summary>
    /// <exception cref="ArgumentException">There is no fixture of this name.</exception>
    public static Stream Open(string name) => typeof(ReferenceFixtures).Assembly.GetManifestResourceStream($"Fixtures/{name}.json")
        ?? throw new ArgumentException($"There is no reference fixture '{name}'.", nameof(name));
}
