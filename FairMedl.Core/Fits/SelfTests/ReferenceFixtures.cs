namespace FairMedl.Core.Fits.SelfTests;

/// <summary>The reference numbers that every engine must reproduce, computed by PyTorch (Fixtures/README.md).</summary>
public static class ReferenceFixtures
{
    private static readonly (string Name, string Title)[] All =
    [
        ("nnet_classification", "NNet, classification"),
        ("fairacl_da_classification", "Fair(ACL) DA, classification"),
        ("fairadb_medl_classification", "Fair(ADB) MEDL, classification"),
        ("fairadb_medl_classification_balanced", "Fair(ADB) MEDL, group weights"),
        ("fairadb_medl_regression", "Fair(ADB) MEDL, regression"),
    ];

    /// <summary>Names of all fixtures.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(f => f.Name)];

    /// <summary>A fixture in words: the model and what it predicts.</summary>
    public static string Title(string name) => All.First(f => f.Name == name).Title;

    /// <summary>Opens a fixture's JSON text.</summary>
    /// <exception cref="ArgumentException">There is no fixture of this name.</exception>
    public static Stream Open(string name) => typeof(ReferenceFixtures).Assembly.GetManifestResourceStream($"Fixtures/{name}.json")
        ?? throw new ArgumentException($"There is no reference fixture '{name}'.", nameof(name));
}
