using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Runs;

/// <summary>What the folder of a run is given at the end: a complete manifest, and a report that knows it.</summary>
internal static class FinishedRun
{
    /// <summary>Writes the manifest, and the page of the survey once more with all that the manifest says.</summary>
    public static RunManifest Write(RunFolder folder, RunManifest manifest, RunLedger ledger, ArtifactStore store, RunOutcome outcome, TimeSpan took)
    {
        var complete = Complete(folder, manifest, ledger, outcome) with { Seconds = took.TotalSeconds };
        complete.Write(folder);
        if (File.Exists(SurveyReport.PathIn(folder.Path))) SurveyReport.WriteSurveyPage(new SurveyRun(folder, store));
        return complete;
    }

    private static RunManifest Complete(RunFolder folder, RunManifest manifest, RunLedger ledger, RunOutcome outcome)
    {
        var instances = ledger.Called(outcome.InstanceId).Select(row => (row.Id, Cluster: row.Label ?? "")).Prepend((outcome.InstanceId, ""));
        var steps = from instance in instances
                    from activity in ledger.Activities(instance.Item1)
                    where activity.Phase == RecordPhase.Finished && !activity.Superseded && activity.Type.StartsWith("Survey.", StringComparison.Ordinal)
                    let seconds = (activity.EndedAt - activity.StartedAt).TotalSeconds
                    select new ManifestStep(instance.Item2, activity.Type["Survey.".Length..], activity.Key ?? "", activity.FromCache, seconds);
        return manifest with
        {
            InstanceId = outcome.InstanceId, Status = outcome.Status.ToString(), Steps = [.. steps], Inputs = Inputs(folder), Settings = Settings(folder),
            PointSpreadFunctions = PointSpreadFunctions(folder), MachCalibration = Settings(folder)["mach_calibration"]?.GetValue<string>() ?? manifest.MachCalibration, Division = Division(folder),
        };
    }

    private static JsonObject Settings(RunFolder folder)
        => folder.Published("survey", "settings")?.AsObject() ?? [];

    private static SampleDivision Division(RunFolder folder)
        => folder.Published("survey", "division").Deserialize<SampleDivision>(SurveyJson.Options) ?? SampleDivision.None;

    private static ClusterObservation[] Observations(RunFolder folder)
        => folder.Published("survey", "sample")?["observations"].Deserialize<ClusterObservation[]>(SurveyJson.Options) ?? [];

    private static SortedDictionary<string, string> PointSpreadFunctions(RunFolder folder)
    {
        var chosen = PsfSetting.Parse(Settings(folder)["psf"]?.GetValue<string>() ?? PsfSetting.Instrument, "psf");
        return new SortedDictionary<string, string>(Observations(folder).ToDictionary(cluster => cluster.Name, cluster => chosen.Of(cluster.PointSpread)?.InWords ?? "none"), StringComparer.Ordinal);
    }

    private static ManifestInput[] Inputs(RunFolder folder)
    {
        return
        [
            .. Observations(folder).SelectMany(Files).Where(File.Exists).Distinct()
                .Select(path => new ManifestInput(Path.GetFileName(path), FileHash.Of(path), new FileInfo(path).Length)),
        ];
    }

    private static IEnumerable<string> Files(ClusterObservation cluster)
        => cluster.Masks.Append(cluster.Background).Append(cluster.ColumnDensityMap).Prepend(cluster.Exposure).Prepend(cluster.Counts)
            .OfType<InputFile>()
            .Select(file => file.Path);
}
