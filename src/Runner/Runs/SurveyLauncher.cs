using System.Globalization;
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
        return (folder, Enter(folder, manifest, definition, ledger));
    }

    /// <summary>Enters a run whose folder is there and which the ledger does not know: it was killed before, or moved here from elsewhere.</summary>
    /// <returns>The id of its instance.</returns>
    internal string EnterAgain(RunFolder folder, RunLedger ledger) => Enter(folder, RunManifest.Read(folder), WorkflowDocument.Load(folder.FileAt(DefinitionFile)), ledger);

    private string Enter(RunFolder folder, RunManifest manifest, WorkflowDocument definition, RunLedger ledger)
        => new WorkflowEngine(StepCatalog.Shipped, Library().With(definition), ledger, home.OpenStore(), time).Enter(RequestOf(folder, manifest, definition, fresh: false));

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
        var machine = MachineShare.Here;
        // A definition that is no survey tells nothing of its size.
        if (MemoryOf(arguments) is not { } memory) return new Parallelism(machine.Cores, 1);
        var clusters = TextOf(arguments, "Clusters") is { } names ? names.Split(',').Length : SampleTable.Read(TextOf(arguments, "Sample")!).Rows.Count;
        return machine.For(memory, clusters);
    }

    /// <summary>What a cluster of a run takes; null for a definition that is no survey, and for one whose files are gone: the step that reads them will say so.</summary>
    /// <param name="arguments">The values of the definition's inputs.</param>
    public static ClusterMemory? MemoryOf(IReadOnlyDictionary<string, JsonNode?> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (TextOf(arguments, "Sample") is not { } sample || !File.Exists(sample)) return null;
        var survey = ShippedData.Find("surveys", TextOf(arguments, "Survey") ?? "default", ".json");
        if (!File.Exists(survey)) return null;
        return ClusterMemory.Of(SurveySettings.Read(survey)
            .With((arguments.GetValueOrDefault("Overrides") as JsonObject ?? []).Select(change => $"{change.Key}={change.Value?.ToJsonString(SurveyJson.Options)}")));
    }

    private static string? TextOf(IReadOnlyDictionary<string, JsonNode?> arguments, string name)
        => arguments.GetValueOrDefault(name) is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

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
        return new RunSummary(folder, FinishedRun.Write(folder, manifest, ledger, store, outcome, time.GetElapsedTime(began)), outcome);
    }
}
