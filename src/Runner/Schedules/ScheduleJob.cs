using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Runner.Terminal;
using Quartz;

namespace ClusterSurvey.Runner.Schedules;

/// <summary>The job that the scheduler fires at every planned time, and every few seconds for what was changed from the command line and for runs that have ended.</summary>
[DisallowConcurrentExecution]
internal sealed class ScheduleJob(ScheduledRuns runs, ScheduleTriggers triggers) : IJob
{
    public static readonly JobKey Key = new("schedules");

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            runs.Look();
            await triggers.Align(context.Scheduler, runs.Rows, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The boundary of the scheduler's thread: it looks again, and what was not done is still due.
            Output.Error($"schedules: {failure.InPlainWords()}");
        }
    }
}
