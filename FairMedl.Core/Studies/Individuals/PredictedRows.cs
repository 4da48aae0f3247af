using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Scoring;

namespace FairMedl.Core.Studies.Individuals;

/// <summary>Prediction compared with the target, such as false positive.</summary>
public enum Outcome
{
    /// <summary>A yes that is one.</summary>
    TruePositive,

    /// <summary>A yes that should be a no.</summary>
    FalsePositive,

    /// <summary>A no that should be a yes.</summary>
    FalseNegative,

    /// <summary>A no that is one.</summary>
    TrueNegative,
}

/// <summary>Filter of rows; null fields match all rows.</summary>
public sealed record RowFilter
{
    /// <summary>The model whose decision counts.</summary>
    public required string Model { get; init; }

    /// <summary>Head of the model: fixed or mixed effects.</summary>
    public required Head Head { get; init; }

    /// <summary>Seen or unseen clusters; null = both.</summary>
    public Split? Split { get; init; }

    /// <summary>Column of the sensitive attribute; null = any.</summary>
    public string? Attribute { get; init; }

    /// <summary>Group of the attribute; null = any.</summary>
    public string? Group { get; init; }

    /// <summary>Outcome of the prediction (classification only); null = any.</summary>
    public Outcome? Outcome { get; init; }
}

/// <summary>
/// Every row's prediction by each model and head, from the stored fits: a row of a seen cluster by the model of the fold
/// that it was tested in, averaged over seeds; a row of an unseen one by all fits. A mean at the mean of those fits'
/// thresholds is a yes. Five bytes a row, model and head.
/// </summary>
public sealed class PredictedRows
{
    private readonly Dictionary<(string Model, Head Head), Column> columns = [];
    private readonly Dictionary<ulong, short[]> foldOf = [];

    /// <summary>Gathers the fits that are done, one at a time in memory.</summary>
    public PredictedRows(StudyData data, IFitSource fits)
    {
        Data = data;
        Models = [.. fits.Keys.Select(k => k.Model).Distinct()];
        foreach (string model in Models)
        {
            ColumnBuilder fixedEffects = new(data), mixedEffects = new(data);
            bool hasMixed = false;
            foreach (FitKey key in fits.Keys.Where(k => k.Model == model))
            {
                FitResult fit = fits.Read([key])[0];
                short[] folds = FoldsOf(key.Seed);
                foreach (int row in fit.TestRows) folds[row] = (short)key.Fold;
                fixedEffects.Add(fit, fit.FixedEffects);
                if (fit.MixedEffects is null) continue;
                hasMixed = true;
                mixedEffects.Add(fit, fit.MixedEffects);
            }

            columns[(model, Head.FixedEffects)] = fixedEffects.Build();
            if (hasMixed) columns[(model, Head.MixedEffects)] = mixedEffects.Build();
        }
    }

    /// <summary>Data of the study.</summary>
    public StudyData Data { get; }

    /// <summary>The models that have fits, in the plan's order.</summary>
    public IReadOnlyList<string> Models { get; }

    /// <summary>Whether the model has this head.</summary>
    public bool Has(string model, Head head) => columns.ContainsKey((model, head));

    /// <summary>A row's prediction, or null where no fit tested it.</summary>
    public float? Prediction(string model, Head head, int row) =>
        columns.TryGetValue((model, head), out Column? column) && !float.IsNaN(column.Predictions[row]) ? column.Predictions[row] : null;

    /// <summary>A row's decision, or null where no fit tested it, and for regression.</summary>
    public bool? Decision(string model, Head head, int row) =>
        columns.TryGetValue((model, head), out Column? column) && column.Decisions[row] != Column.None
            ? column.Decisions[row] == Column.Yes : null;

    /// <summary>Returns the outcome of a row's prediction; null if the row has no prediction.</summary>
    public Outcome? OutcomeOf(string model, Head head, int row) => Decision(model, head, row) is not { } yes ? null
        : (yes, Data.Target[row] == 1) switch
        {
            (true, true) => Outcome.TruePositive,
            (true, false) => Outcome.FalsePositive,
            (false, true) => Outcome.FalseNegative,
            (false, false) => Outcome.TrueNegative,
        };

    /// <summary>Whether a fit predicted this row: for a row of a seen cluster, one whose test fold has it.</summary>
    public bool Tested(FitKey fit, int row) => Data.Cluster[row] >= Data.SeenClusterCount
        || (foldOf.TryGetValue(fit.Seed, out short[]? folds) && folds[row] == fit.Fold);

    /// <summary>Whether the same fits predicted two rows: both of one test fold under every seed, or both of unseen clusters.</summary>
    public bool SameFits(int row, int other)
    {
        bool isUnseen = Data.Cluster[row] >= Data.SeenClusterCount, isOtherUnseen = Data.Cluster[other] >= Data.SeenClusterCount;
        return isUnseen || isOtherUnseen ? isUnseen && isOtherUnseen : foldOf.Values.All(folds => folds[row] == folds[other]);
    }

    /// <summary>The rows that pass the filter, ascending; rows that no fit of its model tested never do.</summary>
    public int[] Find(RowFilter filter)
    {
        if (!columns.TryGetValue((filter.Model, filter.Head), out Column? column)) return [];
        SensitiveAttribute? attribute = Data.Sensitive.FirstOrDefault(s => s.Name == filter.Attribute);
        int group = attribute is null || filter.Group is null ? -1 : attribute.GroupNames.ToList().IndexOf(filter.Group);
        var found = new List<int>();
        for (int row = 0; row < Data.RowCount; row++)
        {
            if (float.IsNaN(column.Predictions[row])) continue;
            if (filter.Split is { } split && (Data.Cluster[row] < Data.SeenClusterCount) != (split == Split.Seen)) continue;
            if (group >= 0 && attribute!.Groups[row] != group) continue;
            if (filter.Outcome is { } outcome && OutcomeOf(filter.Model, filter.Head, row) != outcome) continue;
            found.Add(row);
        }

        return [.. found];
    }

    /// <summary>
    /// The study's row of a data row in the file (1 is the first record after the header), or null where it
    /// was excluded or does not exist.
    /// </summary>
    public int? RowOf(int sourceRow) => Array.BinarySearch(Data.SourceRows, sourceRow) is >= 0 and var row ? row : null;

    private short[] FoldsOf(ulong seed)
    {
        if (foldOf.TryGetValue(seed, out short[]? folds)) return folds;
        foldOf[seed] = folds = new short[Data.RowCount];
        Array.Fill(folds, (short)-1);
        return folds;
    }

    private sealed record Column(float[] Predictions, byte[] Decisions)
    {
        public const byte None = 0, No = 1, Yes = 2;
    }

    private sealed class ColumnBuilder(StudyData data)
    {
        private readonly double[] sums = new double[data.RowCount], thresholds = new double[data.RowCount];
        private readonly int[] counts = new int[data.RowCount];

        public void Add(FitResult fit, HeadPredictions head)
        {
            Add(fit.TestRows, head.Test, head.Threshold);
            if (head.Unseen.Length > 0) Add(data.UnseenRows, head.Unseen, head.Threshold);
        }

        public Column Build()
        {
            var predictions = new float[data.RowCount];
            var decisions = new byte[data.RowCount];
            for (int row = 0; row < predictions.Length; row++)
            {
                predictions[row] = counts[row] == 0 ? float.NaN : (float)(sums[row] / counts[row]);
                if (counts[row] > 0 && data.Task == PredictionTask.Classification)
                    decisions[row] = MeanDecision.IsYes(predictions[row], thresholds[row] / counts[row]) ? Column.Yes : Column.No;
            }

            return new Column(predictions, decisions);
        }

        private void Add(int[] rows, float[] values, double? threshold)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                sums[rows[i]] += values[i];
                thresholds[rows[i]] += threshold ?? 0;
                counts[rows[i]]++;
            }
        }
    }
}
