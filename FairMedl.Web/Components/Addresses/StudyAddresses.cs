using System.Globalization;

namespace FairMedl.Web.Components.Addresses;

/// <summary>Where the pages of studies are: the one place that writes their addresses.</summary>
public static class StudyAddresses
{
    /// <summary>All studies.</summary>
    public const string List = "/studies";

    /// <summary>A new study of a data set; starting from an earlier one where that is given.</summary>
    public static string New(int dataset, int? from = null, bool allFolds = false) => new PageQuery()
        .Add("dataset", dataset.ToString(CultureInfo.InvariantCulture))
        .Add("from", from?.ToString(CultureInfo.InvariantCulture))
        .Add("folds", allFolds ? "all" : null)
        .On("/studies/new");

    /// <summary>The number that an address gives; null where it gives none, or something else.</summary>
    public static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>A study's queue.</summary>
    public static string Queue(int study) => FormattableString.Invariant($"/studies/{study}");

    /// <summary>A study's results.</summary>
    public static string Results(int study) => FormattableString.Invariant($"/studies/{study}/results");

    /// <summary>The predictions of a study by row.</summary>
    public static string Individuals(int study) => FormattableString.Invariant($"/studies/{study}/individuals");

    /// <summary>Where a study's models score new data.</summary>
    public static string Score(int study) => FormattableString.Invariant($"/studies/{study}/score");

    /// <summary>Where a study's report is put together.</summary>
    public static string ReportBuilder(int study) => FormattableString.Invariant($"/studies/{study}/report");

    /// <summary>A study as one page that prints, or as a file of another form.</summary>
    public static string Report(int study, string extension = "html") =>
        FormattableString.Invariant($"/studies/{study}/report.{extension}");

    /// <summary>A model's card; which model's is the query's to say.</summary>
    public static string Card(int study, string extension = "html") => FormattableString.Invariant($"/studies/{study}/card.{extension}");

    /// <summary>A study's numbers, one row a number.</summary>
    public static string MetricsCsv(int study) => FormattableString.Invariant($"/studies/{study}/metrics.csv");
}
