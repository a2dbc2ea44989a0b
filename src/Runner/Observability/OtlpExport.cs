using System.Globalization;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Simulations;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Workflows.Engine;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ClusterSurvey.Runner.Observability;

/// <summary>
/// Sends traces and metrics to a collector when the standard variables of OpenTelemetry name one, and does nothing, not even listen, when they do not.
/// All other variables of the standard (headers, protocol, sampler, intervals) hold as well.
/// </summary>
internal static class OtlpExport
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT", TracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", MetricsEndpoint = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", Disabled = "OTEL_SDK_DISABLED",
        Headers = "OTEL_EXPORTER_OTLP_HEADERS";

    // What is left is sent at the end of the process; a collector that does not answer does not hold it up for longer.
    private const int FlushMilliseconds = 5000;

    /// <summary>Begins to send.</summary>
    /// <param name="role">The command.</param>
    /// <returns>What sends the rest and ends it; null when no collector is named.</returns>
    /// <exception cref="BadInputException">A variable holds something else than an address.</exception>
    public static IDisposable? Open(string role)
    {
        if (string.Equals(Variable(Disabled), "true", StringComparison.OrdinalIgnoreCase)) return null;
        var (all, traces, metrics) = (Address(Endpoint), Address(TracesEndpoint), Address(MetricsEndpoint));
        if (all is null && traces is null && metrics is null) return null;
        if (Variable(Headers) is { } headers)
            foreach (var header in headers.Split(',')) KnownSecrets.Add(header[(header.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim());
        var resource = ResourceBuilder.CreateEmpty()
            .AddService("clustersurvey", serviceVersion: Provenance.Versions()["clustersurvey"], serviceInstanceId: string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}"))
            .AddAttributes([KeyValuePair.Create("clustersurvey.role", (object)role)]).AddTelemetrySdk().AddEnvironmentVariableDetector();
        return new Sending(
            all is null && traces is null ? null : Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(EngineTelemetry.Name).AddOtlpExporter().Build(),
            all is null && metrics is null ? null : Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(EngineTelemetry.Name, SimulationMeter.Name, QueueMeter.Name).AddOtlpExporter().Build());
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? text : null;

    private static string? Address(string name)
    {
        if (Variable(name) is not { } text) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? text
            : throw new BadInputException(name, "something else", "the address of a collector, as http://localhost:4317", "correct the environment variable, or unset it");
    }

    private sealed class Sending(TracerProvider? traces, MeterProvider? metrics) : IDisposable
    {
        public void Dispose()
        {
            traces?.Shutdown(FlushMilliseconds);
            metrics?.Shutdown(FlushMilliseconds);
            traces?.Dispose();
            metrics?.Dispose();
        }
    }
}
