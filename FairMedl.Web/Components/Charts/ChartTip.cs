namespace FairMedl.Web.Components.Charts;

/// <summary>What a tooltip says, in plain text: a heading, and lines below it. Names from a person's file stand in it as they are.</summary>
/// <param name="Heading">What is pointed at.</param>
/// <param name="Lines">Value, interval, n.</param>
public sealed record ChartTip(string Heading, params IReadOnlyList<string> Lines);
