using FairMedl.Core.Fits;
using Xunit;

namespace FairMedl.Tests.Fits;

public sealed class TrainingSettingsTests
{
    [Theory]
    [InlineData(EpochSelection.Last, ThresholdRule.Youden, ThresholdRows.Training, false)]
    [InlineData(EpochSelection.Composite, ThresholdRule.Youden, ThresholdRows.Training, true)]
    [InlineData(EpochSelection.Last, ThresholdRule.Youden, ThresholdRows.Validation, true)]
    [InlineData(EpochSelection.Last, ThresholdRule.Half, ThresholdRows.Validation, false)]
    public void ReadsValidation_OfAChoice_IsWhetherItUsesTheFold(
        EpochSelection epoch, ThresholdRule rule, ThresholdRows rows, bool expected) => Assert.Equal(
            expected, new TrainingSettings { EpochSelection = epoch, Threshold = rule, ThresholdRows = rows }.ReadsValidation);
}
