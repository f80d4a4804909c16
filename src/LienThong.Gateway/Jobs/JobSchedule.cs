using System.Globalization;
using Quartz;

namespace LienThong.Gateway.Jobs;

/// <summary>Makes the stored schedule say what the table of jobs says. Nodes that start at once may do it at once.</summary>
internal static class JobSchedule
{
    private const string Group = "lienthong";

    /// <summary>Key of a job; its trigger has the same name and group.</summary>
    public static JobKey KeyOf(string name) => new(name, Group);

    /// <summary>Adds what is missing, changes what is scheduled otherwise, deletes what isn't in the table. A job that stays as it is keeps its next time.</summary>
    public static async Task MatchAsync(IScheduler scheduler, IReadOnlyList<RecurringJob> jobs, CancellationToken ct)
    {
        List<JobKey> stored = await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(Group), ct);
        foreach (JobKey gone in stored.Where(k => !jobs.Any(j => j.Name == k.Name)))
            await scheduler.DeleteJob(gone, ct);
        foreach (RecurringJob job in jobs)
        {
            await scheduler.AddJob(
                JobBuilder.Create<FiredJob>().WithIdentity(KeyOf(job.Name)).WithDescription(job.Title).StoreDurably().Build(), AddJobOptions.Replacing, ct);
            TriggerKey key = new(job.Name, Group);
            ITrigger? there = await scheduler.GetTrigger(key, ct);
            // The description says the schedule, so it also says whether it has changed.
            bool keep = there is null || (there.Description == Spoken(job) && await scheduler.GetTriggerState(key, ct) != TriggerState.Error);
            await scheduler.ScheduleTrigger(TriggerOf(job, key), keep ? TriggerConflict.Keep : TriggerConflict.Replace, ct);
        }
    }

    private static ITrigger TriggerOf(RecurringJob job, TriggerKey key) => TriggerBuilder.Create()
        .WithIdentity(key).ForJob(KeyOf(job.Name)).WithDescription(Spoken(job)).StartNow()
        // What was missed while no node ran is made up for once, not once per missed time.
        .WithSimpleSchedule(s => s.WithInterval(job.Every).RepeatForever().MeasureIntervalFromCompletion().WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow))
        .Build();

    private static string Spoken(RecurringJob job) => string.Create(CultureInfo.InvariantCulture, $"{job.Every.TotalSeconds} s after each run");
}
