using System.Text.Json;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Definition;

namespace FairMedl.Core.Studies.Plan;

/// <summary>
/// What decides how long a fit takes per row and epoch: its model, the sizes of its networks, the terms of its loss, the rows per
/// step and the columns it reads. Fits of equal shape take time in proportion to their rows and epochs.
/// </summary>
/// <param name="Model">The model's identifier in the catalogue.</param>
/// <param name="Details">Everything else, as JSON, to be compared only.</param>
public sealed record FitShape(string Model, string Details)
{
    /// <summary>The shape and length of each model's fits, in the definition's order; empty where the definition has faults.</summary>
    /// <param name="definition">The study.</param>
    /// <param name="rows">Rows of its data set, for a number of epochs that depends on them; 0 where it is unknown.</param>
    public static IReadOnlyList<FitLength> Of(StudyDefinition definition, int rows)
    {
        IReadOnlyList<FitSpecification> fits = DefinitionCheck.Specifications(definition, out List<InputFault> faults);
        if (faults.Count > 0) return [];
        bool validation = DefinitionCheck.HoldsOutValidation(definition, fits);
        int folds = definition.Protocol.Folds, trainingRows = FoldRows.TrainingRows(rows, folds, validation);
        return [.. fits.Select(f => new FitLength(new FitShape(f.Kind.Id, DetailsOf(f, definition)), f.Training.EpochCount(trainingRows),
            FoldRows.TrainingFolds(folds, validation)))];
    }

    private static string DetailsOf(FitSpecification fit, StudyDefinition definition)
    {
        ModelSettings model = fit.Model;
        TrainingSettings training = fit.Training;
        DataSpecification data = definition.Data;
        return JsonSerializer.Serialize(
            new
            {
                model.Hidden,
                ClusterNetworks = Used("clusterAdversaryHidden", model.ClusterAdversaryHidden),
                Adversaries = Used("adversaryHidden", model.AdversaryHidden),
                Terms = new[] { Weighs("lambdaF", model.LambdaF), Weighs("lambdaG", model.LambdaG), Weighs("lambdaFe", model.LambdaFe),
                    Weighs("lambdaMe", model.LambdaMe) },
                UnseenClusters = Used("unseenClusters", training.UnseenClusters),
                Averages = training.AveragingDecay > 0,
                training.BatchSize,
                definition.Protocol.Probes,
                definition.Protocol.ProbeSet,
                data.Target,
                data.Cluster,
                data.Sensitive,
                Features = data.Features.Order(StringComparer.Ordinal),
                Categorical = data.Categorical.Order(StringComparer.Ordinal),
                data.Exclude,
            },
            StudyJson.Compact);

        object? Used(string setting, object value) => SettingCatalogue.Find(setting)!.IsUsedBy(fit.Kind) ? value : null;

        bool Weighs(string setting, double weight) => weight > 0 && SettingCatalogue.Find(setting)!.IsUsedBy(fit.Kind);
    }
}

/// <summary>A shape with the number of epochs that a fit of it trains, and the number of folds that it trains on.</summary>
public sealed record FitLength(FitShape Shape, int Epochs, int TrainingFolds);
