using FairMedl.Web.CommandLine;

return await FairMedlCommands.RunAsync(args, Terminal.Console);
