using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClusterSurvey.Runner.Health;

/// <summary>When this worker last told the database that it is there. After the time of its lease others take its jobs.</summary>
/// <param name="sinceLast">How long ago that was.</param>
/// <param name="lease">The lease.</param>
internal sealed class CheckInCheck(Func<TimeSpan> sinceLast, TimeSpan lease) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var since = sinceLast();
        var says = FormattableString.Invariant($"the last check-in was {since.TotalSeconds:f0} s ago");
        return Task.FromResult(since > lease ? HealthCheckResult.Unhealthy(says) : HealthCheckResult.Healthy(says));
    }
}
