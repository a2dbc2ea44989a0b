using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClusterSurvey.Runner.Health;

/// <summary>Whether the folder of runs, where artifacts go, can be written to and has room.</summary>
/// <param name="store">The folder of artifacts. Without it the folder of runs is not mounted: it was there when the process began.</param>
/// <param name="leastFreeBytes">With less room than this it is not ready.</param>
internal sealed class ArtifactFolderCheck(string store, long leastFreeBytes) : IHealthCheck
{
    /// <summary>A gigabyte: what a cluster of a large survey writes before it ends.</summary>
    public const long LeastFreeBytes = 1_000_000_000;

    private static readonly string probe = string.Create(CultureInfo.InvariantCulture, $".ready-{Environment.MachineName}-{Environment.ProcessId}");

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Look());

    private HealthCheckResult Look()
    {
        try
        {
            if (!Directory.Exists(store)) return HealthCheckResult.Unhealthy("it is not there");
            // It goes with its handle, however the process ends.
            using (var file = new FileStream(Path.Combine(store, probe), FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose)) file.WriteByte(1);
            return new DriveInfo(store).AvailableFreeSpace < leastFreeBytes
                ? HealthCheckResult.Unhealthy(string.Create(CultureInfo.InvariantCulture, $"less than {leastFreeBytes / 1e9:0.###} GB are free"))
                : HealthCheckResult.Healthy("it can be written to and has room");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return HealthCheckResult.Unhealthy("it cannot be written to");
        }
    }
}
