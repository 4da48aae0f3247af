namespace FairMedl.Core.Data;

/// <summary>An error in a data file or a study definition, with the steps to fix it.</summary>
/// <param name="What">What is wrong, in a sentence that ends with a full stop.</param>
/// <param name="Remedy">What to do about it, in a sentence that ends with a full stop.</param>
/// <param name="Line">The physical line in the CSV (1 is the first line of the file), where there is one.</param>
/// <param name="Column">The column's name in the file, where there is one.</param>
/// <param name="Value">The offending value, shortened to what can be shown.</param>
/// <param name="Path">The place in the definition, as a JSON path such as <c>$.data.sensitive[1].column</c>.</param>
/// <param name="File">Which file, where more than one is read.</param>
public sealed record InputFault(string What, string Remedy, long? Line = null, string? Column = null, string? Value = null,
    string? Path = null, string? File = null)
{
    /// <summary>Returns one line with location, error and remedy, as on pages and the command line.</summary>
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

/// <summary>Thrown when input is invalid; carries all errors that were found.</summary>
public sealed class InputException : Exception
{
    /// <summary>Creates the exception for several errors.</summary>
    public InputException(IReadOnlyList<InputFault> faults)
        : base(string.Join(Environment.NewLine, faults)) => Faults = faults;

    /// <summary>Creates the exception for one error.</summary>
    public InputException(InputFault fault) : this([fault]) { }

    /// <summary>Errors in the order of the file or the definition; at least one.</summary>
    public IReadOnlyList<InputFault> Faults { get; }
}
