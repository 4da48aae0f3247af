namespace FairMedl.Web.Components.Charts;

/// <summary>A tooltip in plain text: a heading and lines below it. Names from the user's file are escaped when drawn.</summary>
/// <param name="Heading">The point, such as a group's name.</param>
/// <param name="Lines">The lines: value, interval, n.</param>
public sealed record ChartTip(string Heading, params IReadOnlyList<string> Lines);
