using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.SelfTests;
using FairMedl.Engine.Models;
using FairMedl.Engine.SelfTest;
using FairMedl.Tests.Studies;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Engine;

/// <summary>
/// Everything that a step computes stays on the fit's device. libtorch's "meta" device, whose tensors have no elements, shows it without
/// a GPU: it refuses an operand on another device, and any attempt to read an element.
/// </summary>
public sealed class DeviceTests
{
    // A regression, and no model with the correlation loss: libtorch has no meta kernels for classification's loss and for |x|.
    private static readonly StudyData Data = StudyDataBuilder.Build(SmallStudy.Table(), SmallStudy.Definition("medl").Data with
    {
        Target = new TargetSpecification("x2", PredictionTask.Regression),
        Features = ["x1", "kind", "sex", "age"],
    });

    public static TheoryData<string> Models() =>
        [.. ModelCatalogue.All.Where(kind => kind.Debiasing != Debiasing.Correlation).Select(kind => kind.Id)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Steps_OfAnyModel_StayOnTheDevice(string model)
    {
        using IDisposable meta = FitDevice.Use(META);
        using var training = new TrainingStep(Data, new StepCase(model, "small"));

        // Several epochs, so that rows are gathered again; the losses are joined after 256 steps.
        for (int step = 0; step < 300; step++) training.Take();

        Assert.ThrowsAny<Exception>(() => training.Losses());
    }

    [Fact]
    public void Use_Disposed_RestoresTheDeviceBefore()
    {
        using (FitDevice.Use(META))
        {
            using (FitDevice.Use(CPU)) Assert.Equal(DeviceType.CPU, FitDevice.Current.type);
            Assert.Equal(DeviceType.META, FitDevice.Current.type);
        }

        Assert.Equal(DeviceType.CPU, FitDevice.Current.type);
    }
}
