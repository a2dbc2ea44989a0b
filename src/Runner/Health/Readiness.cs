using System.Text.Json;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Workflows.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClusterSurvey.Runner.Health;

/// <summary>
/// What a process tells those who watch over it: that it lives, and whether it can do its work. No key is asked for, so that it says which part is not
/// well, and neither places nor names nor messages.
/// </summary>
internal static class Readiness
{
    /// <summary>Answers as long as the process does: who restarts what does not answer looks here.</summary>
    public const string HealthPath = "/health";

    /// <summary>Answers 200 when work can be done, and 503 when not: who sends work, or wakes people, looks here.</summary>
    public const string ReadyPath = "/ready";

    private static readonly TimeSpan longest = TimeSpan.FromSeconds(5);

    /// <summary>Adds what every process that works at a folder of runs looks at.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="home">The folder of runs.</param>
    /// <param name="ledger">Its ledger.</param>
    /// <param name="time">The clock.</param>
    public static IHealthChecksBuilder AddReadiness(this IServiceCollection services, RunHome home, RunLedger ledger, TimeProvider time) => services.AddHealthChecks()
        .AddCheck("database", Kept(new DatabaseCheck(ledger), time))
        .AddCheck("artifacts", Kept(new ArtifactFolderCheck(home.OpenStore().Root, ArtifactFolderCheck.LeastFreeBytes), time));

    /// <summary>Adds a look at the workers that carry out what this process queues.</summary>
    public static IHealthChecksBuilder AddWorkers(this IHealthChecksBuilder checks, JobBook jobs, TimeProvider time) => checks.AddCheck("workers", Kept(new WorkersCheck(jobs, time), time));

    /// <summary>Answers at the two addresses.</summary>
    public static void MapReadiness(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks(HealthPath, new HealthCheckOptions { Predicate = _ => false, ResponseWriter = (http, _) => Write(http, new { status = "alive" }) });
        app.MapHealthChecks(ReadyPath, new HealthCheckOptions { ResponseWriter = (http, report) => Write(http, Told(report)) });
    }

    // Anybody may ask, as often as he likes: the disk and the database are asked once a second at most.
    private static RecentCheck Kept(IHealthCheck check, TimeProvider time) => new(check, longest, time);

    private static object Told(HealthReport report) => new
    {
        status = Word(report.Status),
        checks = report.Entries.ToDictionary(entry => entry.Key, entry => new { status = Word(entry.Value.Status), says = entry.Value.Description }),
    };

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "ready",
        HealthStatus.Degraded => "degraded",
        _ => "not ready",
    };

    private static Task Write(HttpContext http, object told)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.WriteAsync(JsonSerializer.Serialize(told, SurveyJson.Options) + "\n", http.RequestAborted);
    }
}
