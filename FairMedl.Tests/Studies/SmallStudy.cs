using System.Globalization;
using System.Text;
using System.Text.Json;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Numerics;
using FairMedl.Core.Studies.Definition;

namespace FairMedl.Tests.Studies;

/// <summary>A small simulated table (clusters with their own intercepts, a group effect) and a definition for it.</summary>
internal static class SmallStudy
{
    public static Table Table(int rows = 600, ulong seed = 9, Func<int, string, string>? corrupt = null) =>
        CsvTableReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Csv(rows, seed, corrupt))), "small.csv", new CsvOptions());

    /// <summary>Columns y, site (5 sites), sex, age, x1, x2, kind.</summary>
    public static string Csv(int rows, ulong seed, Func<int, string, string>? corrupt = null)
    {
        var random = new RandomStream(seed);
        double[] intercepts = [0.9, -0.7, 0.2, -0.3, 0.5];
        var csv = new StringBuilder("y,site,sex,age,x1,x2,kind\n");
        for (int i = 0; i < rows; i++)
        {
            int site = random.NextInt(5);
            bool female = random.NextDouble() < 0.4;
            int age = 18 + random.NextInt(60);
            double x1 = random.NextNormal(), x2 = random.NextNormal();
            string kind = "abc"[random.NextInt(3)].ToString();
            double logit = intercepts[site] + 1.2 * x1 - 0.8 * x2 + (female ? -0.9 : 0.3) + (age > 45 ? 0.7 : -0.2);
            bool y = random.NextDouble() < 1 / (1 + Math.Exp(-logit));
            string line = string.Create(CultureInfo.InvariantCulture, $"{(y ? "yes" : "no")},s{site},{(female ? "f" : "m")},{age},{x1:f4},{x2:f4},{kind}");
            csv.Append(corrupt?.Invoke(i, line) ?? line).Append('\n');
        }

        return csv.ToString();
    }

    public static StudyDefinition Definition(params string[] models) => new()
    {
        Name = "small",
        Data = new DataSpecification
        {
            Target = new TargetSpecification("y", Positive: ["yes"]),
            Cluster = new ClusterSpecification("site", Seen: 4),
            Sensitive = [new SensitiveSpecification("sex"), new SensitiveSpecification("age", [30, 45])],
            Features = ["x1", "x2", "kind", "sex", "age"],
        },
        Protocol = new ProtocolSpecification { Folds = 3 },
        Settings = Settings(("epochs", 2), ("batchSize", 32)),
        Models = [.. models.Select(m => new ModelRequest(m))],
    };

    public static IReadOnlyDictionary<string, JsonElement> Settings(params (string Name, object Value)[] settings) =>
        settings.ToDictionary(s => s.Name, s => JsonSerializer.SerializeToElement(s.Value));
}
