using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Studies.Scoring;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Components.Buttons;
using FairMedl.Web.Services.Scoring;
using Microsoft.AspNetCore.Components;

namespace FairMedl.Web.Scoring;

/// <summary>The result of scoring a file: a sentence, a figure and the audit's tables.</summary>
public sealed partial class ScoringResult
{
    private IReadOnlyList<ReportTable> tables = [];
    private ScoringReport? made;

    /// <summary>The scoring.</summary>
    [Parameter, EditorRequired] public ScoringJob Job { get; set; } = null!;

    /// <summary>Its result.</summary>
    [Parameter, EditorRequired] public ScoringReport Report { get; set; } = null!;

    /// <summary>The page's address: which attribute is shown.</summary>
    [Parameter, EditorRequired] public ScoringAddress Address { get; set; } = null!;

    /// <summary>Raised with the address of what the user selects.</summary>
    [Parameter] public EventCallback<ScoringAddress> Changed { get; set; }

    private IReadOnlyList<string> Attributes => [.. Report.Audit?.Header.Definition.Data.Sensitive.Select(s => s.Column) ?? []];

    private string Attribute => Address.AttributeAmong(Attributes);

    private IReadOnlyList<ExportFile> Exports =>
    [
        .. ReportFormat.All.Select(format => new ExportFile(
            format.Name, format.Purpose, FileNames.Of(Path.GetFileNameWithoutExtension(Report.File), "audit", format.Extension),
            format.MediaType,
            () => format.ToBytes(ScoringDocument.Of(Report)), $"score-export-{format.Extension}")),
    ];

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(made, Report)) return;
        tables = ScoringDocument.Tables(Report);
        made = Report;
    }
}
