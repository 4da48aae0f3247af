using FairMedl.Core.Reports.Runs;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Components.Charts.Series;

namespace FairMedl.Web.Compare;

/// <summary>A style for each run: its model's own, as on every other page, where that is free.</summary>
public static class RunStyles
{
    /// <summary>The styles of runs, in their order.</summary>
    public static IReadOnlyList<SeriesStyle> Of(IReadOnlyList<RunKey> runs) =>
        [.. ModelStyle.OfRuns([.. runs.Select(r => r.Model)]).Select(SeriesStyle.Of)];
}
