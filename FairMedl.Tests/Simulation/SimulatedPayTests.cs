using System.Globalization;
using FairMedl.Core.Studies.Definition;
using FairMedl.Simulation.Regression;
using Xunit;

namespace FairMedl.Tests.Simulation;

/// <summary>The small regression against its description: coefficients are read from docs/simulated-pay.md, never from the code.</summary>
public sealed class SimulatedPayTests
{
    private static readonly SimulatedPay Data = new();

    [Fact]
    public void Pay_EveryRow_MatchesTheDocumentation()
    {
        Dictionary<string, double> c = File.ReadLines(Path.Combine(SharedData.Repository, "docs", "simulated-pay.md"))
            .Where(line => line.StartsWith('|'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1])
            .Where(row => row.Length == 2 && double.TryParse(row[1], CultureInfo.InvariantCulture, out _))
            .ToDictionary(row => row[0], row => double.Parse(row[1], CultureInfo.InvariantCulture));
        Assert.Equal(8, c.Count);
        Assert.Equal((1_600, 45), (Data.Employees.Count, Data.Employees.Select(e => e.Store).Distinct().Count()));
        foreach (Employee employee in Data.Employees)
        {
            Store store = Data.Stores[employee.Store];
            double e = (employee.ExperienceYears - 14) / 8.0, a = (employee.Assessment - 60) / 10;
            double y = c["p1"] * e + c["p2"] * a + c.GetValueOrDefault($"education {employee.Education}")
                + c.GetValueOrDefault($"department {employee.Department}") + store.Intercept + store.ExperienceSlope * e
                + store.AssessmentSlope * a - (employee.Sex == "female" ? c["bias"] : 0) + employee.Noise;

            Assert.Equal(24 + 6 * y, Data.PayOf(employee), .005 + 1e-9);
        }
    }

    [Fact]
    public void Qualifications_OfWomenAndMen_AreTheSame()
    {
        AssertSame(e => e.ExperienceYears);
        AssertSame(e => e.Assessment);
        AssertSame(e => e.Education == "college" ? 1 : 0);
        AssertSame(e => e.Noise);
    }

    [Fact]
    public void Proxies_OfWomenAndMen_Differ()
    {
        double Mean(string sex, Func<Employee, double> of) => Data.Employees.Where(e => e.Sex == sex).Average(of);

        Assert.InRange(Mean("male", e => e.ContractHours) - Mean("female", e => e.ContractHours), 4, 6);
        Assert.InRange(Mean("female", e => e.Department == "checkout" ? 1 : 0) - Mean("male", e => e.Department == "checkout" ? 1 : 0), .12, .28);
    }

    [Fact]
    public void Files_OfOneSeed_AreTheSameAndMakeAStudyWithTheDefaults()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fairmedl-pay-");
        string csv;
        string[] truth;
        StudyDefinition definition;
        try
        {
            PayStudy.Write(folder.FullName);
            csv = File.ReadAllText(Path.Combine(folder.FullName, PayStudy.CsvFileName));
            truth = File.ReadAllLines(Path.Combine(folder.FullName, PayStudy.TruthFileName));
            definition = StudyJson.Parse(File.ReadAllText(Path.Combine(folder.FullName, PayStudy.DefinitionFileName)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Assert.Equal(csv, Written(new SimulatedPay()));
        Assert.NotEqual(csv, Written(new SimulatedPay(2)));
        Assert.Equal(46, truth.Length);
        Assert.Equal(6 * Data.Stores[0].ExperienceSlope, double.Parse(truth[1].Split(',')[3], CultureInfo.InvariantCulture), 1e-12);
        Assert.Equal(1_600, truth.Skip(1).Sum(line => int.Parse(line.Split(',')[1], CultureInfo.InvariantCulture)));
        Assert.Equal("recommended", definition.Preset);
        Assert.Empty(definition.Settings);
        Assert.All(definition.Models, m => Assert.Null(m.Settings));
    }

    private static string Written(SimulatedPay data)
    {
        using var writer = new StringWriter();
        PayStudy.WriteCsv(writer, data);
        return writer.ToString();
    }

    private static void AssertSame(Func<Employee, double> of)
    {
        double[] women = [.. Data.Employees.Where(e => e.Sex == "female").Select(of)], men = [.. Data.Employees.Where(e => e.Sex == "male").Select(of)];
        double error = Math.Sqrt(Variance(women) / women.Length + Variance(men) / men.Length);

        Assert.InRange(women.Average() - men.Average(), -3.5 * error, 3.5 * error);
    }

    private static double Variance(double[] values) => values.Average(v => (v - values.Average()) * (v - values.Average()));
}
