using FairMedl.Core.Data;
using FairMedl.Core.Training;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FairMedl.Web.Jobs;

/// <summary>Why a fit failed, for a person: what happened and what to do. The log has the rest.</summary>
public static class FitFailure
{
    /// <summary>One or two sentences.</summary>
    public static string Explain(Exception exception) => exception switch
    {
        InputException or FitException => exception.Message,
        OutOfMemoryException => "There was not enough memory for this fit. Run fewer fits at once (the setting Jobs:Threads), or use a machine with more memory.",
        SqliteException or DbUpdateException or IOException => $"The result could not be stored ({Innermost(exception)}). Check the disk of the data folder, then retry the fit.",
        _ => $"The fit stopped by an error that FairMedl did not expect ({exception.GetType().Name}: {FirstLine(exception.Message)}). The log has the details.",
    };

    private static string Innermost(Exception exception) => FirstLine(exception.GetBaseException().Message).TrimEnd('.');

    private static string FirstLine(string message) => message.Split('\n', 2)[0].Trim();
}
