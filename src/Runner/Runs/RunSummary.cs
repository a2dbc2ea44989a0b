using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Workflows.Engine;

namespace ClusterSurvey.Runner.Runs;

/// <summary>How a run has ended.</summary>
public sealed record RunSummary(RunFolder Folder, RunManifest Manifest, RunOutcome Outcome)
{
    /// <summary>The report, or null when the run did not come so far.</summary>
    public string? Report => File.Exists(SurveyReport.PathIn(Folder.Path)) ? SurveyReport.PathIn(Folder.Path) : null;

    /// <summary>What is no failure but may not be what was meant.</summary>
    public IEnumerable<string> Notes => Manifest.Division.Notes();

    public int ExitCode => Outcome.Status switch
    {
        RunStatus.Finished => Runner.ExitCode.Done,
        RunStatus.FinishedWithFailures => Runner.ExitCode.CompletedWithFailures,
        RunStatus.Interrupted => Runner.ExitCode.Cancelled,
        _ => Runner.ExitCode.Failed,
    };

    /// <summary>The same for machines.</summary>
    public object ForMachines => new
    {
        run = Folder.Id,
        folder = Folder.Path,
        report = Report,
        status = Manifest.Status,
        seconds = Manifest.Seconds,
        steps = Manifest.Steps.Count,
        from_cache = Manifest.Steps.Count(step => step.FromCache),
        notes = Notes,
        failures = Outcome.Incidents.Select(incident => new
        {
            cluster = incident.Label, step = incident.StepName, region = incident.Region, attempts = incident.Attempts, message = incident.Message, remedy = incident.Remedy,
        }),
    };
}
