using FairMedl.Core.Fits;
using Xunit;

namespace FairMedl.Tests.Fits;

public sealed class FlipChangeTests
{
    /// <summary>
    /// Four groups, of which the third was not learned. A row of a learned group has two alternatives; one of the third group, of none
    /// or of one that the study does not have has three.
    /// </summary>
    [Fact]
    public void Add_OfEveryLearnedGroup_IsTheMeanAbsoluteChangeOverARowsAlternatives()
    {
        bool[] learned = [true, true, false, true];
        int[] groups = [0, 3, 2, -1, 4];
        float[] own = [0.5f, 0.5f, 0.5f, 0.5f, 0.5f], changes = new float[5];

        FlipChange.Add(changes, own, [0.5f, 0.6f, 0.6f, 0.6f, 0.6f], groups, 0, learned);
        FlipChange.Add(changes, own, [0.3f, 0.3f, 0.3f, 0.3f, 0.3f], groups, 1, learned);
        FlipChange.Add(changes, own, [0.9f, 0.5f, 0.9f, 0.9f, 0.9f], groups, 3, learned);

        Assert.Equal([(0.2 + 0.4) / 2, (0.1 + 0.2) / 2, 0.7 / 3, 0.7 / 3, 0.7 / 3], changes.Select(c => Math.Round(c, 6)), Close);
    }

    private static bool Close(double expected, double actual) => Math.Abs(expected - actual) < 1e-5;
}
