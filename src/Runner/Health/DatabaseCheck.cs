using System.Data.Common;
using ClusterSurvey.Workflows.Ledger;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClusterSurvey.Runner.Health;

/// <summary>Whether the database of the ledger answers.</summary>
internal sealed class DatabaseCheck(RunLedger ledger) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            ledger.Ask();
            return Task.FromResult(HealthCheckResult.Healthy("it answers"));
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException or IOException or TimeoutException)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy("it does not answer"));
        }
    }
}
