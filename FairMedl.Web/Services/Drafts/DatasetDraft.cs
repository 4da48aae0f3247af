using FairMedl.Core.Data.Roles;
using FairMedl.Core.Studies.Definition;

namespace FairMedl.Web.Services.Drafts;

/// <summary>The user's unsubmitted choices for a data set: roles, a loaded definition and new-study forms.</summary>
public sealed record DatasetDraft
{
    /// <summary>A draft without choices.</summary>
    public static DatasetDraft Empty { get; } = new();

    /// <summary>The roles that a new study uses: complete and checked against the data. Null before the user confirmed any.</summary>
    public DataSpecification? Roles { get; init; }

    /// <summary>
    /// The roles as last edited on the roles page and not yet confirmed. They may be incomplete, for example without a target.
    /// Null where nothing was edited since.
    /// </summary>
    public DataSpecification? EditedRoles { get; init; }

    /// <summary>
    /// A definition loaded from a file: a new study starts from its models and hyperparameters. Null where none was loaded.
    /// </summary>
    public StudyDefinition? LoadedDefinition { get; init; }

    /// <summary>Unsubmitted new-study forms by <see cref="StudyFormDraft.Key"/>.</summary>
    public IReadOnlyDictionary<string, StudyFormDraft> StudyForms { get; init; } = new Dictionary<string, StudyFormDraft>();

    /// <summary>The roles that the roles page shows: the edited ones, else the confirmed ones. Null where the guess applies.</summary>
    public DataSpecification? CurrentRoles => EditedRoles ?? Roles;

    /// <summary>The draft with confirmed roles in place of edited ones.</summary>
    public DatasetDraft WithRoles(DataSpecification roles) => this with { Roles = roles, EditedRoles = null };

    /// <summary>The draft with a loaded definition and its roles. Forms filled in before no longer apply.</summary>
    public DatasetDraft WithDefinition(StudyDefinition definition) =>
        WithRoles(definition.Data) with { LoadedDefinition = definition, StudyForms = Empty.StudyForms };

    /// <summary>The draft with a new-study form, or without it where <paramref name="form"/> is null.</summary>
    public DatasetDraft WithForm(string key, StudyFormDraft? form)
    {
        Dictionary<string, StudyFormDraft> forms = new(StudyForms, StringComparer.Ordinal);
        if (form is null) forms.Remove(key);
        else forms[key] = form;
        return this with { StudyForms = forms };
    }
}
