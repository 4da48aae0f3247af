using FairMedl.Core.Data;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Fits.SelfTests;

namespace FairMedl.Tests.Fits;

/// <summary>An engine without networks, whose devices, problems and self-test are given.</summary>
internal sealed class SelfTestEngine(string id, params ComputeDevice[] devices) : IComputeEngine
{
    public string Id => id;

    public string Description => id + " engine";

    public string Version => "1.2";

    public IReadOnlyList<ComputeDevice> Devices => devices;

    public IReadOnlyList<ComputeProblem> Problems { get; init; } = [];

    public Func<IProgress<SelfTestProgress>?, CancellationToken, SelfTestResult> Test { get; init; } = (_, _) => Passing(1);

    /// <summary>A result in which every fixture differs by 2e-6 and every step takes as many microseconds.</summary>
    public static SelfTestResult Passing(double microseconds) => new(
        [.. ReferenceFixtures.Names.Select(name => new FixtureParity(name, 2e-6, "L_F"))],
        [.. StepCase.All.Select(of => new StepTiming(of, microseconds))]);

    /// <summary>A result whose second fixture is not reproduced and whose first step could not be measured.</summary>
    public static SelfTestResult Failing()
    {
        SelfTestResult passing = Passing(3);
        FixtureParity wrong = passing.Fixtures[1] with { Difference = 0.25, Quantity = "gradient of L_M by fe.out.bias" };
        return new(
            [passing.Fixtures[0], wrong, .. passing.Fixtures.Skip(2)],
            [passing.Steps[0] with { Microseconds = null, Failure = "The GPU is out of memory." }, .. passing.Steps.Skip(1)]);
    }

    public int Parallelism(ComputeDevice device) => device.IsCpu ? 2 : 1;

    public FitResult Run(ComputeDevice device, StudyData data, FoldRows rows, FitSpecification specification, FitKey key,
        IProgress<EpochLosses>? progress, CancellationToken cancellation) => throw new NotSupportedException();

    public IPredictor Restore(ComputeDevice device, TrainedModel model) => throw new NotSupportedException();

    public SelfTestResult SelfTest(ComputeDevice device, IProgress<SelfTestProgress>? progress, CancellationToken cancellation) =>
        Test(progress, cancellation);
}
