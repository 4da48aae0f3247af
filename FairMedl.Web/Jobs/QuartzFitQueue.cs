using FairMedl.Core.Storage.Stores;
using Quartz;

namespace FairMedl.Web.Jobs;

/// <summary>Queue of fits as Quartz jobs: one job per fit and attempt, started in the order in which they were added.</summary>
public sealed class QuartzFitQueue(ISchedulerFactory schedulers, DeviceSlots devices, TimeProvider clock) : IFitQueue
{
    private const string Group = "fits", FitId = "fit", Attempt = "attempt";
    private readonly Lock order = new();
    private DateTimeOffset lastStart, firstStart = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public async Task EnqueueAsync(IReadOnlyList<FitTicket> fits, bool first = false, CancellationToken cancellation = default)
    {
        IScheduler scheduler = await schedulers.GetScheduler(cancellation);
        var jobs = new Dictionary<IJobDetail, IReadOnlyCollection<ITrigger>>(fits.Count);
        DateTimeOffset start = first ? FirstStart() : NextStart();
        for (int i = 0; i < fits.Count; i++)
        {
            IJobDetail job = JobBuilder.Create<FitJob>().WithIdentity(KeyOf(fits[i]))
                .UsingJobData(FitId, fits[i].FitId).UsingJobData(Attempt, fits[i].Attempt).Build();

            // A long wait is not a misfire: fits must keep their order by time and priority.
            ITrigger trigger = TriggerBuilder.Create().WithIdentity(job.Key.Name, Group).ForJob(job).StartAt(start)
                .WithPriority(int.MaxValue - i)
                .WithSchedule(SimpleScheduleBuilder.Create()
                    .WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires)).Build();
            jobs.Add(job, [trigger]);
        }

        await scheduler.ScheduleJobs(jobs, new ScheduleJobOptions { Replace = true }, cancellation);
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(IReadOnlyList<FitTicket> fits, CancellationToken cancellation = default)
    {
        IScheduler scheduler = await schedulers.GetScheduler(cancellation);
        JobKey[] keys = [.. fits.Select(KeyOf)];
        foreach (JobKey key in keys) await scheduler.Interrupt(key, cancellation);
        await scheduler.DeleteJobs(keys, cancellation);
        devices.Remove(fits);
    }

    /// <summary>The fit and attempt of a job.</summary>
    public static FitTicket TicketOf(IJobExecutionContext context) =>
        new(context.MergedJobDataMap.GetInt(FitId), context.MergedJobDataMap.GetInt(Attempt));

    private static JobKey KeyOf(FitTicket ticket) => new(FormattableString.Invariant($"{ticket.FitId}/{ticket.Attempt}"), Group);

    // Earlier than every start time handed out so far.
    private DateTimeOffset FirstStart()
    {
        lock (order) return firstStart = firstStart.AddSeconds(-1);
    }

    // Start times are distinct, so that fits keep their order, and never in the future.
    private DateTimeOffset NextStart()
    {
        lock (order)
        {
            DateTimeOffset now = clock.GetUtcNow();
            return lastStart = now > lastStart ? now : lastStart.AddTicks(1);
        }
    }
}
