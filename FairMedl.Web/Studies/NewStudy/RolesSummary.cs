using System.Globalization;
using FairMedl.Core.Data.Roles;

namespace FairMedl.Web.Studies.NewStudy;

/// <summary>A data specification in sentences.</summary>
public static class RolesSummary
{
    /// <summary>"Predicts income = &gt;50K; clusters by occupation (the 6 largest are seen); audits age, race; 8 features."</summary>
    public static string InWords(DataSpecification data)
    {
        string target = data.Target.Task == PredictionTask.Classification && data.Target.Positive is { Count: > 0 } positive
            ? $"{data.Target.Column} = {string.Join(" or ", positive)}"
            : data.Target.Column;
        string seen = data.Cluster switch
        {
            { Seen: { } count } => string.Create(CultureInfo.InvariantCulture, $"the {count} largest are seen, the others held out"),
            { SeenShare: { } share } =>
                string.Create(CultureInfo.InvariantCulture, $"the largest that hold {share:0%} of the rows are seen, the others held out"),
            _ => "all are seen",
        };
        string sensitive = string.Join(", ", data.Sensitive.Select(s => s.Column));
        return string.Create(CultureInfo.InvariantCulture, $"Predicts {target}; clusters by {data.Cluster.Column} ({seen}); audits {sensitive}; {data.Features.Count} {(data.Features.Count == 1 ? "feature" : "features")}.");
    }
}
