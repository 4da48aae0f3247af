using FairMedl.Core.Data;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;
using FairMedl.Web.Services.Compute;

namespace FairMedl.Web.CommandLine;

/// <summary>Arguments of the audit command.</summary>
/// <param name="Definition">The experiment.json.</param>
/// <param name="Data">The CSV.</param>
/// <param name="Output">The folder for the results.</param>
/// <param name="Threads">How many fits run at once.</param>
/// <param name="Force">Whether results already there are replaced.</param>
/// <param name="Predictions">Whether predictions.csv is written.</param>
/// <param name="Engine">"auto", "managed" or "torchsharp".</param>
/// <param name="Device">"auto", "cpu" or "cuda:N".</param>
/// <param name="Models">Whether the trained models are written.</param>
internal sealed record AuditRequest(string Definition, string Data, string Output, int Threads, bool Force = false,
    bool Predictions = false, string Engine = "auto", string Device = "auto", bool Models = false);

/// <summary>Runs a study from two files into a folder: checks everything first, then trains, then writes all or nothing.</summary>
internal sealed class Audit(Terminal terminal, TimeProvider clock)
{
    /// <summary>Runs it and returns the exit code.</summary>
    public int Run(AuditRequest request, CancellationToken cancellation)
    {
        try
        {
            var choice = new ComputeChoice(request.Engine.Trim().ToLowerInvariant(), request.Device.Trim().ToLowerInvariant());
            ComputeEngines engines = Engines(choice);
            StudyPlan plan = Plan(request, cancellation);
            ComputeTarget compute = engines.Choose(choice, ComputePlace.CommandLine, plan, request.Threads, cancellation);
            using OutputFolder output = OutputFolder.Open(request.Output);
            var kept = new KeptFits(output.Staging, plan, request.Predictions, request.Models);
            StudyResults results = Train(plan, compute, request.Threads, kept, cancellation);
            foreach (string note in results.Header.Warnings.Skip(plan.Data.Warnings.Count)) terminal.Output.WriteLine($"Note: {note}");
            AuditFiles.Write(output.Staging, results);
            kept.Join(cancellation);
            cancellation.ThrowIfCancellationRequested();
            terminal.Output.WriteLine(StudySentence.Of(results));
            output.Publish(AuditFiles.Names);
            terminal.Output.WriteLine($"Wrote {request.Output}");
            return ExitCode.Done;
        }
        catch (InputException e)
        {
            foreach (InputFault fault in e.Faults) terminal.Error.WriteLine(fault);
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
            string cause = e.InnerException is { } inner ? $" {inner.Message}" : "";
            terminal.Error.WriteLine($"The study failed: {e.Message}{cause} No files were written.");
            return ExitCode.Failed;
        }
    }

    /// <summary>The engines, among which the chosen one is available: a wrong choice is reported before a large file is read.</summary>
    private static ComputeEngines Engines(ComputeChoice choice)
    {
        ComputeEngines.Check(choice, ComputePlace.CommandLine);
        ComputeEngines engines = ComputeEngines.OfProgram(ComputeSettings.OfProgram());
        engines.CheckAvailable(choice, ComputePlace.CommandLine);
        return engines;
    }

    private StudyPlan Plan(AuditRequest request, CancellationToken cancellation)
    {
        var faults = new List<InputFault>();
        if (OutputFolder.Fault(request.Output, request.Force) is { } outputFault) faults.Add(outputFault);
        StudyDefinition? definition = Collect(faults, () => StudyJson.Parse(ReadText(request.Definition)));
        Table? table = Collect(faults, () => ReadTable(request.Data, definition?.Data.Csv, cancellation));
        StudyPlan? plan = definition is null || table is null ? null : Collect(faults, () => StudyPlan.Create(definition, table));
        if (plan is null || faults.Count > 0) throw new InputException(faults);

        terminal.Output.WriteLine($"{plan.Definition.Name}: {table!.RowCount} rows, {plan.Data.SeenRows.Length} in " +
            $"{plan.Data.SeenClusterCount} seen clusters and {plan.Data.UnseenRows.Length} in unseen clusters.");
        foreach (InputFault warning in plan.Data.Warnings) terminal.Output.WriteLine($"Note: {warning}");
        return plan;
    }

    private StudyResults Train(StudyPlan plan, ComputeTarget compute, int threads, IFitSink sink, CancellationToken cancellation)
    {
        terminal.Output.WriteLine($"{plan.Fits.Count} fits, {Math.Min(compute.FitsAtOnce(threads), plan.Fits.Count)} in parallel, on " +
            $"{compute.Origin.Description}.");
        var line = new ProgressLine(terminal, clock);
        line.Report(0, plan.Fits.Count, "fits");
        try
        {
            var progress = new Inline<StudyProgress>(p => line.Report(p.Done, p.Total, "fits"));
            return StudyRunner.Run(plan, compute, threads, progress, cancellation, sink);
        }
        finally
        {
            line.End();
        }
    }

    private static Table ReadTable(string path, CsvOptions? options, CancellationToken cancellation)
    {
        if (!File.Exists(path)) throw new InputException(Missing(path, "--data"));
        try
        {
            return CsvTableReader.ReadFile(path, options, cancellationToken: cancellation);
        }
        catch (InputException e)
        {
            throw new InputException([.. e.Faults.Select(fault => fault with { File = path })]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(new InputFault($"'{path}' cannot be read: {e.Message}", "Check the permissions of the file."));
        }
    }

    private static string ReadText(string path)
    {
        if (!File.Exists(path)) throw new InputException(Missing(path, "as the first argument"));
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(new InputFault($"'{path}' cannot be read: {e.Message}", "Check the permissions of the file."));
        }
    }

    private static InputFault Missing(string path, string where) =>
        new($"The file '{path}' does not exist.", where.StartsWith('-')
        ? $"Specify an existing file with {where}." : $"Specify an existing file {where}.");

    // Faults of the definition, the file and the folder are reported together.
    private static T? Collect<T>(List<InputFault> faults, Func<T> read) where T : class
    {
        try
        {
            return read();
        }
        catch (InputException e)
        {
            faults.AddRange(e.Faults);
            return null;
        }
    }

    /// <summary>Calls back on the reporting thread, in the order of the reports.</summary>
    private sealed class Inline<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
