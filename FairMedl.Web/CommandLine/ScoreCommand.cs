using System.CommandLine;

namespace FairMedl.Web.CommandLine;

/// <summary><c>score</c>: predicts a new file with the models that an audit wrote.</summary>
internal static class ScoreCommand
{
    public const string Name = "score";

    public static Command Create(Terminal terminal)
    {
        var run = new Argument<string>("run.model") { Description = "Path of a model file written by audit --models." };
        var data = new Option<string>("--data")
        {
            Description =
            "Path of the CSV file to predict, with the study's columns. The target is optional.",
            Required = true
        };
        var output = new Option<string>("--out") { Description = "Folder for the results. It must be new or empty.", Required = true };
        var threads = new Option<int>("--threads")
        {
            Description = "Number of fits to use in parallel.",
            DefaultValueFactory = _ => Environment.ProcessorCount
        };
        var flips = new Option<bool>("--swaps")
        {
            Description =
            "Also measure counterfactual fairness by attribute flips. Adds one pass over the rows for each group."
        };
        var trainedOn = new Option<string?>("--trained-on")
        {
            Description =
            "Path of the study's CSV file. Rows that the study trained on are then detected, because audits of " +
            "such rows are too optimistic."
        };
        var force = new Option<bool>("--force") { Description = "Overwrite results in a folder that is not empty." };
        threads.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out int n) && n >= 1))
                result.AddError($"--threads is '{token.Value}'. It must be a positive integer.");
        });

        var command = new Command(Name, "Predict new data with a trained model, and audit the predictions if the target is known.") { run,
            data, output, flips, trainedOn, threads, force };
        command.SetAction((parsed, cancellation) =>
        {
            var request = new ScoreRequest(parsed.GetRequiredValue(run), parsed.GetRequiredValue(data), parsed.GetRequiredValue(output),
                parsed.GetValue(threads), parsed.GetValue(force), parsed.GetValue(flips), parsed.GetValue(trainedOn));
            return Task.Run(() => new Score(terminal, TimeProvider.System).Run(request, cancellation), CancellationToken.None);
        });
        return command;
    }
}
