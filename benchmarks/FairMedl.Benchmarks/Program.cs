using System.CommandLine;
using System.Globalization;
using System.Text;
using FairMedl.Benchmarks;
using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Experiments.Sample;

var data = new Option<FileInfo?>("--data") { Description = "A CSV; the simulated lending data with 30,000 rows where none is given." };
var definition = new Option<FileInfo?>("--definition") { Description = "The CSV's experiment.json." };
var repetitions = new Option<int>("--repetitions") { Description = "How often each is measured.", DefaultValueFactory = _ => 7 };
var output = new Option<DirectoryInfo?>("--out") { Description = "A folder for the table, in a file with the processor's name." };
var root = new RootCommand("Medians of what decides a study's time.") { data, definition, repetitions, output };
root.SetAction(parsed =>
{
    byte[] csv = parsed.GetValue(data) is { } file ? File.ReadAllBytes(file.FullName) : Simulated();
    ExperimentDefinition study = parsed.GetValue(definition) is { } json
        ? ExperimentJson.Parse(File.ReadAllText(json.FullName))
        : SampleStudy.Definition() with { Preset = "paper" };
    Table table = CsvTableReader.Read(new MemoryStream(csv), "benchmark.csv", study.Data.Csv);
    int times = parsed.GetValue(repetitions);

    var page = new StringBuilder();
    page.AppendLine(CultureInfo.InvariantCulture, $"{Machine.This}").AppendLine();
    page.AppendLine(CultureInfo.InvariantCulture, $"{study.Name}: {table.RowCount:N0} rows, preset {study.Preset}; one thread; {times} repetitions after those that let the runtime compile.").AppendLine();
    page.AppendLine("| what | median | interquartile range | unit |").AppendLine("|---|---:|---:|---|");
    foreach (Measurement m in FitBenchmark.Run(study, table, times).Append(IntakeBenchmark.Run(csv, study.Data.Csv, times)))
    {
        page.AppendLine(CultureInfo.InvariantCulture, $"| {m.Subject} | {m.Median:G4} | {m.InterquartileRange:G2} | {m.Unit} |");
    }

    Console.Write(page);
    if (parsed.GetValue(output) is { } folder)
    {
        folder.Create();
        File.WriteAllText(Path.Combine(folder.FullName, Machine.This.FileName), $"# {Machine.This.Processor}\n\n{page}");
    }
});
return root.Parse(args).Invoke();

static byte[] Simulated()
{
    var writer = new StringWriter();
    SampleStudy.WriteCsv(writer, rows: 30_000);
    return Encoding.UTF8.GetBytes(writer.ToString());
}
