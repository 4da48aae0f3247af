using System.CommandLine;
using FairMedl.Core.Data;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Sample;

namespace FairMedl.Web.CommandLine;

/// <summary><c>sample &lt;folder&gt;</c>: the demo's CSV and its experiment.json.</summary>
internal static class SampleCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("folder") { Description = "Output folder. It is created if it does not exist." };
        var force = new Option<bool>("--force") { Description = "Overwrite existing files." };
        var command = new Command("sample", "Write the simulated lending data and its experiment.json.") { folder, force };
        command.SetAction(parsed => Write(parsed.GetRequiredValue(folder), parsed.GetValue(force), terminal));
        return command;
    }

    private static int Write(string folder, bool force, Terminal terminal)
    {
        string csv = Path.Combine(folder, SampleStudy.CsvFileName), definition = Path.Combine(folder, SampleStudy.DefinitionFileName);
        try
        {
            InputFault[] faults = [.. new[] { csv, definition }.Where(path => File.Exists(path) && !force)
                .Select(path => new InputFault($"'{path}' already exists.",
                    "Specify another folder, or overwrite the file with --force."))];
            if (faults.Length > 0) throw new InputException(faults);

            Directory.CreateDirectory(folder);
            using (StreamWriter writer = File.CreateText(csv)) SampleStudy.WriteCsv(writer);
            File.WriteAllText(definition, StudyJson.Write(SampleStudy.Definition()));
        }
        catch (InputException e)
        {
            foreach (InputFault fault in e.Faults) terminal.Error.WriteLine(fault);
            return ExitCode.WrongInput;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"'{folder}' cannot be written: {e.Message}");
            return ExitCode.WrongInput;
        }

        terminal.Output.WriteLine($"Wrote {csv} and {definition}. Next:");
        terminal.Output.WriteLine($"  audit {definition} --data {csv} --out {Path.Combine(folder, "results")}");
        return ExitCode.Done;
    }
}
