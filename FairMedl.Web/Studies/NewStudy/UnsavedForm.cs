using FairMedl.Web.Services.Drafts;

namespace FairMedl.Web.Studies.NewStudy;

/// <summary>Keeps a new-study form in the data set's draft, so that it survives a reload and a restart of the server.</summary>
/// <param name="drafts">The drafts.</param>
/// <param name="datasetId">The data set.</param>
/// <param name="key">The form's key in the draft.</param>
public sealed class UnsavedForm(IDraftStore drafts, int datasetId, string key)
{
    private StudyFormDraft? kept;

    /// <summary>Takes the form's current content as its initial one, then restores what was kept of it.</summary>
    public void Restore(StudyForm form, DatasetDraft draft)
    {
        kept = form.ToDraft();
        if (draft.StudyForms.GetValueOrDefault(key) is not { } unsaved) return;
        form.Restore(unsaved);
        kept = unsaved;
    }

    /// <summary>Keeps the form where it has changed.</summary>
    /// <returns>Whether it has.</returns>
    public async Task<bool> KeepAsync(StudyForm form)
    {
        StudyFormDraft now = form.ToDraft();
        if (now.IsSameAs(kept)) return false;
        kept = now;
        await drafts.ChangeAsync(datasetId, draft => draft.WithForm(key, now));
        return true;
    }

    /// <summary>Removes the form from the draft, as once it is queued.</summary>
    public Task RemoveAsync() => drafts.ChangeAsync(datasetId, draft => draft.WithForm(key, null));
}
