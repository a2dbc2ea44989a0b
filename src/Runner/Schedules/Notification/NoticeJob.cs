using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Runner.Terminal;
using Quartz;

namespace ClusterSurvey.Runner.Schedules.Notification;

/// <summary>Sends notices beside the job that looks at the schedules: a mail server that does not answer keeps no run waiting.</summary>
[DisallowConcurrentExecution]
internal sealed class NoticeJob(Notices notices) : IJob
{
    public static readonly JobKey Key = new("notices");

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await notices.Send(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The boundary of the scheduler's thread: what was not sent is still to be sent.
            Output.Error($"notices: {failure.InPlainWords()}");
        }
    }
}
