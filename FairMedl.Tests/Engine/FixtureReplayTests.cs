using System.Text;
using System.Text.Json.Nodes;
using FairMedl.Core.Fits.SelfTests;
using FairMedl.Engine.SelfTest;
using Xunit;

namespace FairMedl.Tests.Engine;

/// <summary>Replays the numbers of an independent PyTorch implementation: losses, gradients, step order, KL and Adam.</summary>
public sealed class FixtureReplayTests
{
    public static TheoryData<string> Fixtures { get; } = [.. ReferenceFixtures.Names];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void AdversaryStage_OfEachStep_HasTheReferenceLossesAndGradients(string name) =>
        AssertEqual(FixtureReplay.AdversaryStage(new Fixture(name)), atLeast: name.StartsWith("nnet", StringComparison.Ordinal) ? 0 : 20);

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void PredictorStage_OfEachStep_HasTheReferenceTermsAndGradients(string name) =>
        AssertEqual(FixtureReplay.PredictorStage(new Fixture(name)), atLeast: 30);

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void AlternatingStep_TwoSteps_GivesTheReferenceParameters(string name) =>
        AssertEqual(FixtureReplay.Steps(new Fixture(name)), atLeast: 12);

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Prediction_AfterTwoSteps_EqualsTheReference(string name) =>
        AssertEqual(FixtureReplay.Predictions(new Fixture(name)), atLeast: 5);

    [Fact]
    public void All_AnotherFeatureValue_IsReported()
    {
        JsonNode altered = JsonNode.Parse(ReferenceFixtures.Open("fairadb_medl_classification"))!;
        altered["data"]!["x"]![0]![0] = altered["data"]!["x"]![0]![0]!.GetValue<double>() + 1;
        var fixture = new Fixture(new MemoryStream(Encoding.UTF8.GetBytes(altered.ToJsonString())));

        IReadOnlyList<Comparison> wrong = [.. FixtureReplay.All(fixture).Where(c => !c.Passed)];

        Assert.Contains(wrong, c => c.Quantity == "L_M");
        Assert.Contains(wrong, c => c.Quantity == "gradient of total by fe.layers.0.weight");
    }

    [Fact]
    public void Comparison_MissingOrNotFinite_IsNotPassed()
    {
        Assert.False(Comparison.Of("L_F", [1], null).Passed);
        Assert.False(Comparison.Of("L_F", null, [1]).Passed);
        Assert.False(Comparison.Of("L_F", [1, 2], [1]).Passed);
        Assert.False(Comparison.Of("L_F", [1], [float.NaN]).Passed);
        Assert.True(Comparison.Of("L_F", null, null).Passed);
        Assert.Equal(0.05, Comparison.Of("L_F", [1, -2], [1, -1.9f]).Difference, 1e-6);
    }

    private static void AssertEqual(IReadOnlyList<Comparison> compared, int atLeast)
    {
        Assert.True(compared.Count >= atLeast, $"{compared.Count} quantities compared");
        Assert.DoesNotContain(compared, c => !c.Passed);
    }
}
