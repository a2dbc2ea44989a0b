using ClusterSurvey.Workflows.Ledger;
using Quartz;

namespace ClusterSurvey.Runner.Workers;

/// <summary>
/// Brings the scheduler's jobs in line with those of the ledger: every job that waits has a durable, recoverable job of the scheduler and one trigger.
/// The ledger says what is to be done; the scheduler, which the nodes share, says who does it and notices who is lost.
/// </summary>
/// <param name="scheduler">The scheduler of this node.</param>
/// <param name="book">The jobs.</param>
internal sealed class JobDispatch(IScheduler scheduler, JobBook book)
{
    private const string Group = "jobs";

    // The steps around the passes are short, and passes of other runs can wait for them.
    private const int RunPriority = 10, PassPriority = 5;

    /// <summary>The job of the ledger that a job of the scheduler stands for.</summary>
    public static string IdOf(JobKey key) => key.Name;

    public async Task Align(CancellationToken cancellation)
    {
        var open = book.Open;
        var triggers = (await scheduler.GetTriggerKeys(GroupMatcher<TriggerKey>.GroupEquals(Group), cancellation)).Select(key => key.Name).ToHashSet(StringComparer.Ordinal);
        var jobs = (await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(Group), cancellation)).Select(key => key.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var job in open.Where(job => job.State == JobState.Queued && !triggers.Contains(job.Id))) await Schedule(job, jobs.Contains(job.Id), cancellation);
        var over = jobs.Except(open.Select(job => job.Id)).Except(triggers).Select(id => new JobKey(id, Group)).ToList();
        if (over.Count > 0) await scheduler.DeleteJobs(over, cancellation);
    }

    private async Task Schedule(JobRow job, bool isKnown, CancellationToken cancellation)
    {
        var start = TriggerBuilder.Create().WithIdentity(job.Id, Group).ForJob(job.Id, Group).WithPriority(job.Kind == JobKind.Run ? RunPriority : PassPriority);
        var trigger = (job.NotBefore is { } then ? start.StartAt(then) : start.StartNow()).Build();
        try
        {
            if (isKnown) await scheduler.ScheduleJob(trigger, cancellationToken: cancellation);
            else await scheduler.ScheduleJob(JobBuilder.Create<NodeJob>().WithIdentity(job.Id, Group).StoreDurably().RequestRecovery().Build(), trigger, cancellationToken: cancellation);
        }
        catch (ObjectAlreadyExistsException)
        {
            // Another node was faster.
        }
    }
}
