using FairMedl.Core.Reports.Sentences;

namespace FairMedl.Web.Results.Parts;

/// <summary>The names of the tabs of the results.</summary>
public static class PartNames
{
    /// <summary>The name on the tab.</summary>
    /// <param name="part">The tab.</param>
    /// <param name="clusters">The words of the study's cluster column.</param>
    public static string Of(ResultsPart part, ClusterWords clusters) => part switch
    {
        ResultsPart.Groups => "By group",
        ResultsPart.Compare => "Accuracy and fairness",
        ResultsPart.Features => "Features and probes",
        ResultsPart.Clusters => char.ToUpperInvariant(clusters.Effects[0]) + clusters.Effects[1..],
        ResultsPart.Training => "Training",
        ResultsPart.Provenance => "Provenance",
    };
}
