using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClusterSurvey.Runner.Health;

/// <summary>A check whose answer stands for a second, and which is not waited for longer than a while: what hangs is asked once, however many ask.</summary>
/// <param name="check">What is looked at; it may block.</param>
/// <param name="longest">How long it is waited for.</param>
/// <param name="time">The clock.</param>
internal sealed class RecentCheck(IHealthCheck check, TimeSpan longest, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan fresh = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private Task<HealthCheckResult>? asked;
    private long askedAt;

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await Ask(context).WaitAsync(longest, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy(FormattableString.Invariant($"no answer in {longest.TotalSeconds:f0} s"));
        }
    }

    private Task<HealthCheckResult> Ask(HealthCheckContext context)
    {
        lock (gate)
        {
            if (asked is { IsCompleted: false } || (asked is not null && time.GetElapsedTime(askedAt) < fresh)) return asked;
            askedAt = time.GetTimestamp();
            return asked = Task.Run(() => check.CheckHealthAsync(context, CancellationToken.None));
        }
    }
}
