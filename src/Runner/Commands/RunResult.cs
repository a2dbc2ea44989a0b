using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Workflows.Engine;

namespace ClusterSurvey.Runner.Commands;

/// <summary>Tells how a run has ended.</summary>
internal static class RunResult
{
    /// <returns>The exit code.</returns>
    public static int Show(RunSummary summary, bool json)
    {
        foreach (var incident in summary.Outcome.Incidents)
            Output.Error($"{incident.Label ?? "survey"}, {incident.StepName}: {incident.Message} ({incident.Remedy})");
        foreach (var note in summary.Notes) Output.Note($"note: {note}");
        if (json)
        {
            Output.Json(summary.ForMachines);
            return summary.ExitCode;
        }
        var known = summary.Manifest.Steps.Count(step => step.FromCache);
        var (manifest, status) = (summary.Manifest, InWords(summary.Outcome.Status));
        Output.Result(FormattableString.Invariant(
            $"{summary.Folder.Id}: {status} in {manifest.Seconds:f1} s, {manifest.Steps.Count} steps, {known} of them known"));
        var unfinished = summary.Outcome.Status is RunStatus.Interrupted or RunStatus.Faulted || summary.Outcome.Incidents.Count > 0;
        if (unfinished) Output.Result($"go on with: clustersurvey resume {summary.Folder.Path}");
        if (summary.Report is { } report) Output.Result($"report: {report}");
        return summary.ExitCode;
    }

    private static string InWords(RunStatus status) => status switch
    {
        RunStatus.Finished => "completed",
        RunStatus.FinishedWithFailures => "completed with failures",
        RunStatus.Interrupted => "interrupted",
        _ => "failed",
    };
}
