using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Numerics;
using FairMedl.Tests.Data;
using FairMedl.Web.Roles;
using Xunit;

namespace FairMedl.Tests.Web.Roles;

public sealed class RoleEditorTests
{
    private static readonly DataSpecification Start = new()
    {
        Target = new("hired", PredictionTask.Classification, ["yes"]),
        Cluster = new("site", Seen: 2),
        Sensitive = [new("age", [30, 45])],
        Features = ["score", "age"],
        Categorical = ["score"],
        Exclude = [new("site", ["x"])],
    };

    [Fact]
    public void Specification_Untouched_IsTheOneItStartedFrom()
    {
        DataSpecification again = Editor().ToSpecification();

        Assert.Equal(Start.Target.Column, again.Target.Column);
        Assert.Equal(Start.Target.Positive, again.Target.Positive);
        Assert.Equal(Start.Cluster, again.Cluster);
        Assert.Equal([30, 45], again.Sensitive.Single().Bins);
        Assert.Equal(["age", "score"], again.Features);
        Assert.Equal(["score"], again.Categorical);
        Assert.Equal("site", again.Exclude.Single().Column);
    }

    [Fact]
    public void SetRole_SecondTarget_IgnoresTheFirstAndSaysSo()
    {
        RoleEditor editor = Editor();

        editor.SetRole(Of(editor, "score"), ColumnRole.Target);

        Assert.Equal(ColumnRole.Ignored, Of(editor, "hired").Role);
        Assert.Contains("hired was the target", editor.Notice, StringComparison.Ordinal);
        Assert.DoesNotContain("score", editor.ToSpecification().Features);
    }

    [Fact]
    public void SetRole_TargetOfManyNumbers_IsARegression()
    {
        RoleEditor editor = Editor();

        editor.SetRole(Of(editor, "age"), ColumnRole.Target);

        Assert.Equal(PredictionTask.Regression, editor.Task);
        Assert.Null(editor.ToSpecification().Target.Positive);
    }

    [Fact]
    public void SetRole_TargetOfTwoNumbers_TakesTheLargerForTheYes()
    {
        RoleEditor editor = Editor();

        editor.SetRole(Of(editor, "flag"), ColumnRole.Target);

        Assert.Equal((PredictionTask.Classification, "1"), (editor.Task, Assert.Single(editor.Positive)));
    }

    [Fact]
    public void SetRole_TargetOfWords_LeavesTheChoiceToThePerson()
    {
        RoleEditor editor = Editor();

        editor.SetRole(Of(editor, "sex"), ColumnRole.Target);

        Assert.Empty(editor.Positive);
        Assert.Contains(RolePreview.Of(editor.Table, editor.ToSpecification()).Faults, f => f.What.Contains("positive class", StringComparison.Ordinal));
    }

    [Fact]
    public void SetRole_SensitiveOfManyNumbers_IsCutAtRoundThirds()
    {
        RoleEditor editor = Editor();
        editor.SetRole(Of(editor, "age"), ColumnRole.Feature);
        editor.ClearBins(Of(editor, "age"));

        editor.SetRole(Of(editor, "age"), ColumnRole.Sensitive);

        Assert.NotEmpty(Of(editor, "age").Bins!);
        Assert.True(Of(editor, "age").IsRead);
    }

    [Fact]
    public void SetBrackets_ThatCannotBeRead_BlockAndKeepTheOldOnes()
    {
        RoleEditor editor = Editor();

        editor.SetBins(Of(editor, "age"), "45, 30");

        Assert.Equal([30, 45], Of(editor, "age").Bins);
        Assert.Equal("45, 30", Assert.Single(editor.Unread).Value);
        editor.SetBins(Of(editor, "age"), "40");
        Assert.Empty(editor.Unread);
        Assert.Equal([40], editor.ToSpecification().Sensitive.Single().Bins);
    }

    [Theory]
    [InlineData(SeenBy.Count, "2.5", "Seen clusters: 2.5 is not a whole number. Enter a whole number from 2 to ")]
    [InlineData(SeenBy.Count, "1", "Seen clusters: 1 is out of range. Enter a whole number from 2 to ")]
    [InlineData(SeenBy.Share, "120", "Percentage of the rows: 120 is out of range. Enter a number from 1 to 100.")]
    [InlineData(SeenBy.Share, "", "Percentage of the rows: '' is not a number. Enter a number from 1 to 100, with a decimal point.")]
    public void TypeSeen_OfWhatCannotBe_BlocksAndKeepsWhatWasTypedAndWhatWasThere(SeenBy by, string typed, string fault)
    {
        RoleEditor editor = Editor();
        editor.SetSeen(by);
        ClusterSpecification before = editor.ToSpecification().Cluster;

        editor.TypeSeen(by, typed);

        Assert.Equal(before, editor.ToSpecification().Cluster);
        InputFault told = Assert.Single(editor.Unread);
        Assert.Equal(typed, told.Value);
        Assert.StartsWith(fault, told.What, StringComparison.Ordinal);
        editor.TypeSeen(by, "2");
        Assert.Empty(editor.Unread);
    }

    [Fact]
    public void SetRead_No_KeepsTheAuditAndTakesTheFeatureAway()
    {
        RoleEditor editor = Editor();

        editor.SetRead(Of(editor, "age"), false);

        Assert.Equal("age", editor.ToSpecification().Sensitive.Single().Column);
        Assert.DoesNotContain("age", editor.ToSpecification().Features);
    }

    [Fact]
    public void SetSeen_EachWay_GivesOneOfTheTwoNumbers()
    {
        RoleEditor editor = Editor();

        editor.SetSeen(SeenBy.Share, share: .7);
        Assert.Equal(new ClusterSpecification("site", SeenShare: .7), editor.ToSpecification().Cluster);
        editor.SetSeen(SeenBy.Count, 3);
        Assert.Equal(new ClusterSpecification("site", Seen: 3), editor.ToSpecification().Cluster);
        editor.SetSeen(SeenBy.All);
        Assert.Equal(new ClusterSpecification("site"), editor.ToSpecification().Cluster);
    }

    [Fact]
    public void Exclude_SameColumnTwice_IsOneExclusion()
    {
        RoleEditor editor = Editor();

        editor.Exclude("site", ["y"]);
        editor.Exclude("site", ["x"]);

        Assert.Equal(["x", "y"], editor.Exclusions.Single().Values);
    }

    [Fact]
    public void Roles_OfAColumnThatCannotPlayThem_AreNotOffered()
    {
        RoleEditor editor = Editor();

        Assert.Equal([ColumnRole.Ignored], Of(editor, "nothing").Roles);
    }

    [Fact]
    public void Preview_NoTargetAndNoCluster_NamesBothOnce()
    {
        RoleEditor editor = Editor();
        editor.SetRole(editor.Target!, ColumnRole.Ignored);
        editor.SetRole(editor.Cluster!, ColumnRole.Ignored);

        IReadOnlyList<InputFault> faults = RolePreview.Of(editor.Table, editor.ToSpecification()).Faults;

        Assert.Equal(["No column is the cluster.", "No column is the target."], faults.Select(f => f.What).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Preview_NoSensitiveColumn_SpeaksOfTheRole()
    {
        RoleEditor editor = Editor();
        foreach (ColumnChoice column in editor.Sensitive.ToArray()) editor.SetRole(column, ColumnRole.Ignored);

        InputFault fault = Assert.Single(RolePreview.Of(editor.Table, editor.ToSpecification()).Faults);

        Assert.Contains("needs at least one", fault.What, StringComparison.Ordinal);
        Assert.Contains("to Sensitive", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Preview_CountsGroupsAndTellsTheTarget()
    {
        RoleEditor editor = Editor();

        RolePreview preview = RolePreview.Of(editor.Table, editor.ToSpecification());

        Assert.True(preview.IsUsable);
        Assert.Equal(preview.Rows, preview.SeenRows + preview.UnseenRows);
        Assert.Equal(preview.SeenRows, preview.Seen.Single().Rows.Sum(g => g.N));
        Assert.Equal(preview.UnseenRows, preview.Unseen.Single().Rows.Sum(g => g.N));
        Assert.StartsWith("Predicting hired = yes: ", preview.Sentence, StringComparison.Ordinal);
        Assert.Equal([30], preview.Excluded);
    }

    internal static string People()
    {
        RandomStream random = new RandomStream(5).Child("people");
        string[] sites = ["a", "b", "c", "x"];
        IEnumerable<string> rows = Enumerable.Range(0, 120).Select(i =>
            FormattableString.Invariant($"{(random.NextDouble() < .4 ? "yes" : "no")},{sites[i % 4]},{20 + random.NextInt(40)},{(random.NextDouble() < .5 ? "f" : "m")},{random.NextInt(5)},{i % 2},"));
        return "hired,site,age,sex,score,flag,nothing\n" + string.Join("\n", rows) + "\n";
    }

    private static RoleEditor Editor()
    {
        Table table = Given.Table(People());
        return new RoleEditor(table, RoleGuesses.Of(table), Start);
    }

    private static ColumnChoice Of(RoleEditor editor, string name) => editor.Columns.Single(c => c.Column.Name == name);
}
