namespace FairMedl.Core.Reports.Document;

/// <summary>
/// Report fields that the user fills in, such as the author and the intended use. All are optional. Of the fields that are null or
/// blank, the cover omits names and date and says that the intended use was not specified; a model card says so of every field.
/// </summary>
public sealed record ReportDetails
{
    /// <summary>No field filled in.</summary>
    public static ReportDetails Empty { get; } = new();

    /// <summary>Title of the report; null = the study's name.</summary>
    public string? Title { get; init; }

    /// <summary>Organisation that publishes the report.</summary>
    public string? Organisation { get; init; }

    /// <summary>Author or authors.</summary>
    public string? Author { get; init; }

    /// <summary>Date of the report.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Purpose of the audit.</summary>
    public string? Purpose { get; init; }

    /// <summary>What the audited models are intended for.</summary>
    public string? IntendedUse { get; init; }

    /// <summary>Who is intended to use the models.</summary>
    public string? IntendedUsers { get; init; }

    /// <summary>Uses that are out of scope.</summary>
    public string? OutOfScope { get; init; }

    /// <summary>Legal and ethical review: who reviewed the models, and with what outcome.</summary>
    public string? Review { get; init; }

    /// <summary>The same fields without surrounding spaces; a blank field becomes null.</summary>
    public ReportDetails Trimmed() => new()
    {
        Title = Trim(Title),
        Organisation = Trim(Organisation),
        Author = Trim(Author),
        Date = Date,
        Purpose = Trim(Purpose),
        IntendedUse = Trim(IntendedUse),
        IntendedUsers = Trim(IntendedUsers),
        OutOfScope = Trim(OutOfScope),
        Review = Trim(Review),
    };

    private static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
