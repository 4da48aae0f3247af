using System.Text.Json.Serialization;

namespace FairMedl.Core.Reports.Figures;

/// <summary>A figure of a report: its numbers and their drawing as inline SVG.</summary>
[JsonDerivedType(typeof(DisparityFigure))]
[JsonDerivedType(typeof(GroupFigure))]
public interface IReportFigure
{
    /// <summary>The caption.</summary>
    string Title { get; }

    /// <summary>Note below the figure; null = none.</summary>
    string? Note { get; }

    /// <summary>An inline SVG without scripts or references; names are escaped.</summary>
    string ToSvg();
}
