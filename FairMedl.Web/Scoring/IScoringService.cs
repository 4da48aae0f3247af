using FairMedl.Core.Data;

namespace FairMedl.Web.Scoring;

/// <summary>Predicts files that people upload with the trained models of their studies. Pages use this and nothing below it.</summary>
public interface IScoringService
{
    /// <summary>Takes a file in, then scores it in the background; the scoring goes on when its page is left.</summary>
    /// <param name="study">The study's number.</param>
    /// <param name="model">The model's name in the catalogue.</param>
    /// <param name="fileName">The file's name.</param>
    /// <param name="content">The file; read once, and only asynchronously.</param>
    /// <param name="flips">Whether the audit flips attributes as well.</param>
    /// <param name="received">How many bytes have arrived.</param>
    /// <param name="cancellation">Stops the taking in; nothing is then kept.</param>
    /// <exception cref="InputException">The study or the model cannot score: it is gone, has no finished fit, or has probes.</exception>
    Task<ScoringJob> StartAsync(int study, string model, string fileName, Stream content, bool flips, IProgress<long>? received, CancellationToken cancellation = default);

    /// <summary>A scoring of this program's life, or null.</summary>
    ScoringJob? Find(string id);
}
