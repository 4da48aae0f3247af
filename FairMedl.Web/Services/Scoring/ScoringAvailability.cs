using FairMedl.Core.Storage;
using FairMedl.Web.Services.Studies;

namespace FairMedl.Web.Services.Scoring;

/// <summary>Whether the models of a study can score new data.</summary>
/// <param name="Models">The models that can, in the definition's order.</param>
/// <param name="Obstacle">Why none can, in a sentence; null where one can.</param>
public sealed record ScoringAvailability(IReadOnlyList<string> Models, string? Obstacle)
{
    /// <summary>Whether new data can be scored.</summary>
    public bool IsAvailable => Obstacle is null;

    /// <summary>A study that cannot score new data.</summary>
    public static ScoringAvailability Without(string obstacle) => new([], obstacle);

    /// <summary>The availability of a study.</summary>
    /// <param name="study">The study with its fits.</param>
    /// <param name="stored">The models of which at least one finished fit has a stored trained model.</param>
    public static ScoringAvailability Of(StudyDetail study, IReadOnlySet<string> stored)
    {
        string[] finished = [.. study.Definition.Models.Select(m => m.Model)
            .Where(m => study.Fits.Any(f => f.Key.Model == m && f.State == FitState.Done))];
        string[] models = [.. finished.Where(stored.Contains)];
        return study.Definition.Protocol.Probes
            ? Without("The models of this study use confounding probes, which no other file has. Run the study " +
            "without probes to score new data.")
            : finished.Length == 0 ? Without("No fit of this study has finished yet.")
            : models.Length == 0 ? Without("This study was run before trained models were stored. Run it again to score new data.")
            : new ScoringAvailability(models, null);
    }
}
