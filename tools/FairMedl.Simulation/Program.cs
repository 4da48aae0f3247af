using FairMedl.Simulation.Regression;

// Simulations with a known truth. `regression FOLDER` writes the small regression of docs/simulated-pay.md.
switch (args)
{
    case ["regression", var folder]:
        PayStudy.Write(folder);
        return 0;
    default:
        Console.Error.WriteLine("Usage: FairMedl.Simulation regression FOLDER");
        return 2;
}
