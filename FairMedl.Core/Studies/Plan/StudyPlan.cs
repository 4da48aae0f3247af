using System.Collections.Concurrent;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Numerics;
using FairMedl.Core.Studies.Definition;

namespace FairMedl.Core.Studies.Plan;

/// <summary>One fit of a study: which, and with which hyperparameters.</summary>
public sealed record PlannedFit(FitKey Key, FitSpecification Specification)
{
    /// <summary>Training hyperparameters of the fit.</summary>
    public TrainingSettings Training => Specification.Training;

    /// <summary>Number of its epochs.</summary>
    public int Epochs => Training.Epochs.Number ?? throw new InvalidOperationException("A plan resolves the number of epochs.");
}

/// <summary>A definition laid over its table: the rows, and every fit of the study. Safe to use from several threads.</summary>
public sealed class StudyPlan
{
    private readonly ConcurrentDictionary<ulong, Lazy<int[]>> folds = new();

    private StudyPlan(StudyDefinition definition, StudyData data, string dataHash, IReadOnlyList<PlannedFit> fits,
        bool holdsOutValidation)
    {
        HoldsOutValidation = holdsOutValidation;
        Definition = definition;
        Data = data;
        DataHash = dataHash;
        Fits = fits;
    }

    /// <summary>Definition of the study.</summary>
    public StudyDefinition Definition { get; }

    /// <summary>Data of the study.</summary>
    public StudyData Data { get; }

    /// <summary>Whether a fold of each fit is held out for validation.</summary>
    public bool HoldsOutValidation { get; }

    /// <summary>SHA-256 of the file's bytes.</summary>
    public string DataHash { get; }

    /// <summary>Every fit: by seed, then by fold, then by model.</summary>
    public IReadOnlyList<PlannedFit> Fits { get; }

    /// <summary>Checks a definition against its table and plans its fits.</summary>
    /// <exception cref="InputException">Every fault of the definition and of the data under it.</exception>
    public static StudyPlan Create(StudyDefinition definition, Table table)
    {
        IReadOnlyList<FitSpecification> specifications = DefinitionCheck.Specifications(definition, out List<InputFault> faults);
        StudyData? data = null;
        try
        {
            data = StudyDataBuilder.Build(table, definition.Data);
            if (definition.Protocol is { Probes: true, Seeds.Count: > 0 })
                data = Probes.AddTo(data, new RandomStream(definition.Protocol.Seeds[0]).Child("probes"),
                    definition.Protocol.ProbeSet ?? ProbeSet.Five);
        }
        catch (InputException e)
        {
            faults.AddRange(e.Faults);
        }

        if (data is not null && data.SeenRows.Length < 10 * definition.Protocol.Folds)
            faults.Add(new InputFault($"{data.SeenRows.Length} rows in seen clusters are too few for {definition.Protocol.Folds} folds.",
                "Use fewer folds (each needs at least ten rows), or more seen clusters.", Path: "$.protocol.folds"));
        if (faults.Count > 0 || data is null) throw new InputException(faults);

        ProtocolSpecification protocol = definition.Protocol;
        bool validation = DefinitionCheck.HoldsOutValidation(definition, specifications);
        int trainingRows = FoldRows.TrainingRows(data.SeenRows.Length, protocol.Folds, validation);
        specifications = [.. specifications.Select(s => s.WithEpochsFor(trainingRows))];
        IEnumerable<PlannedFit> fits =
            from seed in protocol.Seeds
            from fold in Enumerable.Range(0, protocol.FoldsToRun ?? protocol.Folds)
            from specification in specifications
            select new PlannedFit(new FitKey(specification.Kind.Id, seed, fold), specification);
        return new StudyPlan(definition, data, table.Fingerprint, [.. fits], validation);
    }

    /// <summary>Runs one fit on the calling thread.</summary>
    /// <exception cref="FitException">It cannot be finished, and why.</exception>
    public FitResult Run(ComputeTarget compute, PlannedFit fit, IProgress<EpochLosses>? progress, CancellationToken cancellation) =>
        compute.Run(Data, Rows(fit.Key), fit.Specification, fit.Key, progress, cancellation);

    /// <summary>The training, validation and test rows of a fit; folds differ by seed and are shared by its models.</summary>
    public FoldRows Rows(FitKey key)
    {
        int[] assigned = folds.GetOrAdd(
            key.Seed,
            seed => new Lazy<int[]>(() => StratifiedFolds.Assign(Data, Definition.Protocol.Folds, new RandomStream(seed)
                .Child("folds")))).Value;
        return FoldRows.Of(Data, assigned, key.Fold, Definition.Protocol.Folds, HoldsOutValidation);
    }
}
