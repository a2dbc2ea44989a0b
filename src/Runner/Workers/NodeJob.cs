using Quartz;

namespace ClusterSurvey.Runner.Workers;

/// <summary>The scheduler's end of a job: it computes on a thread of its own, so that those of the scheduler stay free for its check-ins.</summary>
[DisallowConcurrentExecution]
internal sealed class NodeJob(WorkerNode node) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        => await Task.Factory.StartNew(() => node.Carry(JobDispatch.IdOf(context.JobDetail.Key), cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
