using System.Globalization;
using FairMedl.Core.Studies.Sample;
using Xunit;

namespace FairMedl.Tests.Studies.Sample;

/// <summary>The simulation against its description: coefficients are read from docs/sample.md, never from the code.</summary>
public sealed class LendingTruthTests
{
    private static readonly SimulatedLending Lending = new();
    private static readonly string[][] DocumentedRows = [.. File.ReadLines(Path.Combine(SharedData.Repository, "docs", "sample.md"))
        .Where(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1])];

    [Fact]
    public void Probability_EveryRow_MatchesTheDocumentation()
    {
        Dictionary<string, double> c = DocumentedRows.Where(row => row.Length == 2 && IsNumber(row[1])).ToDictionary(row => row[0], row => Number(row[1]));
        Assert.Equal(19, c.Count);
        foreach (LendingApplication a in Lending.Applications)
        {
            SimulatedBranch branch = SimulatedLending.Branches[a.Branch];
            double income = Math.Log(a.Income / 32000.0) / 0.4, debt = (a.DebtRatio - 0.31) / 0.14;
            double merit = c["m0"] + c["m1"] * income + c["m2"] * debt + c["m3"] * Math.Max(0, debt - 1) + c["m4"] * (a.CreditHistoryYears - 12) / 8.0
                + c["m5"] * a.MissedPayments + c["m6"] * Math.Log(1 + a.SavingsMonths) + c["m7"] * Math.Log(1 + a.EmploymentYears)
                + c["m8"] * Math.Log(a.LoanAmount / (0.5 * a.Income))
                + c.GetValueOrDefault($"employment {a.Employment}") + c.GetValueOrDefault($"purpose {a.Purpose}");
            double bias = c.GetValueOrDefault($"bias sex {a.Sex}") + c.GetValueOrDefault($"bias ethnicity {a.Ethnicity}")
                + (a.Age <= 30 ? c["bias age 30 or younger"] : 0)
                + (a.District is "Harbour" or "Southgate" ? c["bias district Harbour or Southgate"] : 0);
            double logit = merit + branch.Intercept + branch.IncomeSlope * income + branch.DebtSlope * debt - bias;

            Assert.Equal(1 / (1 + Math.Exp(-logit)), LendingTruth.Probability(a, branch), 1e-12);
        }
    }

    [Fact]
    public void Branches_OfTheDemo_MatchTheDocumentation()
    {
        string[][] documented = [.. DocumentedRows.Where(row => row.Length == 5 && IsNumber(row[2]))];

        Assert.Equal(
            SimulatedLending.Branches.Select((b, j) => (b.Name, j < SimulatedLending.SeenBranches ? "seen" : "unseen", b.Intercept, b.IncomeSlope, b.DebtSlope)),
            documented.Select(row => (row[0], row[1], Number(row[2]), Number(row[3]), Number(row[4]))));
    }

    [Theory]
    [InlineData("sex")]
    [InlineData("ethnicity")]
    [InlineData("age")]
    [InlineData("district")]
    [InlineData("branch")]
    public void Approved_ByGroup_MatchesTheTruth(string column)
    {
        Func<LendingApplication, string> group = GroupBy(column);
        foreach (IGrouping<string, LendingApplication> rows in Lending.Applications.GroupBy(group))
        {
            double[] truth = [.. rows.Select(a => LendingTruth.Probability(a, SimulatedLending.Branches[a.Branch]))];
            double approved = rows.Count(a => a.Approved), standardError = Math.Sqrt(truth.Sum(p => p * (1 - p)));

            Assert.InRange(approved, truth.Sum() - 4 * standardError, truth.Sum() + 4 * standardError);
        }
    }

    [Theory]
    [InlineData("sex")]
    [InlineData("ethnicity")]
    public void Merit_ByGroup_IsTheSame(string column)
    {
        double mean = Lending.Applications.Average(LendingTruth.Merit);
        foreach (IGrouping<string, LendingApplication> rows in Lending.Applications.GroupBy(GroupBy(column)))
        {
            double[] merit = [.. rows.Select(LendingTruth.Merit)];
            double standardError = Math.Sqrt(merit.Average(m => (m - mean) * (m - mean)) / merit.Length);

            Assert.InRange(merit.Average(), mean - 4 * standardError, mean + 4 * standardError);
        }
    }

    [Fact]
    public void Districts_OfMinorities_AreMostlyPenalised()
    {
        double Share(string ethnicity) => Lending.Applications.Where(a => a.Ethnicity == ethnicity).Average(a => a.District is "Harbour" or "Southgate" ? 1.0 : 0);

        Assert.InRange(Share("majority"), 0.14, 0.18);
        Assert.InRange(Share("minority A"), 0.63, 0.69);
        Assert.InRange(Share("minority B"), 0.64, 0.72);
    }

    [Fact]
    public void AreaIndex_InSeenBranchesOnly_CorrelatesWithLeniency()
    {
        double seen = Correlation(Lending.Applications.Where(a => a.Branch < SimulatedLending.SeenBranches));
        double unseen = Correlation(Lending.Applications.Where(a => a.Branch >= SimulatedLending.SeenBranches));

        Assert.InRange(seen, 0.93, 1);
        Assert.InRange(unseen, -0.3, 0.3);
    }

    [Fact]
    public void Draw_SameSeed_GivesTheSameRows()
    {
        Assert.Equal(new SimulatedLending(7, 1500).Applications, new SimulatedLending(7, 1500).Applications);
        Assert.NotEqual(new SimulatedLending(7, 1500).Applications, new SimulatedLending(8, 1500).Applications);
    }

    private static Func<LendingApplication, string> GroupBy(string column) => column switch
    {
        "sex" => a => a.Sex,
        "ethnicity" => a => a.Ethnicity,
        "age" => a => a.Age <= 30 ? "<=30" : a.Age <= 50 ? "31-50" : ">50",
        "district" => a => a.District,
        "branch" => a => SimulatedLending.Branches[a.Branch].Name,
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };

    private static double Correlation(IEnumerable<LendingApplication> rows)
    {
        (double X, double Y)[] pairs = [.. rows.Select(a => (a.AreaIndex, SimulatedLending.Branches[a.Branch].Intercept))];
        double mx = pairs.Average(p => p.X), my = pairs.Average(p => p.Y);
        return pairs.Sum(p => (p.X - mx) * (p.Y - my)) / Math.Sqrt(pairs.Sum(p => (p.X - mx) * (p.X - mx)) * pairs.Sum(p => (p.Y - my) * (p.Y - my)));
    }

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
