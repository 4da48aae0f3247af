namespace FairMedl.Core.Data;

/// <summary>One thing that is wrong with a file or a definition, told so that a person can mend it.</summary>
/// <param name="What">What is wrong, in a sentence that ends with a full stop.</param>
/// <param name="Remedy">What to do about it, in a sentence that ends with a full stop.</param>
/// <param name="Line">The physical line in the CSV (1 is the first line of the file), where there is one.</param>
/// <param name="Column">The column's name as it stands in the file, where there is one.</param>
/// <param name="Value">The offending value, shortened to what can be shown.</param>
/// <param name="Path">The place in the definition, as a JSON path such as <c>$.data.sensitive[1].column</c>.</param>
/// <param name="File">Which file, where more than one is read.</param>
public sealed record InputFault(string What, string Remedy, long? Line = null, string? Column = null, string? Value = null, string? Path = null, string? File = null)
{
    /// <summary>One line with place, fault and remedy, the same on a page and on the command line.</summary>
    public override string ToString()
    {
        var place = new List<string>();
        if (File is not null) place.Add(File);
        if (Path is not null) place.Add(Path);
        if (Line is not null) place.Add(FormattableString.Invariant($"line {Line}"));
        if (Column is not null) place.Add($"column '{Column}'");
        if (Value is not null) place.Add($"value '{Value}'");
        string prefix = place.Count == 0 ? "" : string.Join(", ", place) + ": ";
        return $"{prefix}{What} {Remedy}";
    }
}

/// <summary>The input cannot be used; carries every fault that was found, at least one.</summary>
public sealed class InputException : Exception
{
    /// <summary>With all faults found in one pass.</summary>
    public InputException(IReadOnlyList<InputFault> faults)
        : base(string.Join(Environment.NewLine, faults)) => Faults = faults;

    /// <summary>With a single fault.</summary>
    public InputException(InputFault fault) : this([fault]) { }

    /// <summary>What is wrong, in the order of the file or the definition.</summary>
    public IReadOnlyList<InputFault> Faults { get; }
}
