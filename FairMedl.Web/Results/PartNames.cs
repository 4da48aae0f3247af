namespace FairMedl.Web.Results;

/// <summary>The parts of results by name.</summary>
public static class PartNames
{
    /// <summary>As on a tab.</summary>
    public static string Of(ResultsPart part) => part switch
    {
        ResultsPart.Compare => "Compare",
        ResultsPart.Groups => "By group",
        ResultsPart.Training => "Training",
        ResultsPart.Features => "Features and clusters",
        ResultsPart.Provenance => "How it was made",
    };
}
