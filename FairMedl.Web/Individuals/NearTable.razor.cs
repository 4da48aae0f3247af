using FairMedl.Core.Data;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Individuals;
using FairMedl.Web.Components.Addresses;
using Microsoft.AspNetCore.Components;

namespace FairMedl.Web.Individuals;

/// <summary>The rows nearest to the one shown for which the selected model predicts the other outcome.</summary>
public sealed partial class NearTable
{
    /// <summary>The study's rows.</summary>
    [Parameter, EditorRequired] public PredictedRows Rows { get; set; } = null!;

    /// <summary>The page's address.</summary>
    [Parameter, EditorRequired] public IndividualAddress Address { get; set; } = null!;

    /// <summary>The names of the two classes.</summary>
    [Parameter, EditorRequired] public ClassNames Classes { get; set; } = null!;

    /// <summary>The study's row.</summary>
    [Parameter, EditorRequired] public int Row { get; set; }

    /// <summary>The model whose predictions count.</summary>
    [Parameter, EditorRequired] public string Model { get; set; } = "";

    /// <summary>With or without its cluster effects.</summary>
    [Parameter, EditorRequired] public Head Head { get; set; }

    /// <summary>The nearest rows, nearest first; null where no model of the row can be read.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<NearRow>? Near { get; set; }

    private string Label => ResultNames.Model(Model, Head);

    private string AddressOf(int other) =>
        (Address with { Row = Rows.Data.SourceRows[other], Changes = new Dictionary<string, string>() }).ToUri();

    private string Difference(string column, int other)
    {
        FeatureSource feature = Rows.Data.Features.First(f => f.Column == column);
        return $"{column} {IndividualValue.Named(IndividualQuestion.ValueOf(feature, other))}, " +
            $"{IndividualValue.Named(IndividualQuestion.ValueOf(feature, Row))}";
    }

    // Each fold has its own model, so two rows with equal values may be predicted by different ones.
    private string Same(int other)
    {
        string[] what = [
            "no feature",
            .. Rows.Data.Cluster[other] == Rows.Data.Cluster[Row] ? Array.Empty<string>() : [$"the {Rows.Data.ClusterColumn}"],
            .. Rows.SameFits(other, Row) ? Array.Empty<string>() : ["the fold, and so the model that predicted it"],
        ];
        return string.Join("; ", what);
    }
}
