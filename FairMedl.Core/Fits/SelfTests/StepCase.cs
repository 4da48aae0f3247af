namespace FairMedl.Core.Fits.SelfTests;

/// <summary>A model in one of the two sizes in which training steps are timed.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="Size">"small" is the paper's size: batch 128, fixed effects 4-4-4, A_C 8-8-4. "wide": batch 1024, fixed effects 128-64-32,
/// A_C 64-32.</param>
public sealed record StepCase(string Model, string Size)
{
    /// <summary>The sizes.</summary>
    public static IReadOnlyList<string> Sizes { get; } = ["small", "wide"];

    /// <summary>Every model of the catalogue in both sizes.</summary>
    public static IReadOnlyList<StepCase> All { get; } =
        [.. from size in Sizes from model in ModelCatalogue.All select new StepCase(model.Id, size)];

    /// <summary>Rows of a step.</summary>
    public int BatchSize => Size == "small" ? 128 : 1024;

    /// <summary>The size's hyperparameters.</summary>
    public ModelSettings Settings => Size == "small"
        ? new ModelSettings()
        : new ModelSettings { Hidden = [128, 64, 32], ClusterAdversaryHidden = [64, 32] };
}
