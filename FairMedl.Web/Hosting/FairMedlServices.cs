using FairMedl.Core.Data;
using FairMedl.Core.Storage;
using FairMedl.Core.Storage.Stores;
using FairMedl.Core.Studies.Plan;
using FairMedl.Web.Jobs;
using FairMedl.Web.Services;
using FairMedl.Web.Services.Compute;
using FairMedl.Web.Services.Datasets;
using FairMedl.Web.Services.Drafts;
using FairMedl.Web.Services.Individuals;
using FairMedl.Web.Services.Reports;
using FairMedl.Web.Services.Scoring;
using FairMedl.Web.Services.Studies;
using FairMedl.Web.Start;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;

namespace FairMedl.Web.Hosting;

/// <summary>Registers the services behind the pages: data folder, database, data sets, studies and the job queue.</summary>
public static class FairMedlServices
{
    /// <summary>Registers the services. With <paramref name="worker"/> the host also runs fits.</summary>
    /// <exception cref="InvalidOperationException">A setting is out of its range.</exception>
    /// <exception cref="InputException">A compute setting is not valid.</exception>
    public static IServiceCollection AddFairMedlServices(this IServiceCollection services, IConfiguration configuration, bool worker = true)
    {
        var storage = configuration.GetSection("Storage").Get<StorageSettings>() ?? new StorageSettings();
        ComputeSettings compute = ComputeSettings.Read(configuration);
        JobSettings jobs = configuration.GetSection("Jobs").Get<JobSettings>() ?? new JobSettings();
        if (storage.TablesInMemory < 1) throw new InvalidOperationException("The setting Storage:TablesInMemory must be at least 1.");
        if (jobs.Threads is < 1 or > 1024) throw new InvalidOperationException("The setting Jobs:Threads must be between 1 and 1024.");

        services.AddSingleton(compute);
        services.AddSingleton(provider => new CalibrationFile(CalibrationFile.PathIn(provider.GetRequiredService<StorageFolder>().FullPath),
            provider.GetRequiredService<ILogger<CalibrationFile>>()));
        services.AddSingleton<ComputeCalibration>();
        services.AddSingleton(provider => new ComputeEngines(
            InstalledEngine.All(compute, provider.GetRequiredService<StorageFolder>().Resolve("cache")), compute.Choice, jobs.Threads,
            provider.GetRequiredService<ComputeCalibration>(), provider.GetRequiredService<ILogger<ComputeEngines>>(),
            () => NvidiaDriver.IsInstalled));
        services.AddSingleton<IFitCompute>(provider => provider.GetRequiredService<ComputeEngines>());
        services.AddSingleton(provider => provider.GetRequiredService<ComputeEngines>().ForPredictions);
        services.AddSingleton<DeviceSlots>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(FirstResponse.NotAwaited);
        services.AddSingleton(storage);
        services.AddSingleton(jobs);
        services.AddSingleton(new QueueOrder(jobs.Threads));
        services.AddSingleton(_ => storage.Open());
        services.AddDbContextFactory<StudyDatabase>((provider, options) =>
            options.UseStudyDatabase(provider.GetRequiredService<StorageFolder>()));
        services.AddSingleton<DatasetStore>();
        services.AddSingleton<StudyStore>();
        services.AddSingleton<FitStore>();
        services.AddSingleton<UnfinishedFits>();
        services.AddSingleton<TrainedModelStore>();
        services.AddSingleton<RecordedFits>();
        services.AddSingleton<ReportDetailsStore>();
        services.AddSingleton<IDatasetCatalogue, DatasetCatalogue>();
        services.TryAddSingleton<IStudyPlanner, StudyPlanner>();
        services.AddSingleton<StudyWorkCache>();
        services.AddSingleton<IStudyWorks>(provider => provider.GetRequiredService<StudyWorkCache>());
        services.AddSingleton<ProgressFeed>();
        services.AddSingleton<GatheredResults>();
        services.AddSingleton<IStudyService, StudyService>();
        services.AddSingleton<IReportFields, StoredReportFields>();
        services.AddSingleton<IScoringService, ScoringService>();
        services.AddSingleton<IIndividualService, IndividualService>();
        services.AddSingleton<IComputeService, ComputeService>();
        services.AddSingleton<SampleComparison>();
        services.AddSingleton<IDraftStore, DraftFiles>();
        services.AddHostedService<StorageStart>();
        return worker ? services.AddFitJobs(jobs) : services.AddSingleton<IFitQueue, NoWorker>();
    }

    // Hosted services start in this order and stop in reverse: fits stop before the data folder is released.
    private static IServiceCollection AddFitJobs(this IServiceCollection services, JobSettings jobs)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "fits";
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            quartz.UseDefaultThreadPool(jobs.Threads);
            quartz.UseInMemoryStore(_ => { });
        });
        services.AddSingleton<IFitQueue, QuartzFitQueue>();
        services.AddHostedService<FitRecovery>();
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        return services.AddHostedService<WaitingFits>();
    }
}
