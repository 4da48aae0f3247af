using System.Globalization;

namespace FairMedl.Web.Datasets;

/// <summary>The addresses of a data set's pages.</summary>
public static class DatasetAddresses
{
    /// <summary>All data sets, and the upload.</summary>
    public const string List = "/datasets";

    /// <summary>Its columns.</summary>
    public static string Columns(int id) => string.Create(CultureInfo.InvariantCulture, $"/datasets/{id}");

    /// <summary>Its roles.</summary>
    public static string Roles(int id) => string.Create(CultureInfo.InvariantCulture, $"/datasets/{id}/roles");
}
