using System.Globalization;
using FairMedl.Core.Fits.SelfTests;

namespace FairMedl.Web.Compute;

/// <summary>The result of a device's self-test as a sentence.</summary>
public static class VerdictText
{
    /// <summary>What was found.</summary>
    public static string Of(SelfTestResult result)
    {
        int failed = result.Fixtures.Count(f => !f.Passed), unmeasured = result.Steps.Count(s => s.Failure is not null);
        string agreement = failed == 0
            ? string.Create(CultureInfo.InvariantCulture,
                $"Agrees with PyTorch: the largest relative difference is {result.LargestDifference:0.0E+0}.")
            : $"{failed} of {result.Fixtures.Count} references are not reproduced.";
        return unmeasured == 0 ? agreement : $"{agreement} {unmeasured} of {result.Steps.Count} step times could not be measured.";
    }
}
