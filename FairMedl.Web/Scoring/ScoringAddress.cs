using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Services.Scoring;

namespace FairMedl.Web.Scoring;

/// <summary>The state of the page that scores new data, as its address holds it.</summary>
/// <param name="Study">The study's number.</param>
/// <param name="Model">The model's id in the catalogue; null = the study's last, usually its fairest.</param>
/// <param name="Run">The scoring to show; null = none yet.</param>
/// <param name="Attribute">The attribute whose groups are shown; null = the first.</param>
/// <param name="Rate">The metric by group; null = the task's first.</param>
/// <param name="Split">Clusters seen in training or not; null = seen, where there are any.</param>
public sealed record ScoringAddress(int Study, string? Model = null, string? Run = null, string? Attribute = null, string? Rate = null,
    Split? Split = null)
{
    /// <summary>The address.</summary>
    public string ToUri() => new PageQuery().Add("model", Model).Add("run", Run).Add("attribute", Attribute).Add("rate", Rate)
        .Add("split", Split is { } split ? ResultNames.Id(split) : null).On(StudyAddresses.Score(Study));

    /// <summary>The attribute to show among those of a study.</summary>
    public string AttributeAmong(IReadOnlyList<string> attributes) => attributes.FirstOrDefault(a => a == Attribute) ?? attributes[0];

    /// <summary>Reads the query of an address.</summary>
    public static ScoringAddress Parse(int study, string uri)
    {
        PageQuery query = PageQuery.Of(uri);
        return new ScoringAddress(study, query.One("model"), query.One("run"), query.One("attribute"), query.One("rate"),
            query.Choice<Split>("split", ResultNames.Id));
    }

    /// <summary>The download of the predictions.</summary>
    public static string Predictions(ScoringJob job) =>
        FormattableString.Invariant($"/studies/{job.Study}/scores/{job.Id}/predictions.csv");

    /// <summary>The download of the audit.</summary>
    public static string Metrics(ScoringJob job) => FormattableString.Invariant($"/studies/{job.Study}/scores/{job.Id}/metrics.csv");
}
