using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Sample;
using Xunit;

namespace FairMedl.Tests.Studies.Sample;

public sealed class SampleStudyTests
{
    private static readonly string[] Lines = Csv().Split('\n');
    private static readonly string[] Header = Lines[0].Split(',');
    private static readonly string[][] Rows = [.. Lines[1..^1].Select(line => line.Split(','))];

    [Fact]
    public void Csv_Rows_AreCompleteAndMarkedAsSimulated()
    {
        Assert.Equal(SimulatedLending.DefaultRows, Rows.Length);
        Assert.All(Rows, row => Assert.Equal(Header.Length, row.Length));
        Assert.All(Rows, row => Assert.StartsWith("SIM-", row[0], StringComparison.Ordinal));
        Assert.Contains("simulated", SampleStudy.CsvFileName, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("savings_months", 0.06)]
    [InlineData("employment_years", 0.04)]
    [InlineData("purpose", 0.02)]
    [InlineData("income", 0)]
    [InlineData("ethnicity", 0)]
    public void Csv_MissingShare_MatchesTheDocumentation(string column, double share)
    {
        int c = Array.IndexOf(Header, column);
        double found = Rows.Average(row => row[c].Length == 0 ? 1.0 : 0);

        Assert.InRange(found, share - 4 * Math.Sqrt(share * (1 - share) / Rows.Length), share + 4 * Math.Sqrt(share * (1 - share) / Rows.Length));
    }

    [Fact]
    public void Csv_SameSeed_IsTheSameText() => Assert.Equal(Csv(), Csv());

    [Fact]
    public void Definition_Columns_AreInTheFile()
    {
        StudyDefinition definition = SampleStudy.Definition();

        Assert.All(definition.Data.Features, column => Assert.Contains(column, Header));
        Assert.All(definition.Data.Sensitive, sensitive => Assert.Contains(sensitive.Column, Header));
        Assert.Contains(definition.Data.Target.Column, Header);
        Assert.Contains(definition.Data.Cluster.Column, Header);
        Assert.Equal(["yes"], definition.Data.Target.Positive!);
    }

    [Fact]
    public void Definition_SeenBranches_AreTheFourteenMostFrequent()
    {
        int branch = Array.IndexOf(Header, "branch");
        string[] byFrequency = [.. Rows.GroupBy(row => row[branch]).OrderByDescending(g => g.Count()).Select(g => g.Key)];
        string[] seen = [.. SimulatedLending.Branches.Take(SimulatedLending.SeenBranches).Select(b => b.Name)];

        Assert.Equal(SimulatedLending.SeenBranches, SampleStudy.Definition().Data.Cluster.Seen);
        Assert.Equal(seen.Order(), byFrequency[..SimulatedLending.SeenBranches].Order());
    }

    private static string Csv()
    {
        var writer = new StringWriter();
        SampleStudy.WriteCsv(writer);
        return writer.ToString();
    }
}
