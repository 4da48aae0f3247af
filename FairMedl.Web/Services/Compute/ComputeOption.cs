using FairMedl.Core.Fits.Engines;

namespace FairMedl.Web.Services.Compute;

/// <summary>An engine and device that a study can choose.</summary>
/// <param name="Choice">The choice; null = as configured.</param>
/// <param name="Name">Its name on a page.</param>
/// <param name="Problem">Why it cannot be chosen, with the remedy; null where it can.</param>
public sealed record ComputeOption(ComputeChoice? Choice, string Name, string? Problem = null);
