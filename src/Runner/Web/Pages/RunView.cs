using ClusterSurvey.Activities;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Web.Pages;

/// <summary>A run as the pages see it: its folder, and its instance in the ledger.</summary>
internal sealed record RunView(RunFolder Folder, InstanceRow Instance, RunManifest Manifest)
{
    public string? Report => File.Exists(SurveyReport.PathIn(Folder.Path)) ? SurveyReport.PathIn(Folder.Path) : null;

    /// <summary>The page that tells how far the survey can be trusted; null for a run that was not validated.</summary>
    public string? Validation => Folder.FileAt(WriteValidation.Page) is var page && File.Exists(page) ? page : null;

    /// <summary>The clusters that were asked for; none before the sample is read.</summary>
    public IReadOnlyList<string> Clusters => PublishedSurvey.Clusters(Folder);

    /// <summary>What was set aside, and why.</summary>
    public IReadOnlyList<FailureRow> Failures => QuarantinedCluster.ReadAll(Folder);

    /// <summary>The tables that the run has written, by name.</summary>
    public IReadOnlyList<string> Tables => [.. Directory.EnumerateFiles(Folder.Path, "*.parquet").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)];
}

/// <summary>Finds runs by their ids.</summary>
internal sealed class RunViews(RunHome home, RunLedger ledger)
{
    /// <summary>A run; null when there is none of this id here.</summary>
    public RunView? Find(string id)
    {
        if (Path.GetFileName(id) != id || id.StartsWith('.')) return null;
        var folder = new RunFolder(Path.Combine(home.Root, id));
        return File.Exists(folder.FileAt("manifest.json")) && ledger.RunIn(folder.Path) is { } instance ? new RunView(folder, instance, RunManifest.Read(folder)) : null;
    }
}

/// <summary>How a run, or the analysis of a cluster, stands: Elsa's words in ours.</summary>
internal static class Standing
{
    public static (string Kind, string Words) Of(InstanceRow row, bool isActive) => row.SubStatus switch
    {
        "Finished" when row.IncidentCount > 0 => ("warn", "done, with failures"),
        "Finished" => ("ok", "done"),
        "Faulted" => ("bad", "failed"),
        "Cancelled" => ("bad", "stopped"),
        "Pending" when isActive => ("note", "waiting"),
        "Executing" when isActive => ("note", "running"),
        "Suspended" when isActive => ("note", "with the workers"),
        // A process that was killed could not say so.
        _ => ("warn", "interrupted"),
    };
}
