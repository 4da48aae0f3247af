using FairMedl.Core.Fits;

namespace FairMedl.Core.Studies.Plan;

/// <summary>Takes what a study's numbers do not need of a fit: its predictions and its trained model, before they are let go.</summary>
public interface IFitSink
{
    /// <summary>Called once a fit, by the thread that ran it; others may be calling too.</summary>
    void Keep(FitResult fit);
}
