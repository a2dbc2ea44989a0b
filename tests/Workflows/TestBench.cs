using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Ledger;
using ClusterSurvey.Workflows.Tests.Ledger;

namespace ClusterSurvey.Workflows.Tests;

/// <summary>An engine with a ledger and a store in a folder of their own, removed at the end.</summary>
internal sealed class TestBench : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clustersurvey-workflows-");

    public TestBench(params IEnumerable<WorkflowDocument> definitions)
    {
        Library = new DefinitionLibrary(definitions);
        Ledger = TestLedgers.Open(folder.FullName);
        Store = new ArtifactStore(Path.Combine(folder.FullName, "store"));
    }

    public static StepCatalog Catalog { get; } = new([typeof(LoadCluster), typeof(MeasureSpectrum), typeof(WriteReport), typeof(Work), typeof(Meet), typeof(Stumble), typeof(AddByPart)]);

    public string LedgerPath => Path.Combine(folder.FullName, "ledger.db");

    public DefinitionLibrary Library { get; }

    public RunLedger Ledger { get; private set; }

    public ArtifactStore Store { get; }

    public EventLog Events { get; } = new();

    public WorkflowEngine Engine => new(Catalog, Library, Ledger, Store, Time);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public RunOutcome Run(WorkflowDocument definition, JsonObject? inputs = null, int parallelism = 1, bool fresh = false, CancellationToken cancellation = default) => Engine.Run(
        new RunRequest
        {
            Definition = definition,
            Inputs = (inputs ?? []).ToDictionary(input => input.Key, input => input.Value?.DeepClone()),
            Seed = new Seed(7),
            RunFolder = new RunFolder(Path.Combine(folder.FullName, "run")),
            Parallelism = new Parallelism(parallelism, 1),
            Fresh = fresh,
        },
        Events,
        cancellation);

    /// <summary>Closes the ledger and opens it again, as a new process would.</summary>
    public void Reopen()
    {
        Ledger.Dispose();
        Ledger = TestLedgers.Open(folder.FullName);
    }

    public void Dispose()
    {
        Ledger.Dispose();
        TestLedgers.Remove(folder.FullName);
        folder.Delete(recursive: true);
    }

    internal sealed class EventLog : IProgress<RunEvent>
    {
        private readonly ConcurrentQueue<RunEvent> events = new();

        public IReadOnlyList<RunEvent> All => [.. events];

        public void Report(RunEvent value) => events.Enqueue(value);
    }
}
