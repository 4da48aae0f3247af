using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;

namespace FairMedl.Core.Reports.Cells;

/// <summary>
/// One cell: words, or numbers with their format. A writer formats the numbers by its <see cref="CellText"/>; sorting, colours and
/// numeric file formats use the numbers themselves.
/// </summary>
public sealed record ReportCell
{
    private ReportCell()
    {
    }

    /// <summary>Nothing.</summary>
    public static ReportCell Empty { get; } = new();

    /// <summary>The words of a cell without a value.</summary>
    public NumericText? Text { get; private init; }

    /// <summary>The unrounded number.</summary>
    public double? Value { get; private init; }

    /// <summary>The standard deviation over seeds, where the cell shows it.</summary>
    public double? Deviation { get; private init; }

    /// <summary>The lower bound of the interval, where the cell shows one.</summary>
    public double? Lower { get; private init; }

    /// <summary>The upper bound of that interval.</summary>
    public double? Upper { get; private init; }

    /// <summary>The format of all of these numbers.</summary>
    public Digits Digits { get; private init; }

    /// <summary>Whether a number belongs here but is undefined: a dash.</summary>
    public bool IsUndefined { get; private init; }

    /// <summary>Why it is undefined, shown after the dash; null = a dash alone.</summary>
    public string? Undefined { get; private init; }

    /// <summary>Interval, n and notes for a tooltip, one a line.</summary>
    public IReadOnlyList<NumericText> Details { get; init; } = [];

    /// <summary>The effect band of a clear improvement, for the colour; another cell names it in words.</summary>
    public EffectSize Effect { get; init; } = EffectSize.Undefined;

    /// <summary>The id of the metric that it names, where it names one.</summary>
    public string? Metric { get; private init; }

    /// <summary>A word after the numbers, in parentheses: "failed".</summary>
    public string? Remark { get; init; }

    /// <summary>Whether the cell shows a single number.</summary>
    public bool IsNumber => Value is not null && Lower is null && Deviation is null && Remark is null;

    /// <summary>Words.</summary>
    public static ReportCell Words(string text) => text.Length == 0 ? Empty : new() { Text = NumericText.Of(text) };

    /// <summary>Words with numbers.</summary>
    public static ReportCell Words(NumericText text) => new() { Text = text };

    /// <summary>A metric's name.</summary>
    public static ReportCell Name(MetricDescription metric) => new() { Text = NumericText.Of(metric.Name), Metric = metric.Id };

    /// <summary>A dash, with the reason if there is one to show.</summary>
    public static ReportCell None(string? reason = null) => new() { IsUndefined = true, Undefined = reason };

    /// <summary>A number; a dash where there is none.</summary>
    public static ReportCell Number(double? value, Digits digits) =>
        value is { } v ? new() { Value = v, Digits = digits } : None();

    /// <summary>A count, with thousands separators.</summary>
    public static ReportCell Count(long value) => Number(value, Digits.Count);

    /// <summary>An estimate's value, or a dash and the reason; interval, n and note as details.</summary>
    public static ReportCell Of(Estimate estimate, Digits digits)
    {
        if (estimate.Value is not { } value)
            return None(estimate.Undefined) with { Details = estimate.Note is { } why ? [NumericText.Of(why)] : [] };
        var details = new List<NumericText>();
        if (estimate is { Lower: { } lower, Upper: { } upper })
            details.Add($"95% CI {digits.Number(lower)} to {digits.Number(upper)}");
        if (estimate.ByClusters is { } by)
            details.Add($"by clusters {digits.Number(by.Lower)} to {digits.Number(by.Upper)} " +
                $"({by.Clusters} clusters{(by.IsRough ? ", rough" : "")})");
        if (estimate.N is { } n) details.Add($"n = {n:N0}");
        if (estimate.Note is { } note) details.Add(NumericText.Of(note));
        return new() { Value = value, Digits = digits, Details = details };
    }

    /// <summary>
    /// An estimate's value and interval in one cell, "0.174 [0.164 to 0.184]"; a dash and the reason where there is no value.
    /// </summary>
    public static ReportCell WithInterval(Estimate estimate, Digits digits) =>
        estimate is { Value: not null, Lower: not null, Upper: not null }
            ? Of(estimate, digits) with { Lower = estimate.Lower, Upper = estimate.Upper } : Of(estimate, digits);

    /// <summary>
    /// An estimate's value with its SD over seeds and its interval, "0.174 ± 0.012 [0.164 to 0.184]"; a dash and the reason where
    /// there is no value. The note is the only detail.
    /// </summary>
    public static ReportCell Compact(Estimate estimate, double? deviation, Digits digits) => estimate.Value is null
        ? Of(estimate, digits)
        : WithInterval(estimate, digits) with
        {
            Deviation = deviation,
            Details = estimate.Note is { } note ? [NumericText.Of(note)] : [],
        };

    /// <summary>An estimate's interval; empty where there is none.</summary>
    public static ReportCell Interval(Estimate estimate, Digits digits) =>
        estimate is { Value: not null, Lower: { } lower, Upper: { } upper } ? Interval(lower, upper, digits) : Empty;

    /// <summary>Two bounds.</summary>
    public static ReportCell Interval(double lower, double upper, Digits digits) =>
        new() { Lower = lower, Upper = upper, Digits = digits };

    /// <summary>An estimate's interval by clusters; empty where there is none.</summary>
    public static ReportCell IntervalByClusters(Estimate estimate, Digits digits) =>
        estimate is { Value: not null, ByClusters: { } by } ? Interval(by.Lower, by.Upper, digits) : Empty;

    /// <summary>An improvement in per cent, positive is better; a dash and the reason as detail where there is none.</summary>
    public static ReportCell Improvement(EffectBand band) => band.ImprovementPercent is { } percent
        ? Number(percent, Digits.Fixed(1)) with { Effect = band.Mark, Details = band.Doubt is { } doubt ? [doubt] : [] }
        : None() with { Details = band.Undefined is { } reason ? [NumericText.Of(reason)] : [] };

    /// <summary>A band in words.</summary>
    public static ReportCell Band(EffectBand band) => Words(band.Words) with
    {
        Effect = band.Mark,
        Details = band.Undefined is { } reason ? [NumericText.Of(reason)] : band.Verdict is { } verdict ? [verdict.FullReason] : [],
    };

    /// <summary>A part of the numbers as a cell of its own, for files with one number in each cell.</summary>
    internal ReportCell Part(double? number) =>
        number is null ? Empty : new() { Value = number, Digits = Digits, Effect = Effect, Details = Details };
}
