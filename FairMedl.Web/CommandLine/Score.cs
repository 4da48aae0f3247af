using FairMedl.Core.Data;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Files;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Storage.Formats;
using FairMedl.Core.Studies.Scoring;
using FairMedl.Web.Services.Compute;

namespace FairMedl.Web.CommandLine;

/// <summary>Arguments of the score command.</summary>
/// <param name="Model">The trained run's file.</param>
/// <param name="Data">The CSV.</param>
/// <param name="Output">The folder for the results.</param>
/// <param name="Threads">How many fits predict at once.</param>
/// <param name="Force">Whether results already there are replaced.</param>
/// <param name="Flips">Whether the audit flips attributes as well.</param>
/// <param name="TrainedOn">The study's own CSV, by which rows that it trained on are recognised; null = it is not at hand.</param>
internal sealed record ScoreRequest(string Model, string Data, string Output, int Threads, bool Force = false, bool Flips = false,
    string? TrainedOn = null);

/// <summary>Predicts a file with a trained run into a folder: all or nothing.</summary>
internal sealed class Score(Terminal terminal, TimeProvider clock)
{
    private const string Predictions = "predictions.csv", Metrics = "metrics.csv", Report = "report.md";

    /// <summary>Runs it and returns the exit code.</summary>
    public int Run(ScoreRequest request, CancellationToken cancellation)
    {
        try
        {
            if (OutputFolder.Fault(request.Output, request.Force) is { } fault) throw new InputException(fault);
            TrainedRun run = ReadRun(request.Model);
            using FileStream csv = Open(request.Data, "Specify an existing file with --data.");
            TrainingRows? training = request.TrainedOn is { } own ? ReadTraining(run, own, cancellation) : null;
            using OutputFolder output = OutputFolder.Open(request.Output);
            ScoringReport report = Predict(run, training, csv, request, output, cancellation);
            if (report.Audit is { } audit)
            {
                using StreamWriter metrics = File.CreateText(Path.Combine(output.Staging, Metrics));
                MetricsCsv.Write(audit, metrics);
            }

            File.WriteAllText(Path.Combine(output.Staging, Report), ReportMarkdown.Of(ScoringDocument.Of(report)));
            cancellation.ThrowIfCancellationRequested();
            output.Publish([Predictions, Metrics, Report]);
            terminal.Output.WriteLine(ScoringDocument.Sentence(report));
            foreach (string note in report.Notes) terminal.Output.WriteLine($"Note: {note}");
            if (TrainingOverlapSentence.Of(report) is { } recognised) terminal.Output.WriteLine($"Note: {recognised}");
            terminal.Output.WriteLine($"Wrote {request.Output}");
            return ExitCode.Done;
        }
        catch (InputException e)
        {
            foreach (InputFault fault in e.Faults) terminal.Error.WriteLine(fault);
            return ExitCode.WrongInput;
        }
        catch (StoredFormatException e)
        {
            terminal.Error.WriteLine($"{request.Model}: {e.Message}");
            return ExitCode.WrongInput;
        }
        catch (OperationCanceledException)
        {
            terminal.Error.WriteLine("Cancelled. No files were written.");
            return ExitCode.Failed;
        }
        catch (Exception e)
        {
            // Last resort: any error ends with its reason and the documented exit code.
            terminal.Error.WriteLine($"Scoring failed: {e.Message} No files were written.");
            return ExitCode.Failed;
        }
    }

    private ScoringReport Predict(TrainedRun run, TrainingRows? training, FileStream csv, ScoreRequest request, OutputFolder output,
        CancellationToken cancellation)
    {
        terminal.Output.WriteLine($"{run.Kind.Name} of '{run.Definition.Name}', {run.Members}.");
        var line = new ProgressLine(terminal, clock);
        using StreamWriter predictions = File.CreateText(Path.Combine(output.Staging, Predictions));
        var rows = new ScoredRowsCsv(predictions);
        try
        {
            ComputeTarget compute = ComputeEngines.OfProgram(new ComputeSettings()).ForPredictions;
            return new Scorer(compute, run, training).Score(csv, Path.GetFileName(request.Data), rows.Write, request.Flips,
                request.Threads, new Percent(line), cancellation);
        }
        finally
        {
            line.End();
        }
    }

    private static TrainedRun ReadRun(string path)
    {
        using FileStream file = Open(path, "Specify a model file written by audit --models.");
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return TrainedRunFormat.Read(bytes);
    }

    private static TrainingRows ReadTraining(TrainedRun run, string path, CancellationToken cancellation)
    {
        using FileStream file = Open(path, "Specify the study's data file with --trained-on.");
        try
        {
            Table table = CsvTableReader.Read(file, Path.GetFileName(path), run.Definition.Data.Csv, cancellationToken: cancellation);
            return TrainingRows.Of(StudyDataBuilder.Build(table, run.Definition.Data));
        }
        catch (InputException e)
        {
            throw new InputException([.. e.Faults.Select(fault => fault with { File = path })]);
        }
    }

    private static FileStream Open(string path, string remedy)
    {
        if (!File.Exists(path)) throw new InputException(new InputFault($"The file '{path}' does not exist.", remedy));
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(new InputFault($"'{path}' cannot be read: {e.Message}", "Check the permissions of the file."));
        }
    }

    /// <summary>The share of the file that is read.</summary>
    private sealed class Percent(ProgressLine line) : IProgress<CsvProgress>
    {
        public void Report(CsvProgress value) =>
            line.Report((int)(100 * value.Bytes / Math.Max(1, value.TotalBytes ?? value.Bytes)), 100, "% of the file");
    }
}
