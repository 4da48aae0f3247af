using FairMedl.Core.Storage;
using FairMedl.Core.Training;

namespace FairMedl.Web.Studies;

/// <summary>
/// The losses of the fits that a page has seen running, gathered while it is open: the service tells the last epoch only.
/// Keeps the most recent few fits, so that a long study does not fill a chart.
/// </summary>
public sealed class LiveLosses(int most = 6)
{
    private readonly List<FitKey> _order = [];
    private readonly Dictionary<FitKey, SortedDictionary<int, EpochLosses>> _fits = [];

    /// <summary>Takes in the running fits, and the last epoch of those that ended meanwhile.</summary>
    public void Add(IEnumerable<FitRow> fits)
    {
        foreach (FitRow fit in fits)
        {
            if (fit.Losses is null) continue;
            bool known = _fits.TryGetValue(fit.Key, out SortedDictionary<int, EpochLosses>? epochs);
            if (!known && fit.State != FitState.Running) continue;
            if (epochs is null)
            {
                _fits[fit.Key] = epochs = [];
                _order.Add(fit.Key);
                if (_order.Count > most)
                {
                    _fits.Remove(_order[0]);
                    _order.RemoveAt(0);
                }
            }
            // A retried fit starts again from its first epoch.
            if (epochs.Count > 0 && fit.Losses.Epoch < epochs.Keys.Last()) epochs.Clear();
            epochs[fit.Losses.Epoch] = fit.Losses;
        }
    }

    /// <summary>The fits and their epochs, the oldest fit first.</summary>
    public IReadOnlyList<(FitKey Fit, IReadOnlyList<EpochLosses> Epochs)> Series =>
        [.. _order.Select(k => (k, (IReadOnlyList<EpochLosses>)[.. _fits[k].Values]))];
}
