using System.Text.RegularExpressions;

namespace FairMedl.Tests.Wording;

/// <summary>A word or phrase that users must not read, with its replacement.</summary>
/// <param name="Pattern">Regular expression; matched without regard to case, as whole words.</param>
/// <param name="Instead">The term to use.</param>
internal sealed record BannedWord(string Pattern, string Instead)
{
    private readonly Regex regex = new($@"(?<![\w@.\-/#]){Pattern}(?![\w\-/]|\.\w|\()", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>All banned words and phrases.</summary>
    public static IReadOnlyList<BannedWord> All { get; } =
    [
        new("(?<!compile-time )constants", "hyperparameters"),
        new("brackets? of (the |an? )?(age|number|attribute|column)s?", "bins"),
        new("(age|numeric|sensitive) brackets?", "bins"),
        new("cut into brackets|cut into groups", "divided into bins"),
        new("attributes crossed|crossed (with|attributes?|groups?)|joint groups?", "intersection, intersectional groups"),
        new("denominators", "group size (n), positives, negatives"),
        new("thin groups?", "small groups"),
        new("told against|tell against", "compared with"),
        new("told apart|tell(s|ing)? apart", "distinguish"),
        new("each fit's own", "the model's own threshold"),
        new("intervals by clusters of", "95% CI, clustered bootstrap"),
        new("chance alone|by chance alone", "noise floor"),
        new("decided? rightly|rightly decided", "correctly classified"),
        new("decided? positive|decided? negative|decides a yes|is a yes|is a no", "predicted positive, predicted negative"),
        new("swap(s|ped|ping)?", "attribute flip"),
        new("how (it|this) was made", "how this was computed"),
        new("mend(s|ed|ing)?", "fix"),
        new("(here )?will stand|stands? (here|there|beside|in the|under|below|above)", "appears, is"),
        new("before any metric", "Group sizes"),
        new("faults?", "problem, error or issue"),
        new("(is|are|was|were) asked for|asks? for (a|an|the)", "requested, requires"),
        new("looks?(ing)? (\\w+ ){0,3}through", "profile"),
        new("a look", "a quick check"),
        new("speaks? of|speak here", "describe, refer to"),
        new("is what it is|whatever it is", "a concrete statement"),
        new("took no part in training|takes? no part", "not used in training"),
        new("for want of", "because of missing"),
        new("anew", "again"),
        new("the likeliest", "the most likely"),
        new("leans? on", "relies on"),
        new("dead networks?", "model with constant predictions"),
        new("is no (finding|measure)", "is not evidence"),
        new("unfair twin", "unmitigated counterpart"),
    ];

    /// <summary>Returns the first match in the text, or null.</summary>
    public string? FindIn(string text) => regex.Match(text) is { Success: true } match ? match.Value : null;
}
