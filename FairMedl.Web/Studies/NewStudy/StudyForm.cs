using System.Globalization;
using System.Text.Json;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Studies.Definition;
using FairMedl.Web.Components.Fields;
using FairMedl.Web.Services.Drafts;
using FairMedl.Web.Studies.Settings;

namespace FairMedl.Web.Studies.NewStudy;

/// <summary>The new-study form, from which a definition is built.</summary>
/// <param name="defaults">The hyperparameters of a preset by its name.</param>
public sealed class StudyForm(Func<string, (ModelSettings Model, TrainingSettings Training)> defaults)
{
    /// <summary>The most seeds that the page offers.</summary>
    public const int MostSeeds = 50;

    /// <summary>What is wrong with a form without a name.</summary>
    public const string NameFault = "Enter a name, so that you can find the study again.";

    /// <summary>How many folds there may be.</summary>
    public static readonly NumberRange FoldsRange = new("Folds", 2, 50, IsWhole: true);

    /// <summary>How many seeds there may be.</summary>
    public static readonly NumberRange SeedsRange = new("Seeds", 1, MostSeeds, IsWhole: true);

    private readonly HashSet<string> models = ["medl", "fair-adb-medl"];
    private readonly Dictionary<string, string> changed = [];
    private IReadOnlyList<ModelRequest> requests = [];
    private IReadOnlyList<ulong> seeds = [];
    private int? firstFolds, minimumGroup;
    private bool? validationFold;
    private string preset = Core.Studies.Definition.Preset.Recommended.Id;

    /// <summary>The study's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>
    /// The preset's id. Another preset decides anew whether a fold is held out for validation. A new form has the recommended one; a
    /// definition that names none has the paper's.
    /// </summary>
    public string Preset
    {
        get => preset;
        set
        {
            if (value != preset) validationFold = null;
            preset = value;
        }
    }

    /// <summary>The text in the field for folds.</summary>
    public string FoldsText { get; set; } = "10";

    /// <summary>The text in the field for seeds.</summary>
    public string SeedsText { get; set; } = "1";

    /// <summary>How many folds the seen rows are split into; 0 while the field has a fault.</summary>
    public int Folds
    {
        get => (int)(FoldsRange.Read(FoldsText).Value ?? 0);
        set => FoldsText = value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Whether only the first fold is run.</summary>
    public bool QuickLook { get; set; }

    /// <summary>Whether confounding probes are added to the features.</summary>
    public bool Probes { get; set; }

    /// <summary>Which confounding probes are added.</summary>
    public ProbeSet ProbeSet { get; set; }

    /// <summary>The study's own choice of engine and device; null = as configured. It is no part of the definition.</summary>
    public ComputeChoice? Compute { get; set; }

    /// <summary>
    /// How many seeds; they are 1, 2, 3 and so on, or those of the study that this one starts from; 0 while the field has a
    /// fault.
    /// </summary>
    public int Seeds
    {
        get => (int)(SeedsRange.Read(SeedsText).Value ?? 0);
        set => SeedsText = value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The chosen models in the catalogue's order.</summary>
    public IReadOnlyList<ModelKind> Models => [.. ModelCatalogue.All.Where(m => models.Contains(m.Id))];

    /// <summary>How many of the folds are run.</summary>
    public int FoldsToRun => QuickLook ? 1 : FirstFolds ?? Folds;

    /// <summary>
    /// More than one fold and not all of them, where the definition that this started from has it so; the page offers one or
    /// all.
    /// </summary>
    public int? FirstFolds => !QuickLook && firstFolds < Folds ? firstFolds : null;

    /// <summary>Runs every fold.</summary>
    public void RunAllFolds() => (QuickLook, firstFolds) = (false, null);

    /// <summary>How many fits will be queued.</summary>
    public int Fits => Math.Max(0, Models.Count * FoldsToRun * Seeds);

    /// <summary>Whether the model is selected.</summary>
    public bool Has(string model) => models.Contains(model);

    /// <summary>Selects or deselects a model.</summary>
    public void Choose(string model, bool chosen)
    {
        if (chosen) models.Add(model);
        else models.Remove(model);
    }

    /// <summary>The hyperparameters that at least one chosen model reads.</summary>
    public IReadOnlyList<SettingField> Fields => [.. SettingField.All.Where(f => Models.Any(f.Setting.IsUsedBy))];

    /// <summary>The value under the chosen preset, as text.</summary>
    public string Default(SettingField field)
    {
        (ModelSettings model, TrainingSettings training) = defaults(Preset);
        return field.Default(model, training);
    }

    /// <summary>The text in a field.</summary>
    public string Text(SettingField field) => changed.GetValueOrDefault(field.Name) ?? Default(field);

    /// <summary>Sets a field's text. Empty text, or the preset's value, restores the preset's value.</summary>
    public void Type(SettingField field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Trim() == Default(field)) changed.Remove(field.Name);
        else changed[field.Name] = text.Trim();
    }

    /// <summary>Whether a field differs from the preset.</summary>
    public bool IsChanged(SettingField field) => changed.ContainsKey(field.Name);

    /// <summary>The issues to fix before the study can be queued.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(Name)) faults.Add(NameFault);
        if (models.Count == 0) faults.Add("Choose at least one model.");
        if (FoldsRange.Read(FoldsText).Fault is { } ofFolds) faults.Add(ofFolds);
        if (SeedsRange.Read(SeedsText).Fault is { } ofSeeds) faults.Add(ofSeeds);
        faults.AddRange(Fields.Where(IsChanged).Select(f => f.Read(Text(f)).Fault).OfType<string>());
        return faults;
    }

    /// <summary>
    /// The definition. A hyperparameter that no chosen model reads is left out, so that equal studies have equal documents.
    /// </summary>
    /// <exception cref="InvalidOperationException">The form has <see cref="Faults"/>.</exception>
    public StudyDefinition Build(DataSpecification data)
    {
        if (Faults() is { Count: > 0 } faults) throw new InvalidOperationException(string.Join(" ", faults));
        var settings = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (SettingField field in Fields.Where(IsChanged))
            if (field.Read(Text(field)).Value is { } value) settings[field.Name] = field.Setting.ToJson(value);
        var definition = new StudyDefinition
        {
            Name = Name.Trim(),
            Data = data,
            Preset = Preset,
            Protocol = new ProtocolSpecification
            {
                Folds = Folds,
                FoldsToRun = FoldsToRun == Folds ? null : FoldsToRun,
                Probes = Probes,
                ProbeSet = Probes && ProbeSet != ProbeSet.Five ? ProbeSet : null,
                MinimumGroup = minimumGroup,
                Seeds = seeds.Count == Seeds ? seeds : [.. Enumerable.Range(1, Seeds).Select(s => (ulong)s)],
            },
            Settings = settings,
            Models = [.. Models.Select(m => requests.FirstOrDefault(r => r.Model == m.Id) ?? new ModelRequest(m.Id))],
        };
        return WithValidation(definition, ValidationOf(definition).IsHeldOut);
    }

    /// <summary>
    /// Whether a fold is held out for validation, and whether that is only so because the definition that this form started from says
    /// so; null while the form has faults.
    /// </summary>
    public (bool IsHeldOut, bool IsKept)? Validation(DataSpecification data) => Faults().Count > 0 ? null : ValidationOf(Build(data));

    // What the preset and the hyperparameters need. A definition may say otherwise, but not take away the fold that one of them reads.
    private (bool IsHeldOut, bool IsKept) ValidationOf(StudyDefinition definition)
    {
        bool needed = WithValidation(definition, null).HoldsOutValidation();
        bool isKept = validationFold is { } said && said != needed && Folds > 2 && (said || !definition.ReadsValidation());
        return (needed != isKept, isKept);
    }

    private static StudyDefinition WithValidation(StudyDefinition definition, bool? isHeldOut) =>
        definition with { Protocol = definition.Protocol with { ValidationFold = isHeldOut } };

    /// <summary>The form's content, to be kept until it is queued.</summary>
    public StudyFormDraft ToDraft() => new()
    {
        Name = Name,
        Preset = Preset,
        Folds = FoldsText,
        Seeds = SeedsText,
        QuickLook = QuickLook,
        FoldsToRun = firstFolds,
        Probes = Probes,
        ProbeSet = ProbeSet,
        ValidationFold = validationFold,
        MinimumGroup = minimumGroup,
        Models = [.. models.Order(StringComparer.Ordinal)],
        Settings = new SortedDictionary<string, string>(changed, StringComparer.Ordinal),
        SeedValues = seeds,
        Requests = requests,
        Compute = Compute,
    };

    /// <summary>Restores content that was kept.</summary>
    public void Restore(StudyFormDraft draft)
    {
        (Name, Preset, FoldsText, SeedsText) = (draft.Name, draft.Preset, draft.Folds, draft.Seeds);
        (QuickLook, firstFolds, Probes, ProbeSet) = (draft.QuickLook, draft.FoldsToRun, draft.Probes, draft.ProbeSet);
        (validationFold, minimumGroup) = (draft.ValidationFold, draft.MinimumGroup);
        (seeds, requests) = (draft.SeedValues, draft.Requests);
        Compute = draft.Compute;
        models.Clear();
        models.UnionWith(draft.Models);
        changed.Clear();
        foreach ((string name, string text) in draft.Settings) changed[name] = text;
    }

    /// <summary>Fills in the form from a definition. What the form has no field for is kept.</summary>
    public void StartFrom(StudyDefinition definition)
    {
        Name = definition.Name;
        Preset = definition.Preset;
        Folds = definition.Protocol.Folds;
        QuickLook = definition.Protocol.FoldsToRun == 1;
        firstFolds = definition.Protocol.FoldsToRun;
        Probes = definition.Protocol.Probes;
        ProbeSet = definition.Protocol.ProbeSet ?? ProbeSet.Five;
        validationFold = definition.Protocol.ValidationFold is { } said && said != WithValidation(definition, null).HoldsOutValidation()
            ? said : null;
        minimumGroup = definition.Protocol.MinimumGroup;
        seeds = definition.Protocol.Seeds;
        Seeds = seeds.Count;
        models.Clear();
        models.UnionWith(definition.Models.Select(m => m.Model));
        requests = definition.Models;
        changed.Clear();
        foreach (SettingField field in SettingField.All)
            if (definition.Settings.TryGetValue(field.Name, out JsonElement json) && field.Setting.FromJson(json) is { } value)
                Type(field, field.Write(value));
    }
}
