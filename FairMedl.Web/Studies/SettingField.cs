using System.Globalization;
using System.Text.Json;
using FairMedl.Core.Experiments;
using FairMedl.Core.Models;
using FairMedl.Core.Training;

namespace FairMedl.Web.Studies;

/// <summary>A constant that the page of a new study has a field for.</summary>
/// <param name="Setting">What it is, and which values it takes.</param>
/// <param name="Whole">Whether it is a whole number.</param>
/// <param name="Default">Its value under a preset.</param>
/// <param name="UsedBy">Which models read it.</param>
public sealed record SettingField(Setting Setting, bool Whole, Func<ModelSettings, TrainingSettings, double> Default, Func<ModelKind, bool> UsedBy)
{
    /// <summary>The constants that are single numbers; a definition's JSON takes all the others as well.</summary>
    public static IReadOnlyList<SettingField> All { get; } =
    [
        Of("epochs", (_, t) => t.Epochs, whole: true),
        Of("batchSize", (_, t) => t.BatchSize, whole: true),
        Of("learningRate", (_, t) => t.LearningRate),
        Of("weightDecay", (_, t) => t.WeightDecay),
        Of("lambdaY", (m, _) => m.LambdaY, m => !m.RandomEffects),
        Of("lambdaF", (m, _) => m.LambdaF, m => m.RandomEffects),
        Of("lambdaG", (m, _) => m.LambdaG, m => m.ClusterAdversary),
        Of("lambdaK", (m, _) => m.LambdaK, m => m.RandomEffects),
        Of("lambdaFe", (m, _) => m.LambdaFe, m => m.Debiasing == Debiasing.Adversary),
        Of("lambdaMe", (m, _) => m.LambdaMe, m => m.Debiasing == Debiasing.Adversary && m.RandomEffects),
        Of("lambdaS", (m, _) => m.LambdaS, m => m.Debiasing == Debiasing.Correlation),
        Of("groupWeightExponent", (m, _) => m.GroupWeightExponent, m => m.Debiasing == Debiasing.Adversary),
    ];

    /// <summary>Its name in the definition, such as "lambdaMe".</summary>
    public string Name => Setting.Name;

    /// <summary>The field of this name, or null.</summary>
    public static SettingField? Find(string name) => All.FirstOrDefault(f => f.Name == name);

    /// <summary>Reads a person's text: the value, or what is wrong with it.</summary>
    public (JsonElement? Value, string? Fault) Read(string text)
    {
        if (!double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
            return (null, $"{Setting.Symbol}: '{text}' is not a number. Write it with a point, such as 0.2 or 1e-4.");
        if (Whole && value != Math.Floor(value))
            return (null, $"{Setting.Symbol}: {text} is not a whole number.");
        if (value < Setting.Least || value > Setting.Most)
            return (null, FormattableString.Invariant($"{Setting.Symbol}: {text} is outside {Setting.Least} to {Setting.Most}."));
        return (Whole ? JsonSerializer.SerializeToElement((int)value) : JsonSerializer.SerializeToElement(value), null);
    }

    /// <summary>A value as a person would type it.</summary>
    public static string Write(double value) => value.ToString("0.##########", CultureInfo.InvariantCulture);

    private static SettingField Of(string name, Func<ModelSettings, TrainingSettings, double> preset, Func<ModelKind, bool>? usedBy = null, bool whole = false) =>
        new(SettingCatalogue.Find(name) ?? throw new InvalidOperationException($"The catalogue has no setting '{name}'."), whole, preset, usedBy ?? (_ => true));
}
