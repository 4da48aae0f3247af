using System.Globalization;

namespace FairMedl.Web.Components.Addresses;

/// <summary>The addresses of a data set's pages.</summary>
public static class DatasetAddresses
{
    /// <summary>The upload form and all data sets.</summary>
    public const string List = "/datasets";

    /// <summary>The profile of its columns.</summary>
    public static string Columns(int id) => string.Create(CultureInfo.InvariantCulture, $"/datasets/{id}");

    /// <summary>The roles of its columns.</summary>
    public static string Roles(int id) => string.Create(CultureInfo.InvariantCulture, $"/datasets/{id}/roles");
}
