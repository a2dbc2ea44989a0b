using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Workflows.Engine;

namespace ClusterSurvey.Runner.Runs;

/// <summary>Publishes what is set aside as soon as it is known, so that the tables of the run can tell it.</summary>
/// <param name="folder">The run.</param>
/// <param name="next">Who else is told what happens; null for nobody.</param>
internal sealed class Quarantine(RunFolder folder, IProgress<RunEvent>? next) : IProgress<RunEvent>
{
    private readonly Lock gate = new();
    private readonly HashSet<string> told = [];

    public void Report(RunEvent value)
    {
        lock (gate)
        {
            // The innermost fault comes first, and says most.
            if (value is ActivityFaulted { Label: { } cluster } fault && told.Add(cluster))
                QuarantinedCluster.Publish(folder, cluster, new FailedStep(fault.DisplayName, fault.Region ?? "", fault.Attempts), fault.Message, fault.Remedy, fault.Problems);
            if (value is PassEnded { Quarantined: false, Label: { } through }) QuarantinedCluster.Forget(folder, through);
        }
        next?.Report(value);
    }
}
