using System.Text;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using Xunit;

namespace FairMedl.Tests.Data;

public sealed class StudyDataBuilderTests
{
    /// <summary>60 rows: sites a (30), b (20), c (10); sex, numeric age with gaps, a category, a constant and a text target.</summary>
    private static readonly Table Patients = Given.Table(PatientsCsv());

    private static readonly DataSpecification Sound = new()
    {
        Target = new TargetSpecification("died", PredictionTask.Classification, ["yes"]),
        Cluster = new ClusterSpecification("site", Seen: 2),
        Sensitive = [new SensitiveSpecification("sex"), new SensitiveSpecification("age", [40, 60])],
        Features = ["dose", "colour", "sex", "age"],
    };

    [Fact]
    public void Build_AValidDefinition_CodesEveryColumn()
    {
        StudyData study = StudyDataBuilder.Build(Patients, Sound);

        Assert.Equal(60, study.RowCount);
        Assert.Equal(["a", "b", "c"], study.ClusterNames);
        Assert.Equal(2, study.SeenClusterCount);
        Assert.Equal(50, study.SeenRows.Length);
        Assert.All(study.UnseenRows, row => Assert.Equal(2, study.Cluster[row]));
        Assert.Equal(Enumerable.Range(1, 60), study.SourceRows);
        Assert.Equal(["f", "m", "(missing)"], study.Sensitive[0].GroupNames);
        Assert.Equal(["<=40", "41-60", ">60", "(missing)"], study.Sensitive[1].GroupNames);
        Assert.Equal([null, null, 0, 1], study.Features.Select(f => f.Attribute));
        Assert.Same(study.Sensitive[0].Groups, study.Features[2].Codes);
        for (int row = 0; row < 60; row++)
        {
            Assert.Equal(Patients.Find("died")!.Text(row) == "yes" ? 1f : 0f, study.Target[row]);
            Assert.Equal(Patients.Find("colour")!.Text(row) ?? "(missing)", study.Features[1].Levels[study.Features[1].Codes![row]]);
            Assert.Equal((float)Patients.Find("dose")!.Number(row), study.Features[0].Numbers![row]);
        }
    }

    [Fact]
    public void Build_WithExclusions_CountsEachInOrder()
    {
        StudyData study = StudyDataBuilder.Build(Patients, Sound with
        {
            Exclude = [new RowExclusion("site", ["c"]), new RowExclusion("sex", [""]), new RowExclusion("dose", ["0.0", "1.5"])],
        });

        Assert.Equal(10, study.Excluded[0]);
        Assert.Equal(60 - study.Excluded.Sum(), study.RowCount);
        Assert.All(study.Excluded, n => Assert.True(n > 0));
        Assert.Equal(["f", "m"], study.Sensitive[0].GroupNames);
        Assert.All(study.SourceRows, r => Assert.True(Patients.Find("dose")!.Number(r - 1) is not (0 or 1.5)));
    }

    [Theory]
    [InlineData(.5, 1)]
    [InlineData(.51, 2)]
    [InlineData(5.0 / 6, 2)]
    [InlineData(1, 3)]
    public void SeenShare_OfTheRows_TakesTheFewestClusters(double share, int seen)
    {
        DataSpecification specification = Sound with { Cluster = new ClusterSpecification("site", SeenShare: share) };
        if (seen == 1) Assert.Equal("$.data.cluster.seenShare", Assert.Single(Given.Faults(Patients, specification)).Path);
        else Assert.Equal(seen, StudyDataBuilder.Build(Patients, specification).SeenClusterCount);
    }

    [Theory]
    [InlineData(PredictionTask.Regression)]
    [InlineData(PredictionTask.Classification)]
    public void TargetSd_OfARegression_IsThatOfTheSeenRows(PredictionTask task)
    {
        string[] positive = ["1"];
        StudyData study = StudyDataBuilder.Build(Given.Table("c,s,y,x\n" + string.Concat(Enumerable.Range(0, 40).Select(i => i < 30 ? $"{"ad"[i / 15]},{i % 3},{1 + 3 * (i % 2)},{i}\n" : $"b,{i % 3},4,{i}\n"))), new DataSpecification
        {
            Target = new TargetSpecification("y", task, task == PredictionTask.Classification ? positive : null),
            Cluster = new ClusterSpecification("c", Seen: 2),
            Sensitive = [new SensitiveSpecification("s")],
            Features = ["x"],
        });

        Assert.Equal(task == PredictionTask.Regression ? 1.5 : null, study.TargetSd());
    }

    [Fact]
    public void Clusters_OfTheSameSize_AreInOrderOfTheirNames()
    {
        Table table = Given.Table("c,s,y,x\n" + string.Concat(Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"{"zbaM"[i % 4]},{i % 3},{i / 4 % 2},{i}\n"))));
        StudyData study = StudyDataBuilder.Build(table, new DataSpecification
        {
            Target = new TargetSpecification("y", PredictionTask.Classification, ["1.0"]),
            Cluster = new ClusterSpecification("c"),
            Sensitive = [new SensitiveSpecification("s")],
            Features = ["x"],
        });

        Assert.Equal(["M", "a", "b", "z"], study.ClusterNames);
        Assert.Equal(20, study.Target.Count(y => y == 1));
    }

    [Fact]
    public void Build_Regression_KeepsTheUnits()
    {
        StudyData study = StudyDataBuilder.Build(Patients, Sound with { Target = new TargetSpecification("dose", PredictionTask.Regression), Features = ["colour"] });

        Assert.Equal(PredictionTask.Regression, study.Task);
        Assert.Equal("dose", study.TargetDescription);
        Assert.Equal((float)Patients.Find("dose")!.Number(7), study.Target[7]);
    }

    [Fact]
    public void Build_ManyFaults_ReportsThemAll()
    {
        IReadOnlyList<InputFault> faults = Given.Faults(Patients, new DataSpecification
        {
            Target = new TargetSpecification("dide", PredictionTask.Classification, ["yes"]),
            Cluster = new ClusterSpecification("site", Seen: 4),
            Sensitive = [new SensitiveSpecification("sex", [1]), new SensitiveSpecification("age", [60, 40]), new SensitiveSpecification("same")],
            Features = ["dose", "Site", "site", "dose"],
            Exclude = [new RowExclusion("colour", ["rde"])],
        });

        Assert.Contains(faults, f => f.Path == "$.data.target.column" && f.Column == "dide" && f.Remedy == "Did you mean 'died'?");
        Assert.Contains(faults, f => f.Path == "$.data.cluster.seen" && f.What.Contains("4 seen clusters", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Path == "$.data.sensitive[0].bins" && f.What.Contains("text", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Path == "$.data.sensitive[1].bins" && f.What.Contains("ascending", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Path == "$.data.sensitive[2].column" && f.What.Contains("one group", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Path == "$.data.features[1]" && f.Remedy == "Did you mean 'site'?");
        Assert.Contains(faults, f => f.Path == "$.data.features[2]" && f.What.Contains("cluster", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Path == "$.data.features[3]" && f.What.Contains("twice", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Path == "$.data.exclude[0].values[0]" && f.Remedy == "Did you mean 'red'?");
        Assert.Equal(9, faults.Count);
        Assert.All(faults, f => Assert.All([f.What, f.Remedy], s => Assert.True(s.EndsWith('.') || s.EndsWith('?'), s)));
    }

    [Fact]
    public void Build_OfAnotherFile_IsOneFaultWithBothFilesColumns()
    {
        InputFault fault = Assert.Single(Given.Faults(Given.Table("a,b\n1,2\n3,4\n"), Sound));

        Assert.Equal("$.data", fault.Path);
        Assert.Contains("none of the", fault.What, StringComparison.Ordinal);
        Assert.Contains("'died'", fault.What, StringComparison.Ordinal);
        Assert.Contains("Its columns are 'a', 'b'", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ManyMissingColumns_ReportsTenAndTheNumberOfOthers()
    {
        IReadOnlyList<InputFault> faults = Given.Faults(Patients, Sound with { Features = [.. Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"gene{i}"))] });

        Assert.Equal(11, faults.Count);
        Assert.Equal("$.data.features[9]", faults[9].Path);
        Assert.Contains("30 more", faults[10].What, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Single => new()
    {
        { "positive absent", "$.data.target.positive[0]", "Did you mean 'yes'?" },
        { "positive missing", "$.data.target.positive", "'no', 'yes'" },
        { "positive twice", "$.data.target.positive[1]", "Remove one" },
        { "one class", "$.data.target.column", "only some rows have" },
        { "text regression", "$.data.target.column", "another column" },
        { "positive regression", "$.data.target.positive", "Remove" },
        { "missing target", "$.data.target.column", "\"values\": [\"\"]" },
        { "target feature", "$.data.features[0]", "Remove it" },
        { "cluster sensitive", "$.data.sensitive[0].column", "one of the roles" },
        { "cluster target", "$.data.cluster.column", "another cluster" },
        { "one cluster", "$.data.cluster.column", "Choose a cluster column" },
        { "one seen", "$.data.cluster.seen", "at least 2" },
        { "both seen", "$.data.cluster", "Keep one" },
        { "share", "$.data.cluster.seenShare", "for example 0.7" },
        { "no sensitive", "$.data.sensitive", "{ \"column\": \"sex\" }" },
        { "many groups", "$.data.sensitive[0].column", "bins, for example [" },
        { "empty bin", "$.data.sensitive[0].bins", "Move or remove" },
        { "no bounds", "$.data.sensitive[0].bins", "remove the bins" },
        { "no features", "$.data.features", "at least one" },
        { "nothing left", "$.data.exclude", "fewer" },
        { "no missing", "$.data.exclude[0].values[0]", "Remove the exclusion" },
        { "no values", "$.data.exclude[0].values", "List the values" },
        { "categorical stranger", "$.data.categorical[0]", "Add it to 'features'" },
        { "empty feature", "$.data.features[0]", "another feature" },
    };

    [Theory]
    [MemberData(nameof(Single))]
    public void Build_OneFault_ReportsItsPathAndRemedy(string fault, string path, string remedy)
    {
        TargetSpecification target = Sound.Target;
        DataSpecification bad = fault switch
        {
            "positive absent" => Sound with { Target = target with { Positive = ["yess"] } },
            "positive missing" => Sound with { Target = target with { Positive = [] } },
            "positive twice" => Sound with { Target = target with { Positive = ["yes", "yes"] } },
            "one class" => Sound with { Target = target with { Positive = ["yes", "no"] } },
            "text regression" => Sound with { Target = new TargetSpecification("died", PredictionTask.Regression) },
            "positive regression" => Sound with { Target = new TargetSpecification("dose", PredictionTask.Regression, ["1"]), Features = ["colour"] },
            "missing target" => Sound with { Target = new TargetSpecification("colour", PredictionTask.Classification, ["red"]), Features = ["dose"] },
            "target feature" => Sound with { Features = ["died", "dose"] },
            "cluster sensitive" => Sound with { Sensitive = [new SensitiveSpecification("site")] },
            "cluster target" => Sound with { Cluster = new ClusterSpecification("died") },
            "one cluster" => Sound with { Cluster = new ClusterSpecification("same") },
            "one seen" => Sound with { Cluster = new ClusterSpecification("site", Seen: 1) },
            "both seen" => Sound with { Cluster = new ClusterSpecification("site", 2, .5) },
            "share" => Sound with { Cluster = new ClusterSpecification("site", SeenShare: 1.5) },
            "no sensitive" => Sound with { Sensitive = [] },
            "many groups" => Sound with { Sensitive = [new SensitiveSpecification("row")] },
            "empty bin" => Sound with { Sensitive = [new SensitiveSpecification("age", [40, 200])] },
            "no bounds" => Sound with { Sensitive = [new SensitiveSpecification("age", [])] },
            "no features" => Sound with { Features = [] },
            "nothing left" => Sound with { Exclude = [new RowExclusion("died", ["yes", "no"])] },
            "no missing" => Sound with { Exclude = [new RowExclusion("site", [""])] },
            "no values" => Sound with { Exclude = [new RowExclusion("site", [])] },
            "categorical stranger" => Sound with { Categorical = ["row"] },
            "empty feature" => Sound with { Features = ["nothing"] },
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
        };

        InputFault found = Assert.Single(Given.Faults(Patients, bad));

        Assert.Equal(path, found.Path);
        Assert.Contains(remedy, found.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_MissingTargets_ReportsCountAndLines()
    {
        InputFault fault = Assert.Single(Given.Faults(Patients, Sound with { Target = new TargetSpecification("colour", PredictionTask.Classification, ["red"]), Features = ["dose"] }));

        int[] missing = [.. Enumerable.Range(0, 60).Where(Patients.Find("colour")!.IsMissing)];
        Assert.Equal(missing[0] + 2, fault.Line);
        Assert.Contains($"in {missing.Length} rows", fault.What, StringComparison.Ordinal);
        Assert.Contains($"(lines {missing[0] + 2}, {missing[1] + 2},", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ANonFiniteNumber_NeedsItsRowExcluded()
    {
        var csv = new StringBuilder("x,c,s,y\n");
        for (int i = 0; i < 40; i++) csv.Append(FormattableString.Invariant($"{(i == 20 ? "inf" : i)},{i % 2},{i % 3},{i % 4 / 2}\n"));
        Table table = Given.Table(csv.ToString());
        var specification = new DataSpecification
        {
            Target = new TargetSpecification("y", PredictionTask.Classification, ["1"]),
            Cluster = new ClusterSpecification("c"),
            Sensitive = [new SensitiveSpecification("s")],
            Features = ["x"],
        };

        InputFault fault = Assert.Single(Given.Faults(table, specification));
        Assert.Equal(("$.data.features[0]", 22, "inf"), (fault.Path, fault.Line!.Value, fault.Value));
        Assert.Equal("$.data.target.column", Given.Faults(table, specification with { Target = new TargetSpecification("x", PredictionTask.Regression), Features = ["y"] }).Single().Path);
        Assert.Equal(39, StudyDataBuilder.Build(table, specification with { Exclude = [new RowExclusion("x", ["inf"])] }).RowCount);
        Assert.Equal(40, StudyDataBuilder.Build(Given.Table(csv.ToString(), new CsvOptions { Missing = ["inf"] }), specification).RowCount);
    }

    [Fact]
    public void Build_AConstantFeatureAndASmallCluster_Warns()
    {
        StudyData study = StudyDataBuilder.Build(Patients, Sound with { Features = ["dose", "same"], Exclude = [new RowExclusion("row", ["31"])], Cluster = new ClusterSpecification("site") });

        Assert.Equal(["$.data.cluster.column", "$.data.features[1]"], study.Warnings.Select(w => w.Path));
        Assert.Contains("no results for unseen clusters", study.Warnings[0].What, StringComparison.Ordinal);

        StudyData small = StudyDataBuilder.Build(Patients, Sound with { Exclude = [new RowExclusion("row", ["59"])], Cluster = new ClusterSpecification("site") });
        Assert.Contains(small.Warnings, w => w.What.Contains("fewer than 10 rows", StringComparison.Ordinal));
    }

    [Fact]
    public void Build_CodesListedAsCategorical_AreEncodedByLevel()
    {
        StudyData study = StudyDataBuilder.Build(Patients, Sound with { Features = ["code"], Categorical = ["code"] });

        Assert.Equal(["2", "10"], study.Features[0].Levels);
        Assert.Null(study.Features[0].Numbers);
    }

    [Fact]
    public void Build_WithALevelCalledMissing_MergesItWithMissingValues()
    {
        string csv = "s,c,x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"{(i % 4) switch { 0 => "(missing)", 1 => "", _ => "a" }},{i % 2},{i},{i / 4 % 2}\n")));

        StudyData study = StudyDataBuilder.Build(Given.Table(csv), new DataSpecification
        {
            Target = new TargetSpecification("y", PredictionTask.Classification, ["1"]),
            Cluster = new ClusterSpecification("c"),
            Sensitive = [new SensitiveSpecification("s")],
            Features = ["x"],
        });

        Assert.Equal(["(missing)", "a"], study.Sensitive[0].GroupNames);
        Assert.Equal(20, study.Sensitive[0].Groups.Count(g => g == 0));
    }

    [Theory]
    [InlineData("Incme", "income")]
    [InlineData("marital_status", "marital-status")]
    [InlineData("hours", null)]
    [InlineData("zzzz", null)]
    public void NearestName_OfAMisspelledName_IsCloseOrNull(string wanted, string? found) =>
        Assert.Equal(found, NearestName.Find(wanted, ["income", "marital-status", "education-num"]));

    private static string PatientsCsv()
    {
        var csv = new StringBuilder("row,site,sex,age,dose,colour,same,nothing,code,died\n");
        for (int i = 0; i < 60; i++)
        {
            string site = i < 30 ? "a" : i < 50 ? "b" : "c";
            string sex = i % 7 == 3 ? "" : i % 2 == 0 ? "f" : "m", age = i % 11 == 5 ? "NA" : FormattableString.Invariant($"{25 + i}");
            string colour = i % 9 == 4 ? "?" : (i % 3) switch { 0 => "red", 1 => "green", _ => "blue" };
            csv.Append(FormattableString.Invariant($"{i},{site},{sex},{age},{i % 8 * .5},{colour},k,,{(i % 2 == 0 ? 10 : 2)},{(i % 5 == 0 ? "yes" : "no")}\n"));
        }

        return csv.ToString();
    }
}
