
namespace FairMedl.Core.Fits;

/// <summary>
/// What a row's cluster adds to the fixed effects' output, b(z) + &lt;U(z), x&gt;, by posterior means: on the scale of the
/// logit for classification, in the target's own units for regression.
/// </summary>
/// <param name="Intercept">b(z).</param>
/// <param name="SlopesByColumn">By column of the file, the part of &lt;U(z), x&gt; that its encoded columns make.</param>
public sealed record ClusterContribution(double Intercept, IReadOnlyDictionary<string, double> SlopesByColumn)
{
    /// <summary>Sum of the slope contributions, &lt;U(z), x&gt;.</summary>
    public double Slopes => SlopesByColumn.Values.Sum();

    /// <summary>All of it: the mixed minus the fixed output.</summary>
    public double Total => Intercept + Slopes;
}
