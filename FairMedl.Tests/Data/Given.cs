using System.Text;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using Xunit;

namespace FairMedl.Tests.Data;

/// <summary>Tables and definitions that several tests read.</summary>
internal static class Given
{
    /// <summary>The paper's Adult: six seen occupations, four attributes, its nine features.</summary>
    public static DataSpecification PaperAdult { get; } = new()
    {
        Target = new TargetSpecification("income", PredictionTask.Classification, [">50K"]),
        Cluster = new ClusterSpecification("occupation", Seen: 6),
        Sensitive =
        [
            new SensitiveSpecification("age", [30, 45]), new SensitiveSpecification("race"),
            new SensitiveSpecification("sex"), new SensitiveSpecification("marital-status"),
        ],
        Features = ["education-num", "hours-per-week", "workclass", "relationship", "native-country", "race", "sex", "marital-status", "age"],
        Exclude = [new RowExclusion("marital-status", ["Married-AF-spouse"])],
    };

    public static Table Table(string csv, CsvOptions? options = null, CsvLimits? limits = null) => Bytes(Encoding.UTF8.GetBytes(csv), options, limits);

    public static Table Bytes(byte[] csv, CsvOptions? options = null, CsvLimits? limits = null)
    {
        using var stream = new MemoryStream(csv);
        return CsvTableReader.Read(stream, "test.csv", options, limits);
    }

    /// <summary>The faults of a file that must be refused.</summary>
    public static IReadOnlyList<InputFault> Faults(string csv, CsvOptions? options = null, CsvLimits? limits = null) =>
        Assert.Throws<InputException>(() => Table(csv, options, limits)).Faults;

    /// <summary>The faults of a definition that must be refused.</summary>
    public static IReadOnlyList<InputFault> Faults(Table table, DataSpecification specification) =>
        Assert.Throws<InputException>(() => StudyDataBuilder.Build(table, specification)).Faults;

    /// <summary>A column's values, null where missing.</summary>
    public static IReadOnlyList<string?> Texts(this Table table, string column) =>
        [.. Enumerable.Range(0, table.RowCount).Select(row => table.Find(column)!.Text(row))];
}
