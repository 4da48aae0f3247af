using System.CommandLine;
using FairMedl.Core.Models;

namespace FairMedl.Web.CommandLine;

/// <summary><c>score</c>: predicts a new file with the models that an audit wrote.</summary>
internal static class ScoreCommand
{
    public const string Name = "score";

    public static Command Create(Terminal terminal)
    {
        var run = new Argument<string>("run.model") { Description = "A model that audit --models wrote." };
        var data = new Option<string>("--data") { Description = "The CSV to predict, with the study's columns; its target is optional.", Required = true };
        var output = new Option<string>("--out") { Description = "The folder for the results: new or empty.", Required = true };
        var threads = new Option<int>("--threads") { Description = "How many fits predict at once.", DefaultValueFactory = _ => ComputeDevice.Parallelism };
        var flips = new Option<bool>("--swaps") { Description = "Flip every sensitive attribute as well, for counterfactual fairness: a further pass for every group." };
        var trainedOn = new Option<string?>("--trained-on") { Description = "The study's own CSV: rows of the new file that the study trained on are then recognised, as the audit flatters on them." };
        var force = new Option<bool>("--force") { Description = "Replace the results in a folder that is not empty." };
        threads.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out int n) && n >= 1)) result.AddError($"--threads is '{token.Value}': give a whole number from 1.");
        });

        var command = new Command(Name, "Predict new data with a trained model, and audit it where it has a target.") { run, data, output, flips, trainedOn, threads, force };
        command.SetAction((parsed, cancellation) =>
        {
            var request = new ScoreRequest(parsed.GetRequiredValue(run), parsed.GetRequiredValue(data), parsed.GetRequiredValue(output), parsed.GetValue(threads), parsed.GetValue(force), parsed.GetValue(flips), parsed.GetValue(trainedOn));
            return Task.Run(() => new Score(terminal, TimeProvider.System).Run(request, cancellation), CancellationToken.None);
        });
        return command;
    }
}
