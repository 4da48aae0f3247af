// One test at a time: the other test project, with its browser tests, runs beside this one.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
