namespace FairMedl.Web.Components.Buttons;

/// <summary>A file that an <see cref="ExportMenu"/> offers.</summary>
/// <param name="Name">The format, such as "LaTeX".</param>
/// <param name="Purpose">What it is good for, in a few words.</param>
/// <param name="FileName">The file's name.</param>
/// <param name="MediaType">The file's media type.</param>
/// <param name="Content">Makes the content when the user selects the item.</param>
/// <param name="TestId">The data-testid.</param>
public sealed record ExportFile(string Name, string Purpose, string FileName, string MediaType, Func<byte[]> Content,
    string? TestId = null);
