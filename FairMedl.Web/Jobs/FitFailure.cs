using FairMedl.Core.Data;
using FairMedl.Core.Fits;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FairMedl.Web.Jobs;

/// <summary>The error message of a failed fit, for the user: what happened and what to do. The log has the details.</summary>
public static class FitFailure
{
    /// <summary>The message, in one or two sentences.</summary>
    public static string Explain(Exception exception) => exception switch
    {
        InputException or FitException => exception.Message,
        OutOfMemoryException =>
            "There was not enough memory for this fit. Run fewer fits at once (setting Jobs:Threads), or use a machine with more memory.",
        SqliteException or DbUpdateException or IOException =>
            $"The result could not be stored ({Innermost(exception)}). Check the disk space and permissions of the data " +
            "folder, then retry the fit.",
        _ => $"The fit stopped with an unexpected error ({exception.GetType().Name}: " +
            $"{FirstLine(exception.Message)}). See the log for details.",
    };

    private static string Innermost(Exception exception) => FirstLine(exception.GetBaseException().Message).TrimEnd('.');

    private static string FirstLine(string message) => message.Split('\n', 2)[0].Trim();
}
