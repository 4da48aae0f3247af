using System.Globalization;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Studies.Definition;

namespace FairMedl.Simulation.Regression;

/// <summary>The files of the small regression: its data, a study with the defaults alone, and the stores' true effects.</summary>
public static class PayStudy
{
    /// <summary>File name of the data.</summary>
    public const string CsvFileName = "simulated-pay.csv";

    /// <summary>File name of the study definition.</summary>
    public const string DefinitionFileName = "experiment.json";

    /// <summary>File name of the true effects.</summary>
    public const string TruthFileName = "true-effects.csv";

    /// <summary>Writes the three files.</summary>
    public static void Write(string folder, ulong seed = 1)
    {
        Directory.CreateDirectory(folder);
        var data = new SimulatedPay(seed);
        using (var writer = new StreamWriter(Path.Combine(folder, CsvFileName))) WriteCsv(writer, data);
        using (var writer = new StreamWriter(Path.Combine(folder, TruthFileName))) WriteTruth(writer, data);
        File.WriteAllText(Path.Combine(folder, DefinitionFileName), StudyJson.Write(Definition()));
    }

    /// <summary>Writes the data as CSV: commas, "\n" at line ends, decimal points.</summary>
    public static void WriteCsv(TextWriter writer, SimulatedPay data)
    {
        writer.Write("employee,store,sex,department,contract_hours,experience_years,assessment,education,hourly_pay\n");
        foreach (Employee e in data.Employees)
        {
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"E{e.Number:0000},{data.Stores[e.Store].Name},{e.Sex},{e.Department},{e.ContractHours},{e.ExperienceYears}," +
                $"{e.Assessment:0.0},{e.Education},{data.PayOf(e):0.00}\n"));
        }
    }

    /// <summary>Writes the true random effects of each store as CSV, in the units of hourly pay.</summary>
    public static void WriteTruth(TextWriter writer, SimulatedPay data)
    {
        writer.Write("store,employees,intercept,experience_slope,assessment_slope\n");
        for (int j = 0; j < data.Stores.Count; j++)
        {
            Store s = data.Stores[j];
            string Pay(double effect) => (PayTruth.PaySd * effect).ToString("R", CultureInfo.InvariantCulture);
            string employees = data.Employees.Count(e => e.Store == j).ToString(CultureInfo.InvariantCulture);
            writer.Write($"{s.Name},{employees},{Pay(s.Intercept)},{Pay(s.ExperienceSlope)},{Pay(s.AssessmentSlope)}\n");
        }
    }

    /// <summary>
    /// The study: the share of seen clusters that a new study proposes, preset recommended, no hyperparameter changed.
    /// </summary>
    public static StudyDefinition Definition() => new()
    {
        Name = "Simulated pay",
        Data = new DataSpecification
        {
            Target = new TargetSpecification("hourly_pay", PredictionTask.Regression),
            Cluster = new ClusterSpecification("store", SeenShare: .7),
            Sensitive = [new("sex")],
            Features = ["sex", "department", "contract_hours", "experience_years", "assessment", "education"],
        },
        Protocol = new ProtocolSpecification { Folds = 10 },
        Preset = "recommended",
        Models = [new("nnet"), new("medl"), new("fair-adb-medl")],
    };
}
