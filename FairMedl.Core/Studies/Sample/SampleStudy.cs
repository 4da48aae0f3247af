using System.Globalization;
using System.Text.Json;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Numerics;
using FairMedl.Core.Studies.Definition;

namespace FairMedl.Core.Studies.Sample;

/// <summary>The demo: the simulated lending data as a CSV, and the study that goes with it.</summary>
public static class SampleStudy
{
    /// <summary>What the data set is called in lists.</summary>
    public const string Name = "Simulated lending";

    /// <summary>File name of the data.</summary>
    public const string CsvFileName = "simulated-lending.csv";

    /// <summary>File name of the study definition.</summary>
    public const string DefinitionFileName = "experiment.json";

    private const double MissingSavings = 0.06, MissingEmploymentYears = 0.04, MissingPurpose = 0.02;

    /// <summary>
    /// Writes the CSV: comma separated, "\n" at line ends, invariant numbers. Some savings, years in a job and purposes are
    /// left empty, completely at random.
    /// </summary>
    public static void WriteCsv(TextWriter writer, ulong seed = 1, int rows = SimulatedLending.DefaultRows)
    {
        var lending = new SimulatedLending(seed, rows);
        RandomStream blanks = new RandomStream(seed).Child("simulated lending").Child("missing values");
        writer.Write("application,branch,age,sex,ethnicity,district,employment,employment_years,income,debt_ratio,credit_history_years,missed_payments,savings_months,loan_amount,purpose,area_index,approved\n");
        foreach (LendingApplication a in lending.Applications)
        {
            string years = blanks.NextDouble() < MissingEmploymentYears ? "" : a.EmploymentYears.ToString(CultureInfo.InvariantCulture);
            string savings = blanks.NextDouble() < MissingSavings ? "" : a.SavingsMonths.ToString("0.0", CultureInfo.InvariantCulture);
            string purpose = blanks.NextDouble() < MissingPurpose ? "" : a.Purpose;
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"SIM-{a.Number:00000},{SimulatedLending.Branches[a.Branch].Name},{a.Age},{a.Sex},{a.Ethnicity},{a.District},{a.Employment},{years},{a.Income},{a.DebtRatio:0.00},{a.CreditHistoryYears},{a.MissedPayments},{savings},{a.LoanAmount},{purpose},{a.AreaIndex:0.0},{(a.Approved ? "yes" : "no")}\n"));
        }
    }

    /// <summary>
    /// The study of the demo: a conventional, a mixed-effects and a fair mixed-effects network on five folds. lambda_FE and lambda_ME
    /// are twice the preset's: about half of each spread goes then, for less than a point of balanced accuracy (docs/sample.md).
    /// </summary>
    public static StudyDefinition Definition() => new()
    {
        Name = Name,
        Data = new DataSpecification
        {
            Target = new TargetSpecification("approved", PredictionTask.Classification, ["yes"]),
            Cluster = new ClusterSpecification("branch", SimulatedLending.SeenBranches),
            Sensitive = [new("sex"), new("ethnicity"), new("age", [30, 50])],
            Features =
            [
                "income", "debt_ratio", "credit_history_years", "missed_payments", "savings_months", "employment", "employment_years",
                "loan_amount", "purpose", "district", "area_index", "sex", "ethnicity", "age",
            ],
        },
        Protocol = new ProtocolSpecification { Folds = 5, ValidationFold = false },
        Preset = "recommended-full-objective",
        Settings = new Dictionary<string, JsonElement>
        {
            ["lambdaFe"] = JsonSerializer.SerializeToElement(0.5),
            ["lambdaMe"] = JsonSerializer.SerializeToElement(0.5),
        },
        Models = [new("nnet"), new("medl"), new("fair-adb-medl")],
    };
}
