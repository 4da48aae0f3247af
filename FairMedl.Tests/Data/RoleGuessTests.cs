using FairMedl.Core.Data;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Profiling;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using Xunit;

namespace FairMedl.Tests.Data;

public sealed class RoleGuessTests
{
    [DataFact("adult/adult.csv")]
    public void Guess_OfAdult_MatchesThePaper()
    {
        Table table = CsvTableReader.ReadFile(SharedData.Path("adult/adult.csv"));

        RoleGuesses guesses = RoleGuesses.Of(table);
        DataSpecification specification = guesses.ToSpecification(table);

        Assert.Equal("income", specification.Target.Column);
        Assert.Equal([">50K"], specification.Target.Positive);
        Assert.Equal("Predicting income = >50K, 24% of rows: it is the value above the threshold.", guesses.TargetReason);
        Assert.Equal("occupation", specification.Cluster.Column);
        Assert.Equal(["age", "marital-status", "race", "sex"], specification.Sensitive.Select(s => s.Column));
        Assert.Equal([30, 45], specification.Sensitive[0].Bins);
        Assert.Contains("weight", Of(guesses, "fnlwgt", ColumnRole.Ignored).Reason, StringComparison.Ordinal);
        Assert.Equal("It duplicates 'education-num' with other labels.", Of(guesses, "education", ColumnRole.Ignored).Reason);
        Assert.Equal(
            ["age", "workclass", "education-num", "marital-status", "relationship", "race", "sex", "capital-gain", "capital-loss", "hours-per-week", "native-country"],
            specification.Features);
        Assert.All(guesses.Columns, g => Assert.EndsWith(".", g.Reason, StringComparison.Ordinal));

        StudyData study = StudyDataBuilder.Build(table, specification);
        Assert.Equal(6, study.SeenClusterCount);
    }

    [DataFact("acs-income/acs_income_2018.csv")]
    public void Guess_OfAcsIncome_CanBeBuilt()
    {
        Table table = CsvTableReader.ReadFile(SharedData.Path("acs-income/acs_income_2018.csv"));

        RoleGuesses guesses = RoleGuesses.Of(table);
        DataSpecification specification = guesses.ToSpecification(table);

        Assert.Equal(665_800, table.RowCount);
        Assert.Equal(("INCOME", "OCC_GROUP"), (specification.Target.Column, specification.Cluster.Column));
        Assert.Equal([">50K"], specification.Target.Positive);
        Assert.Equal(["AGE", "SEX", "RACE", "MARITAL"], specification.Sensitive.Select(s => s.Column));
        Assert.Contains("OCC_GROUP", Of(guesses, "OCCUPATION", ColumnRole.Ignored).Reason, StringComparison.Ordinal);
        Assert.Equal(["CLASS", "RELATIONSHIP", "BIRTHPLACE"], specification.Categorical);

        StudyData study = StudyDataBuilder.Build(table, specification);
        Assert.Equal(665_800, study.RowCount);
        Assert.Equal(24, study.ClusterNames.Count);
    }

    [DataFact("hsb82/hsb82.csv")]
    public void Guess_OfHsb82_IsARegressionBySchool()
    {
        Table table = CsvTableReader.ReadFile(SharedData.Path("hsb82/hsb82.csv"));

        RoleGuesses guesses = RoleGuesses.Of(table);
        DataSpecification specification = guesses.ToSpecification(table);

        Assert.Equal(PredictionTask.Regression, guesses.Task);
        Assert.Equal(("mAch", "school"), (specification.Target.Column, specification.Cluster.Column));
        Assert.Equal(["minrty", "sx"], specification.Sensitive.Select(s => s.Column));
        Assert.Equal("It is a row number.", Of(guesses, "rownames", ColumnRole.Ignored).Reason);
        Assert.Contains("constant within each cluster", Of(guesses, "meanses", ColumnRole.Feature).Reason, StringComparison.Ordinal);

        StudyData study = StudyDataBuilder.Build(table, specification);
        Assert.Equal(160, study.ClusterNames.Count);
        Assert.InRange(study.SeenRows.Length, (int)(.7 * 7185), 7185);
    }

    [Fact]
    public void Guess_OfAColumnThatNamesTheTarget_IgnoresIt()
    {
        Table table = Given.Table("site,group,outcome_text,x,outcome\n" + string.Join("\n", Enumerable.Range(0, 60).Select(i =>
            FormattableString.Invariant($"s{i % 4},g{i % 3},{(i % 5 == 0 ? "died" : "lived")},{i * .5},{(i % 5 == 0 ? 1 : 0)}"))));

        RoleGuesses guesses = RoleGuesses.Of(table);

        Of(guesses, "outcome", ColumnRole.Target);
        Assert.Equal(["1"], guesses.Positive);
        Assert.Contains("determines the target", Of(guesses, "outcome_text", ColumnRole.Ignored).Reason, StringComparison.Ordinal);
        Of(guesses, "site", ColumnRole.Cluster);
    }

    [Fact]
    public void Guess_WithoutATarget_IsRejectedWithItsPath()
    {
        Table table = Given.Table("a,b\nx,u\ny,v\nz,w\nx,v\n");

        RoleGuesses guesses = RoleGuesses.Of(table);

        Assert.Contains("Choose one", guesses.TargetReason, StringComparison.Ordinal);
        Assert.Contains(Given.Faults(table, guesses.ToSpecification(table)), f => f.Path == "$.data.target.column");
    }

    [Theory]
    [InlineData("marital-status", "marital,status")]
    [InlineData("maritalStatus", "marital,status")]
    [InlineData("MARITAL_STATUS", "marital,status")]
    [InlineData("mAch", "m,ach")]
    [InlineData("--", "")]
    public void Words_OfAName_AreSplit(string name, string words) => Assert.Equal(words, string.Join(",", ColumnWords.Of(name)));

    private static RoleGuess Of(RoleGuesses guesses, string column, ColumnRole role)
    {
        RoleGuess guess = Assert.Single(guesses.Columns, g => g.Column == column);
        Assert.Equal(role, guess.Role);
        return guess;
    }
}
