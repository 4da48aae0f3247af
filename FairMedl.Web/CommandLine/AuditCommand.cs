using System.CommandLine;
using FairMedl.Core.Models;

namespace FairMedl.Web.CommandLine;

/// <summary><c>audit</c>: a whole study without a browser or a database.</summary>
internal static class AuditCommand
{
    public const string Name = "audit";

    public static Command Create(Terminal terminal)
    {
        var definition = new Argument<string>("experiment.json") { Description = "The experiment's definition." };
        var data = new Option<string>("--data") { Description = "The CSV.", Required = true };
        var output = new Option<string>("--out") { Description = "The folder for the results: new or empty.", Required = true };
        var threads = new Option<int>("--threads") { Description = "How many fits run at once.", DefaultValueFactory = _ => ComputeDevice.Parallelism };
        var device = new Option<string>("--device") { Description = "auto, cpu or cuda:N.", DefaultValueFactory = _ => "auto" };
        var force = new Option<bool>("--force") { Description = "Replace the results in a folder that is not empty." };
        var predictions = new Option<bool>("--predictions") { Description = "Write predictions.csv as well, one line a row and model." };
        var models = new Option<bool>("--models") { Description = "Write each model's fits as <model>.model, which score reads." };
        threads.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out int n) && n >= 1)) result.AddError($"--threads is '{token.Value}': give a whole number from 1.");
        });

        var command = new Command(Name, "Run a whole study and write its tables and reports.") { definition, data, output, threads, device, force, predictions, models };
        command.SetAction((parsed, cancellation) =>
        {
            var request = new AuditRequest(
                parsed.GetRequiredValue(definition), parsed.GetRequiredValue(data), parsed.GetRequiredValue(output),
                parsed.GetValue(threads), parsed.GetValue(force), parsed.GetValue(predictions), parsed.GetRequiredValue(device), parsed.GetValue(models));
            return Task.Run(() => new Audit(terminal, TimeProvider.System).Run(request, cancellation), CancellationToken.None);
        });
        return command;
    }
}
