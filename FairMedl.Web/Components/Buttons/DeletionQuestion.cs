using FairMedl.Web.Services.Datasets;
using FairMedl.Web.Services.Studies;

namespace FairMedl.Web.Components.Buttons;

/// <summary>The questions that confirm a deletion: what goes, and what stays.</summary>
public static class DeletionQuestion
{
    /// <summary>The question before a study is deleted.</summary>
    public static string Of(StudyDeletion study)
    {
        List<string> gone = [];
        if (study.Results > 0) gone.Add($"the results of {Display.Count(study.Results, "fit", "fits")}");
        if (study.Models > 0) gone.Add($"{Display.Count(study.Models, "trained model", "trained models")}");
        string size = study.Bytes > 0 ? $" ({Display.Bytes(study.Bytes)})" : "";
        string removed = gone.Count == 0 ? "It has no results yet." : $"This also deletes {string.Join(" and ", gone)}{size}.";
        string cancelled = study.UnfinishedFits > 0 ? $" {Display.Count(study.UnfinishedFits, "unfinished fit is", "unfinished fits are")} cancelled." : "";
        return $"Delete {study.Name}? {removed}{cancelled} The data set stays. You cannot undo this.";
    }

    /// <summary>The question before a data set is deleted; null where studies prevent it.</summary>
    public static string? Of(DatasetDeletion dataset)
    {
        if (!dataset.IsPossible) return null;
        string file = dataset.Bytes > 0 ? $"the stored file ({Display.Bytes(dataset.Bytes)})" : "";
        string also = file.Length > 0 ? $"{file}, its roles and its unsaved study forms" : "its roles and its unsaved study forms. The file stays, because another data set reads it";
        return $"Delete {dataset.Name} with {Display.Count(dataset.Rows, "row", "rows")}? This also deletes {also}. You cannot undo this.";
    }
}
