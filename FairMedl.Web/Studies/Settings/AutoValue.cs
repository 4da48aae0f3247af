using FairMedl.Core.Fits;
using FairMedl.Web.Components;
using FairMedl.Web.Studies.NewStudy;

namespace FairMedl.Web.Studies.Settings;

/// <summary>What "auto" stands for in a field of the new-study form.</summary>
public static class AutoValue
{
    /// <summary>"auto: about 24 epochs, 3,456 steps"; null where the field has a number.</summary>
    /// <param name="form">The form.</param>
    /// <param name="field">The field.</param>
    /// <param name="trainingRows">Training rows of a fit; null where they are not known.</param>
    public static string? Of(StudyForm form, SettingField field, int? trainingRows)
    {
        if (!field.IsAuto(form.Text(field))) return null;
        return field.Name switch
        {
            "epochs" => trainingRows is { } rows && BatchSize(form) is { } batch ? Epochs(rows, batch)
                : $"auto: as many as {Display.Count(TrainingSettings.FewestAutoSteps)} steps take, at least {TrainingSettings.FewestAutoEpochs}",
            "lambdaK" => trainingRows is { } rows ? $"auto: mean weight of a row divided by about {Display.Count(rows)} training rows"
                : "auto: mean weight of a row divided by the number of training rows",
            _ => null,
        };
    }

    private static string Epochs(int rows, int batch)
    {
        int epochs = new TrainingSettings { Epochs = default, BatchSize = batch }.EpochCount(rows), steps = (rows + batch - 1) / batch;
        return $"auto: about {Display.Count(epochs, "epoch", "epochs")}, {Display.Count(epochs * steps, "step", "steps")}";
    }

    private static int? BatchSize(StudyForm form) =>
        SettingField.Find("batchSize") is { } field && field.Read(form.Text(field)).Value is int size ? size : null;
}
