using ClusterSurvey.Workflows.Ledger;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClusterSurvey.Runner.Health;

/// <summary>When a worker last said that it is there. Without one a server still serves, and its runs wait: it is degraded, and not unready.</summary>
internal sealed class WorkersCheck(JobBook jobs, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan silence = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Look());

    private HealthCheckResult Look()
    {
        var beats = jobs.Nodes.Select(node => node.HeartbeatAt).ToList();
        if (beats.Count == 0) return HealthCheckResult.Degraded("none is there");
        var last = time.GetUtcNow() - beats.Max();
        var says = FormattableString.Invariant($"the last check-in was {Math.Max(0, last.TotalSeconds):f0} s ago");
        return last > silence ? HealthCheckResult.Degraded(says) : HealthCheckResult.Healthy(says);
    }
}
