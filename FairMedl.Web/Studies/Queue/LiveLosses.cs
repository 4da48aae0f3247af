using FairMedl.Core.Fits;
using FairMedl.Core.Storage;
using FairMedl.Web.Services.Studies;

namespace FairMedl.Web.Studies.Queue;

/// <summary>
/// The losses by epoch of the fits that run while a page is open. The service gives the last epoch only, so they are collected
/// here. Only the most recent fits are kept, so that a long study does not fill the chart.
/// </summary>
public sealed class LiveLosses(int most = 6)
{
    private readonly List<FitKey> _order = [];
    private readonly Dictionary<FitKey, SortedDictionary<int, EpochLosses>> _fits = [];

    /// <summary>Adds the last epoch of running fits, and of fits that have finished since.</summary>
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
