using System.Text.Json.Serialization;

namespace FairMedl.Core.Reports;

/// <summary>A figure of a report: typed numbers that draw themselves as inline SVG.</summary>
[JsonDerivedType(typeof(DisparityFigure))]
[JsonDerivedType(typeof(GroupFigure))]
public interface IReportFigure
{
    /// <summary>The caption.</summary>
    string Title { get; }

    /// <summary>What must be read with the figure; null = nothing.</summary>
    string? Note { get; }

    /// <summary>An inline SVG without scripts or references; names are escaped.</summary>
    string ToSvg();
}
