using System.Diagnostics;
using Xunit;

namespace FairMedl.Tests;

/// <summary>A test that hands a file to a program of the machine, and is skipped, saying so, where that program is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramFactAttribute : FactAttribute
{
    /// <summary>With a command that succeeds where the program is there.</summary>
    public ProgramFactAttribute(string program, params string[] probe)
    {
        try
        {
            (int exit, _) = Run(program, probe);
            if (exit != 0) Skip = $"needs {program} {string.Join(' ', probe)}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Skip = $"needs {program}";
        }
    }

    /// <summary>Runs a program to its end; its exit code and everything that it wrote.</summary>
    internal static (int Exit, string Output) Run(string program, IEnumerable<string> arguments, string? folder = null)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
