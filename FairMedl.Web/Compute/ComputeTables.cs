using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Fits.SelfTests;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Web.Services.Compute;

namespace FairMedl.Web.Compute;

/// <summary>The tables of the Compute page.</summary>
public static class ComputeTables
{
    private const double Gigabyte = 1L << 30;

    /// <summary>Engines with their devices; an engine without devices has one row.</summary>
    public static ReportTable Devices(IReadOnlyList<EngineOverview> engines) => new("compute-devices", "Engines and devices",
        [
            new ReportColumn("Engine"),
            new ReportColumn("Device"),
            new ReportColumn("Hardware"),
            ReportColumn.Number("Memory (GB)", "Memory of the GPU. A GB is 1,073,741,824 bytes."),
            ReportColumn.Number("Vectors (bits)", "Width of the processor's vectors that the engine's own code uses."),
            ReportColumn.Number("Fits at once", "Maximum number of fits that the engine runs at once on the device."),
        ],
        [
            .. engines.SelectMany(engine => engine.Devices.Count == 0
                ? [Row(engine, null)]
                : engine.Devices.Select(device => Row(engine, device))),
        ],
        []);

    /// <summary>By reference fixture and device: the largest difference from PyTorch's numbers.</summary>
    public static ReportTable Parity(IReadOnlyList<DeviceSelfTest> tests) => new("compute-parity", "Agreement with PyTorch",
        [
            new ReportColumn("Reference"),
            .. tests.Select(test => ReportColumn.Number(NameOf(test.Origin), "Largest relative difference")),
        ],
        [
            .. ReferenceFixtures.Names.Select(name => (IReadOnlyList<ReportCell>)
            [
                ReportCell.Words(ReferenceFixtures.Title(name)),
                .. tests.Select(test => ParityCell(test.Result.Fixtures.First(f => f.Fixture == name))),
            ]),
        ],
        [
            $"Largest difference of a loss, gradient, parameter or prediction from the value that PyTorch computes in double precision, " +
                $"relative to the largest value of the same quantity. At most {FixtureParity.Bound} passes.",
        ]);

    /// <summary>By model and device: the time of a training step in one size, and its ratio to that of the first device.</summary>
    public static ReportTable Steps(IReadOnlyList<DeviceSelfTest> tests, string size)
    {
        DeviceSelfTest[] others = [.. tests.Skip(1)];
        string first = NameOf(tests[0].Origin);
        return new ReportTable($"compute-steps-{size}", size == "small" ? "Training step, the paper's size" : "Training step, wide networks",
            [
                new ReportColumn("Model"),
                .. tests.Select(test => ReportColumn.Number($"{NameOf(test.Origin)} (µs)", "Median time of a training step")),
                .. others.Select(test => ReportColumn.Number($"{NameOf(test.Origin)}, ratio", $"Time divided by that of {first}")),
            ],
            [
                .. StepCase.All.Where(of => of.Size == size).Select(of => (IReadOnlyList<ReportCell>)
                [
                    ReportCell.Words(ModelCatalogue.Find(of.Model)!.Name),
                    .. tests.Select(test => TimeCell(StepOf(test, of))),
                    .. others.Select(test => ReportCell.Number(StepOf(test, of).RatioTo(tests[0].Result), Digits.Grouped(1))),
                ]),
            ],
            [$"{Note(size)}{(others.Length > 0 ? $" A ratio of 2 means twice the time of the first device ({first})." : "")}"]);
    }

    /// <summary>Engine and device in words.</summary>
    public static string NameOf(ComputeOrigin origin) => $"{Capitalised(origin.EngineName)}, {origin.Device}";

    /// <summary>An engine's name as the first word of a cell or title.</summary>
    public static string Capitalised(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static string Note(string size) =>
        (size == "small"
            ? "Batches of 128 rows, fixed effects with 4, 4 and 4 units, cluster adversary with 8, 8 and 4. "
            : "Batches of 1,024 rows, fixed effects with 128, 64 and 32 units, cluster adversary with 64 and 32. ") +
        "75 encoded columns, 6 clusters, 4 sensitive attributes; one fit at a time. " +
        "The median in microseconds includes drawing and encoding the batch.";

    private static IReadOnlyList<ReportCell> Row(EngineOverview engine, DeviceOverview? found) =>
    [
        ReportCell.Words($"{Capitalised(engine.Name)} {engine.Version}"),
        ReportCell.Words(found?.Device.Id ?? "none"),
        found?.Device.Name is { } name ? ReportCell.Words(name) : ReportCell.None(),
        ReportCell.Number(found?.Device.MemoryBytes / Gigabyte, Digits.Fixed(1)),
        found?.Device.VectorBits is { } bits ? ReportCell.Count(bits) : ReportCell.None(),
        found is null ? ReportCell.None() : ReportCell.Count(found.Parallelism),
    ];

    private static ReportCell ParityCell(FixtureParity parity)
    {
        if (parity.Difference is not { } difference) return ReportCell.None(parity.Failure);
        return ReportCell.Number(difference, Digits.Scientific(1)) with
        {
            Remark = parity.Passed ? null : "failed",
            Details = [NumericText.Of(parity.Quantity ?? "")],
        };
    }

    private static ReportCell TimeCell(StepTiming step) => step.Microseconds is { } time
        ? ReportCell.Number(time, Digits.Grouped(step.Case.Size == "small" ? 1 : 0)) : ReportCell.None(step.Failure);

    private static StepTiming StepOf(DeviceSelfTest test, StepCase of) => test.Result.Steps.First(s => s.Case == of);
}
