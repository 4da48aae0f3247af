namespace FairMedl.Web.Components.Layout;

/// <summary>The steps from a file to a trained study, in order.</summary>
public enum StudyStep
{
    /// <summary>Upload a CSV and check its columns.</summary>
    Upload,

    /// <summary>Set the roles of its columns.</summary>
    Roles,

    /// <summary>Choose models, folds and hyperparameters.</summary>
    Study,

    /// <summary>Follow the fits.</summary>
    Queue,
}
