using System.Globalization;
using FairMedl.Simulation.Regression;

// Simulations with a known truth. `regression FOLDER [SEED]` writes the small regression of docs/simulated-pay.md.
switch (args)
{
    case ["regression", var folder]:
        PayStudy.Write(folder);
        return 0;
    case ["regression", var folder, var text] when ulong.TryParse(text, CultureInfo.InvariantCulture, out ulong seed):
        PayStudy.Write(folder, seed);
        return 0;
    default:
        Console.Error.WriteLine("Usage: FairMedl.Simulation regression FOLDER [SEED]");
        return 2;
}
