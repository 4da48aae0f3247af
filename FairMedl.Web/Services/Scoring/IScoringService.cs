using FairMedl.Core.Data;

namespace FairMedl.Web.Services.Scoring;

/// <summary>Predicts uploaded files with the trained models of stored studies. Pages use this and nothing below it.</summary>
public interface IScoringService
{
    /// <summary>
    /// Whether a study can score new data: pages offer "Score new data" only where it can, and show the reason where it cannot.
    /// </summary>
    /// <param name="study">The study's number.</param>
    /// <param name="cancellation">Cancels the look-up.</param>
    Task<ScoringAvailability> AvailabilityAsync(int study, CancellationToken cancellation = default);

    /// <summary>Receives a file, then scores it in the background; scoring continues when its page is left.</summary>
    /// <param name="study">The study's number.</param>
    /// <param name="model">The model's id in the catalogue.</param>
    /// <param name="fileName">The file's name.</param>
    /// <param name="content">The file; read once, and only asynchronously.</param>
    /// <param name="flips">Whether the audit includes attribute flips.</param>
    /// <param name="received">The number of bytes received so far.</param>
    /// <param name="cancellation">Cancels the upload; nothing is then kept.</param>
    /// <exception cref="InputException">The study or the model cannot score: it was deleted, has no finished fit, or has
    /// probes.</exception>
    Task<ScoringJob> StartAsync(int study, string model, string fileName, Stream content, bool flips, IProgress<long>? received,
        CancellationToken cancellation = default);

    /// <summary>A scoring since the program started, or null.</summary>
    ScoringJob? Find(string id);
}
