using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Foundation;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Workflows;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Runs;

/// <summary>Starts and resumes runs, shows how they come along, and finishes their folders: manifest, failures, report.</summary>
/// <param name="home">Where runs are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="display">Opens what shows how a run comes along; the terminal when nothing is given.</param>
public sealed class SurveyLauncher(RunHome home, TimeProvider time, Func<RunFolder, RunDisplay>? display = null)
{
    // The definition as it was when the run began.
    internal const string DefinitionFile = "definition.json";

    /// <summary>Runs a definition in a new folder.</summary>
    public RunSummary Start(WorkflowDocument definition, IReadOnlyDictionary<string, JsonNode?> inputs, Seed seed, bool fresh, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var (folder, manifest, held) = Prepare(definition, inputs, seed);
        using var atWork = held;
        return Begin(folder, manifest, definition, fresh, cancellation);
    }

    /// <summary>Enters a run that <see cref="Resume"/> shall carry out.</summary>
    /// <returns>Its folder and the id of its instance.</returns>
    public (RunFolder Folder, string InstanceId) Enter(WorkflowDocument definition, IReadOnlyDictionary<string, JsonNode?> inputs, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(definition);
        _ = RunInputs.Check(definition, inputs);
        var (folder, manifest, held) = Prepare(definition, inputs, seed);
        using var atWork = held;
        using var ledger = home.OpenLedger();
        return (folder, new WorkflowEngine(StepCatalog.Shipped, Library().With(definition), ledger, home.OpenStore(), time).Enter(RequestOf(folder, manifest, definition, fresh: false)));
    }

    private (RunFolder Folder, RunManifest Manifest, RunLock Held) Prepare(WorkflowDocument definition, IReadOnlyDictionary<string, JsonNode?> inputs, Seed seed)
    {
        new Workflows.Validation.DefinitionValidator(StepCatalog.Shipped, Library().With(definition)).Check(definition);
        var (folder, held) = home.NewRun(definition.DefinitionId, time);
        var manifest = new RunManifest
        {
            RunId = folder.Id,
            Definition = definition.DefinitionId,
            Seed = seed.Value,
            Date = time.GetUtcNow().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
            Versions = Provenance.Versions(),
            Machine = Provenance.Machine(),
            Arguments = new JsonObject(inputs.Select(input => KeyValuePair.Create(input.Key, input.Value?.DeepClone()))),
        };
        definition.Save(folder.FileAt(DefinitionFile));
        manifest.Write(folder);
        return (folder, manifest, held);
    }

    private DefinitionLibrary Library() => home.OpenLibrary(time);

    /// <summary>Goes on with a run: what has finished stays, what failed is tried again.</summary>
    public RunSummary Resume(RunFolder folder, CancellationToken cancellation)
    {
        using var atWork = RunLock.Take(folder);
        // A process that was killed at this run may have left the beginning of a file anywhere in its folder.
        foreach (var place in Directory.EnumerateDirectories(folder.Path, "*", SearchOption.AllDirectories).Prepend(folder.Path)) AtomicFile.ClearLeftovers(place);
        var manifest = RunManifest.Read(folder);
        if (InstanceOf(folder) is { } instance)
            return Execute(folder, manifest, Library(), (engine, progress) => engine.Resume(instance, ParallelismOf(manifest.Arguments.ToDictionary()), DataRoots.Of(manifest.Arguments), progress, cancellation));
        // Killed before it was entered in the ledger, or moved here from elsewhere: it begins again, and finds what is in the artifact store.
        return Begin(folder, manifest, WorkflowDocument.Load(folder.FileAt(DefinitionFile)), fresh: false, cancellation);
    }

    private RunSummary Begin(RunFolder folder, RunManifest manifest, WorkflowDocument definition, bool fresh, CancellationToken cancellation)
    {
        var request = RequestOf(folder, manifest, definition, fresh);
        return Execute(folder, manifest, Library().With(definition), (engine, progress) => engine.Run(request, progress, cancellation));
    }

    /// <summary>How much of a run is done at the same time on this machine.</summary>
    /// <param name="arguments">The values of the definition's inputs.</param>
    public static Parallelism ParallelismOf(IReadOnlyDictionary<string, JsonNode?> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        string? Text(string name) => arguments.GetValueOrDefault(name) is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
        var machine = MachineShare.Here;
        // A definition that is no survey tells nothing of its size; nor does one whose files are gone, and the step that reads them will say so.
        if (Text("Sample") is not { } sample || !File.Exists(sample)) return new Parallelism(machine.Cores, 1);
        var survey = ShippedData.Find("surveys", Text("Survey") ?? "default", ".json");
        if (!File.Exists(survey)) return new Parallelism(machine.Cores, 1);
        var settings = SurveySettings.Read(survey)
            .With((arguments.GetValueOrDefault("Overrides") as JsonObject ?? []).Select(change => $"{change.Key}={change.Value?.ToJsonString(SurveyJson.Options)}"));
        var clusters = Text("Clusters") is { } names ? names.Split(',').Length : SampleTable.Read(sample).Rows.Count;
        return machine.For(ClusterMemory.Of(settings), clusters);
    }

    private static RunRequest RequestOf(RunFolder folder, RunManifest manifest, WorkflowDocument definition, bool fresh)
    {
        var inputs = manifest.Arguments.ToDictionary(input => input.Key, input => input.Value?.DeepClone());
        return new RunRequest
        {
            Definition = definition, Inputs = inputs, Seed = new Seed(manifest.Seed), RunFolder = folder, DataRoots = DataRoots.Of(manifest.Arguments), Parallelism = ParallelismOf(inputs), Fresh = fresh,
        };
    }

    private string? InstanceOf(RunFolder folder)
    {
        using var ledger = home.OpenLedger();
        return ledger.RunIn(folder.Path)?.Id;
    }

    private RunSummary Execute(RunFolder folder, RunManifest manifest, DefinitionLibrary library, Func<WorkflowEngine, IProgress<RunEvent>, RunOutcome> execute)
    {
        using var ledger = home.OpenLedger();
        var store = home.OpenStore();
        using var inUse = StoreLock.ForUse(store);
        var began = time.GetTimestamp();
        RunOutcome outcome;
        using (var shown = display?.Invoke(folder) ?? RunDisplay.Open(Output.Messages))
            outcome = execute(new WorkflowEngine(StepCatalog.Shipped, library, ledger, store, time), new Quarantine(folder, shown));
        manifest = Complete(folder, manifest, ledger, outcome) with { Seconds = time.GetElapsedTime(began).TotalSeconds };
        manifest.Write(folder);
        if (File.Exists(SurveyReport.PathIn(folder.Path))) SurveyReport.WritePages(new SurveyRun(folder, store));
        return new RunSummary(folder, manifest, outcome);
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
            PointSpreadFunctions = PointSpreadFunctions(folder), Division = Division(folder),
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

    /// <summary>Publishes what is set aside as soon as it is known, so that the tables of the run can tell it.</summary>
    private sealed class Quarantine(RunFolder folder, IProgress<RunEvent> next) : IProgress<RunEvent>
    {
        private readonly Lock gate = new();
        private readonly HashSet<string> told = [];

        public void Report(RunEvent value)
        {
            lock (gate)
            {
                // The innermost fault comes first, and says most.
                if (value is ActivityFaulted { Label: { } cluster } fault && told.Add(cluster))
                    QuarantinedCluster.Publish(folder, cluster, new FailedStep(fault.DisplayName, fault.Region ?? "", fault.Attempts), fault.Message, fault.Remedy, fault.Problems);
                if (value is PassEnded { Quarantined: false, Label: { } through }) QuarantinedCluster.Forget(folder, through);
            }
            next.Report(value);
        }
    }
}
