namespace FairMedl.Web.CommandLine;

/// <summary>Exit codes of the command line. Other programs rely on them.</summary>
internal static class ExitCode
{
    /// <summary>Success.</summary>
    public const int Done = 0;

    /// <summary>The study failed or was cancelled.</summary>
    public const int Failed = 1;

    /// <summary>The input, the definition or the command is wrong; nothing was written.</summary>
    public const int WrongInput = 2;
}
