using FairMedl.Core.Data;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Numerics;
using Xunit;

namespace FairMedl.Tests.Data;

/// <summary>UCI Adult as the paper uses it; every count is of the paper's Table 1 or of the data's own description.</summary>
public sealed class AdultTests
{
    private static readonly Lazy<Table> File = new(() => CsvTableReader.ReadFile(SharedData.Path("adult/adult.csv")));
    private static readonly Lazy<StudyData> Study = new(() => StudyDataBuilder.Build(File.Value, Given.PaperAdult));

    [DataFact("adult/adult.csv")]
    public void Table_OfTheFile_HasItsColumns()
    {
        Table table = File.Value;

        Assert.Equal(32_561, table.RowCount);
        Assert.Equal(15, table.Columns.Count);
        Assert.Equal(ColumnKind.Number, table.Find("age")!.Kind);
        Assert.Equal(21_648, table.Find("fnlwgt")!.DistinctCount);
        Assert.Equal(1_843, table.Find("occupation")!.MissingCount);
        Assert.Equal("State-gov", table.Find("workclass")!.Text(0));
        Assert.Equal(2, table.LineOf(0));
        Assert.Equal(32_562, table.LineOf(32_560));
    }

    [DataFact("adult/adult.csv")]
    public void Study_OfThePaper_HasItsRowsAndGroups()
    {
        StudyData study = Study.Value;

        Assert.Equal(32_538, study.RowCount);
        Assert.Equal(23, Assert.Single(study.Excluded));
        Assert.Equal(23_002, study.SeenRows.Length);
        Assert.Equal(9_536, study.UnseenRows.Length);
        Assert.Equal(["Prof-specialty", "Craft-repair", "Exec-managerial", "Adm-clerical", "Sales", "Other-service"], study.ClusterNames.Take(6));
        Assert.Equal([4137, 4096, 4065, 3765, 3648, 3291], Enumerable.Range(0, 6).Select(c => study.Cluster.Count(x => x == c)));
        Assert.Contains("(missing)", study.ClusterNames);
        Assert.Equal("income = >50K", study.TargetDescription);
        Assert.Equal(7_831, study.Target.Count(y => y == 1));
        Assert.Empty(study.Warnings);

        int[] all = Enumerable.Range(0, study.RowCount).ToArray();
        Assert.Equal([("<=30", 10558), ("31-45", 12355), (">45", 9625)], Sizes(study, all, 0));
        Assert.Equal([("Amer-Indian-Eskimo", 311), ("Asian-Pac-Islander", 1039), ("Black", 3123), ("Other", 271), ("White", 27794)], Sizes(study, all, 1));
        Assert.Equal([("Female", 10757), ("Male", 21781)], Sizes(study, all, 2));
        Assert.Equal(6, study.Sensitive[3].GroupNames.Count);
    }

    [DataFact("adult/adult.csv")]
    public void Encoder_OnAllRows_Has75Columns()
    {
        StudyData study = Study.Value;

        FeatureEncoder all = FeatureEncoder.Fit(study, Enumerable.Range(0, study.RowCount).ToArray());

        Assert.Equal(75, all.Layout.Width);
        Assert.Equal([new EncodedBlock(72, 3), new EncodedBlock(59, 5), new EncodedBlock(64, 2), new EncodedBlock(66, 6)], all.Layout.AttributeBlocks.Select(b => b!.Value));
    }

    [DataFact("adult/adult.csv")]
    public void Folds_OfTheSeenRows_AreBalancedByClusterAndLabel()
    {
        StudyData study = Study.Value;

        int[] fold = StratifiedFolds.Assign(study, 10, new RandomStream(1).Child("folds"));

        foreach (var stratum in Enumerable.Range(0, fold.Length).GroupBy(i => (study.Cluster[study.SeenRows[i]], study.Target[study.SeenRows[i]])))
        {
            int[] sizes = new int[10];
            foreach (int i in stratum) sizes[fold[i]]++;
            Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
        }

        int[] totals = new int[10];
        foreach (int f in fold) totals[f]++;
        Assert.InRange(totals.Max() - totals.Min(), 0, 1);
    }

    private static IEnumerable<(string, int)> Sizes(StudyData study, int[] rows, int attribute) =>
        GroupTable.Count(study, rows, attribute).Rows.Select(g => (g.Groups[0], g.N));
}
