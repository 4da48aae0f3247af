using System.CommandLine;
using FairMedl.Core.Data;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Fits.SelfTests;
using FairMedl.Web.Services.Compute;

namespace FairMedl.Web.CommandLine;

/// <summary><c>compute</c>: lists compute engines and devices, and tests them.</summary>
internal static class ComputeCommand
{
    public const string Name = "compute";

    public static Command Create(Terminal terminal)
    {
        var selfTest = new Option<bool>("--self-test")
        {
            Description = "Replay the reference fixtures and time a training step of each model on each device."
        };
        var engine = new Option<string?>("--engine") { Description = "Compute engine: managed or torchsharp. Default: all." };
        var device = new Option<string?>("--device") { Description = "Compute device: cpu or cuda:N. Default: all." };
        var command = new Command(Name, "List compute engines and devices, what is missing, and what to do about it.")
        {
            selfTest, engine, device
        };
        command.SetAction((parsed, cancellation) =>
            Task.Run(() => Check(terminal, parsed.GetValue(engine), parsed.GetValue(device), parsed.GetValue(selfTest), cancellation),
                CancellationToken.None));
        return command;
    }

    private static int Check(Terminal terminal, string? engine, string? device, bool selfTest, CancellationToken cancellation)
    {
        try
        {
            return new ComputeCheck(ComputeEngines.All, terminal.Output, terminal.Error)
                .Run(IdOrAll(engine), IdOrAll(device), selfTest, cancellation) switch
            {
                ComputeCheckOutcome.Passed => ExitCode.Done,
                ComputeCheckOutcome.Failed => ExitCode.Failed,
                ComputeCheckOutcome.NotFound => ExitCode.WrongInput,
            };
        }
        catch (InputException e)
        {
            foreach (InputFault fault in e.Faults) terminal.Error.WriteLine(fault);
            return ExitCode.WrongInput;
        }
        catch (OperationCanceledException)
        {
            terminal.Error.WriteLine("Cancelled.");
            return ExitCode.Failed;
        }
        catch (Exception e)
        {
            // Last resort: any error ends with its reason and the documented exit code.
            terminal.Error.WriteLine($"The check failed: {e.Message}");
            return ExitCode.Failed;
        }
    }

    private static string? IdOrAll(string? id) => id?.Trim().ToLowerInvariant() is { } text && text != ComputeChoice.Auto ? text : null;
}
