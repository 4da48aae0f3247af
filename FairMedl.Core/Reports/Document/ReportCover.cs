using System.Globalization;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Document;

/// <summary>The first page of a study's report.</summary>
/// <param name="Title">The report's title.</param>
/// <param name="Facts">Who, when and from which data; only what is known.</param>
/// <param name="Statements">Purpose and intended use, in sentences.</param>
public sealed record ReportCover(string Title, IReadOnlyList<ReportFact> Facts, IReadOnlyList<ReportFact> Statements)
{
    /// <summary>A study's cover.</summary>
    /// <param name="results">The study.</param>
    /// <param name="details">The report fields filled in by the user.</param>
    /// <param name="dataFile">The data file's name; null where it is not known.</param>
    public static ReportCover Of(StudyResults results, ReportDetails details, string? dataFile)
    {
        StudyHeader header = results.Header;
        ReportDetails filled = details.Trimmed();
        return new ReportCover(
            filled.Title ?? header.Name,
            Known(
                ("Organisation", filled.Organisation),
                ("Author", filled.Author),
                ("Date", filled.Date?.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)),
                ("Study", filled.Title is null ? null : header.Name),
                ("Data file", dataFile),
                ("Data file hash (SHA-256)", header.DataHash)),
            Known(
                ("Purpose", filled.Purpose ?? PurposeOf(header.Definition, header.TargetDescription)),
                ("Intended use of the models", filled.IntendedUse ?? "Not specified")));
    }

    private static string PurposeOf(StudyDefinition definition, string target)
    {
        string models = MessageText.Count(definition.Models.Count, "model"),
            attributes = SentenceWords.List([.. definition.Data.Sensitive.Select(s => s.Column)]);
        string what = definition.Data.Target.Task == PredictionTask.Classification ? $"whether {target}" : target;
        return $"This report audits the fairness of {models} that {(definition.Models.Count == 1 ? "predicts" : "predict")} {what}. It " +
            $"compares groups by {attributes}, on data clustered by {definition.Data.Cluster.Column}.";
    }

    private static ReportFact[] Known(params (string Name, string? Value)[] facts) =>
        [.. facts.Where(f => f.Value is not null).Select(f => new ReportFact(f.Name, f.Value!))];
}

/// <summary>A name and its value, such as an author.</summary>
public sealed record ReportFact(string Name, string Value);
