namespace FairMedl.Tests;

/// <summary>xunit's [Fact], skipped where libtorch is missing. In this namespace it hides xunit's own from the shared tests.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class FactAttribute : Xunit.FactAttribute
{
    public FactAttribute() => Skip = TestLibTorch.Missing;
}

/// <summary>xunit's [Theory], skipped where libtorch is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TheoryAttribute : Xunit.TheoryAttribute
{
    public TheoryAttribute() => Skip = TestLibTorch.Missing;
}
