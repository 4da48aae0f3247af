using System.CommandLine;

namespace FairMedl.Web.CommandLine;

/// <summary><c>audit</c>: a whole study without a browser or a database.</summary>
internal static class AuditCommand
{
    public const string Name = "audit";

    public static Command Create(Terminal terminal)
    {
        var definition = new Argument<string>("experiment.json") { Description = "Path of the study definition (JSON)." };
        var data = new Option<string>("--data") { Description = "Path of the CSV file.", Required = true };
        var output = new Option<string>("--out") { Description = "Folder for the results. It must be new or empty.", Required = true };
        var threads = new Option<int>("--threads")
        {
            Description = "Number of fits to run in parallel.",
            DefaultValueFactory = _ => Environment.ProcessorCount
        };
        var device = new Option<string>("--device")
        {
            Description = "Compute device: auto, cpu or cuda:N. Auto uses a GPU if the study is faster on it.",
            DefaultValueFactory = _ => "auto"
        };
        var engine = new Option<string>("--engine")
        {
            Description = "Compute engine: auto, managed or torchsharp. Auto is managed without a GPU.",
            DefaultValueFactory = _ => "auto"
        };
        var force = new Option<bool>("--force") { Description = "Overwrite results in a folder that is not empty." };
        var predictions = new Option<bool>("--predictions")
        {
            Description =
            "Also write predictions.csv, with one line for each row and model."
        };
        var models = new Option<bool>("--models") { Description = "Also write the trained models as <model>.model, for use with score." };
        threads.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out int n) && n >= 1))
                result.AddError($"--threads is '{token.Value}'. It must be a positive integer.");
        });

        var command = new Command(Name, "Run a study and write its tables and reports.") { definition, data, output, threads,
            engine, device, force, predictions, models };
        command.SetAction((parsed, cancellation) =>
        {
            var request = new AuditRequest(
                parsed.GetRequiredValue(definition), parsed.GetRequiredValue(data), parsed.GetRequiredValue(output),
                parsed.GetValue(threads), parsed.GetValue(force), parsed.GetValue(predictions), parsed.GetRequiredValue(engine),
                parsed.GetRequiredValue(device), parsed.GetValue(models));
            return Task.Run(() => new Audit(terminal, TimeProvider.System).Run(request, cancellation), CancellationToken.None);
        });
        return command;
    }
}
