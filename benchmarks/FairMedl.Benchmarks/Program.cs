using System.CommandLine;
using FairMedl.Benchmarks;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Sample;

string[] sections = ["steps", "scaling", "study", "intake", "start", "large"];
var only = new Option<string[]>("--only") { Description = "Which sections; all that their options allow where none is named.", AllowMultipleArgumentsPerToken = true };
var data = new Option<FileInfo?>("--data") { Description = "A CSV for the study and the intake; the simulated lending data with 30,000 rows where none is given." };
var definition = new Option<FileInfo?>("--definition") { Description = "The CSV's experiment.json." };
var large = new Option<FileInfo?>("--large") { Description = "A CSV to repeat to 1.6 million rows." };
var largeDefinition = new Option<FileInfo?>("--large-definition") { Description = "Its experiment.json." };
var web = new Option<FileInfo?>("--web") { Description = "FairMedl.Web.dll of a Release build, for the time of its start." };
var seconds = new Option<double>("--seconds") { Description = "How long each kind of step is measured.", DefaultValueFactory = _ => 3 };
var repetitions = new Option<int>("--repetitions") { Description = "How often a file is read and the web app started.", DefaultValueFactory = _ => 7 };
var threads = new Option<int>("--threads") { Description = "Fits at once.", DefaultValueFactory = _ => Environment.ProcessorCount };
var noPeers = new Option<bool>("--no-peers") { Description = "Leave out PyTorch, TorchSharp and pandas." };
var libTorch = new Option<DirectoryInfo?>("--libtorch") { Description = "Folder with libtorch. Default: the package for this system." };
var output = new Option<DirectoryInfo?>("--out") { Description = "A folder for the results, in a file with the processor's name." };
only.AcceptOnlyFromAmong(sections);
var root = new RootCommand("What decides a study's time, and what its peers take for it.")
{
    only, data, definition, large, largeDefinition, web, seconds, repetitions, threads, noPeers, libTorch, output,
};
root.SetAction(parsed =>
{
    string[] wanted = parsed.GetValue(only) is { Length: > 0 } named ? named : sections;
    bool Runs(string section) => wanted.Contains(section);
    bool peers = !parsed.GetValue(noPeers);
    var page = new Page();
    page.Line($"# {Machine.This.Processor}");
    page.Line($"");
    page.Line($"{Machine.This}");
    if (Runs("steps")) StepSection.Write(page, parsed.GetValue(seconds), peers, parsed.GetValue(libTorch));
    if (Runs("scaling")) StepSection.WriteScaling(page, parsed.GetValue(seconds), peers);

    FileInfo? simulated = null;
    if (Runs("study") || Runs("intake"))
    {
        FileInfo file = parsed.GetValue(data) ?? (simulated = Simulated());
        StudyDefinition study = parsed.GetValue(definition) is { } json ? Read(json) : SampleStudy.Definition() with { Preset = "paper" };
        if (Runs("study")) StudySection.Write(page, study, CsvTableReader.ReadFile(file.FullName, study.Data.Csv), parsed.GetValue(threads));
        if (Runs("intake"))
        {
            page.Heading("CSV intake");
            IntakeBenchmark.Write(page, file, study.Data.Csv, parsed.GetValue(repetitions), peers);
            if (parsed.GetValue(large) is { } larger) IntakeBenchmark.Write(page, larger, new CsvOptions(), parsed.GetValue(repetitions), peers);
        }
    }

    simulated?.Delete();
    if (Runs("start") && parsed.GetValue(web) is { } program) StartSection.Write(page, program, parsed.GetValue(repetitions));
    if (Runs("large") && parsed.GetValue(large) is { } rows && parsed.GetValue(largeDefinition) is { } of) LargeSection.Write(page, rows, Read(of));
    if (parsed.GetValue(output) is { } folder)
    {
        folder.Create();
        // Results of selected sections do not overwrite those of all sections.
        string name = Machine.This.FileName, parts = string.Join('-', wanted);
        File.WriteAllText(Path.Combine(folder.FullName, wanted.Length < sections.Length ? $"{Path.GetFileNameWithoutExtension(name)}.{parts}.md" : name), page.ToString());
    }
});
return root.Parse(args).Invoke();

static StudyDefinition Read(FileInfo file) => StudyJson.Parse(File.ReadAllText(file.FullName));

static FileInfo Simulated()
{
    string file = Path.Combine(Path.GetTempPath(), "fairmedl-benchmark-lending.csv");
    using (var writer = new StreamWriter(file)) SampleStudy.WriteCsv(writer, rows: 30_000);
    return new FileInfo(file);
}
