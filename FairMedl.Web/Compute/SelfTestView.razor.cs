using FairMedl.Core.Fits.SelfTests;
using FairMedl.Core.Reports.Cells;
using FairMedl.Web.Services.Compute;
using Microsoft.AspNetCore.Components;

namespace FairMedl.Web.Compute;

/// <summary>Progress and results of a self-test.</summary>
public sealed partial class SelfTestView
{
    private IReadOnlyList<DeviceSelfTest> tests = [];
    private ReportTable? parity;
    private ReportTable[] steps = [];

    /// <summary>The self-test.</summary>
    [Parameter, EditorRequired] public SelfTestJob Job { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    private string Ended => Job.State switch
    {
        SelfTestState.Done => "Finished",
        SelfTestState.Cancelled => "Cancelled",
        SelfTestState.Failed or SelfTestState.Running => "Ended",
    };

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        // A grid keeps its sorting as long as its table is the same object.
        if (ReferenceEquals(tests, Job.Results)) return;
        tests = Job.Results;
        parity = ComputeTables.Parity(tests);
        steps = [.. StepCase.Sizes.Select(size => ComputeTables.Steps(tests, size))];
    }
}
