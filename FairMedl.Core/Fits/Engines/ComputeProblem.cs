namespace FairMedl.Core.Fits.Engines;

/// <summary>Something that keeps a compute engine from running, or from using a device of this machine.</summary>
/// <param name="Message">What is missing or wrong, in sentences that end with a full stop.</param>
/// <param name="Remedy">What to do about it, in sentences that end with a full stop.</param>
public sealed record ComputeProblem(string Message, string Remedy)
{
    /// <summary>Message and remedy in one line.</summary>
    public override string ToString() => $"{Message} {Remedy}";
}
