using System.Diagnostics;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Workflows.Engine;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace ClusterSurvey.Runner.Observability;

/// <summary>
/// The log of a process: lines of JSON in files that are changed for new ones every day and when they are large, and of which the oldest go. It holds what the
/// process says on its terminal, and the ends of runs, clusters and steps.
/// </summary>
internal static class ProgramLog
{
    /// <summary>The environment variable that names the folder of logs, or says <c>none</c>.</summary>
    public const string Variable = "CLUSTERSURVEY_LOG";

    /// <summary>The folder of logs in the folder of runs.</summary>
    public const string Folder = ".logs";

    /// <summary>The length at which a file is followed by another.</summary>
    public const long FileBytes = 10_000_000;

    /// <summary>How many files of one name are kept.</summary>
    public const int Files = 30;

    private const string None = "none";

    /// <summary>Opens the log of this process. Nothing is written before the first line, and nothing where there is no folder of runs.</summary>
    /// <param name="role">The command.</param>
    /// <param name="home">The folder of runs.</param>
    /// <returns>What ends it; null when no log is wanted.</returns>
    public static IDisposable? Open(string role, RunHome home)
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        if (named == None) return null;
        var folder = string.IsNullOrEmpty(named) ? Path.Combine(home.Root, Folder) : Path.GetFullPath(named);
        return new Opened(Logger(folder, role, FileBytes, Files, () => !string.IsNullOrEmpty(named) || Directory.Exists(home.Root)));
    }

    /// <summary>A log in a folder.</summary>
    internal static Logger Logger(string folder, string role, long fileBytes, int files, Func<bool> isThere) => new LoggerConfiguration()
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
        .Enrich.WithProperty("Role", role)
        .Enrich.WithProperty("Machine", Environment.MachineName)
        .Enrich.WithProperty("Process", Environment.ProcessId)
        .WriteTo.Sink(new OwnLogFile(folder, role, fileBytes, files, isThere))
        .CreateLogger();

    private sealed class Opened : IDisposable
    {
        private readonly ActivityListener spans;

        public Opened(Logger logger)
        {
            Log.Logger = logger;
            spans = new ActivityListener
            {
                ShouldListenTo = source => source.Name == EngineTelemetry.Name,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = Write,
            };
            ActivitySource.AddActivityListener(spans);
        }

        public void Dispose()
        {
            spans.Dispose();
            Log.CloseAndFlush();
        }

        private static void Write(Activity span)
        {
            var log = Log.ForContext("Run", span.GetTagItem(EngineTelemetry.FolderTag)).ForContext("Instance", span.GetTagItem(EngineTelemetry.InstanceTag));
            if (span.GetTagItem(EngineTelemetry.LabelTag) is { } cluster) log = log.ForContext("Cluster", cluster);
            if (span.GetTagItem(EngineTelemetry.StepTag) is { } step) log = log.ForContext("Step", step).ForContext("Attempt", span.GetTagItem(EngineTelemetry.AttemptTag));
            var level = span.Status == ActivityStatusCode.Error ? LogEventLevel.Warning : LogEventLevel.Information;
            var outcome = span.GetTagItem(EngineTelemetry.OutcomeTag) ?? (level == LogEventLevel.Warning ? "failed" : "done");
            if (span.StatusDescription is { } problem) log = log.ForContext("Problem", problem);
            log.Write(level, "{What:l} ended after {Seconds:0.###} s: {Outcome:l}", span.OperationName, span.Duration.TotalSeconds, outcome);
        }
    }
}
