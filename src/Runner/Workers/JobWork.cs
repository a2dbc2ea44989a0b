using System.Collections.Concurrent;
using System.Text.Json;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Workflows;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Workers;

/// <summary>
/// Carries out one attempt at a job: a pass of a run, or the run around its passes. All that it writes to the ledger is fenced by the attempt; what it
/// writes to the folder is the same whoever writes it.
/// </summary>
/// <param name="home">The folder of runs, as this node has it.</param>
/// <param name="ledger">The ledger.</param>
/// <param name="parallelism">How much is done at the same time in a pass.</param>
/// <param name="time">The clock.</param>
internal sealed class JobWork(RunHome home, RunLedger ledger, Parallelism parallelism, TimeProvider time)
{
    private const string Step = "Survey.Worker", StepName = "Worker";

    private readonly JobBook book = home.JobsIn(ledger);

    // Of every cluster of a run, bytes: a job that finds no room asks again every second.
    private readonly ConcurrentDictionary<string, double> memory = new(StringComparer.Ordinal);

    /// <summary>Carries it out and writes down what came of it.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="LeaseLostException">Another node has the job.</exception>
    /// <exception cref="IOException">Something failed that may heal.</exception>
    public void Carry(JobRow job, CancellationToken cancellation)
    {
        if (job.Losses >= JobBook.MostLosses)
        {
            Fail(job, $"the node that had it was lost {job.Losses} times", "look why workers ended (memory: fewer --slots), then resume the run");
            return;
        }
        var folder = FolderOf(job.Run);
        var store = home.OpenStore();
        using var inUse = StoreLock.ForUse(store);
        using var fenced = ledger.FencedBy(job);
        var manifest = RunManifest.Read(folder);
        var engine = new WorkflowEngine(StepCatalog.Shipped, DefinitionLibrary.Shipped, fenced, store, time);
        if (job.Kind == JobKind.Pass) CarryPass(job, engine, WorkOf(job, folder, manifest), cancellation);
        else CarryRun(job, fenced, store, engine, folder, manifest, cancellation);
    }

    /// <summary>What a job takes of the node's memory, bytes: a pass that of its cluster, the steps around the passes next to nothing.</summary>
    public double MemoryOf(JobRow job)
    {
        if (job.Kind != JobKind.Pass) return 0;
        try
        {
            return memory.GetOrAdd(job.Run, run => SurveyLauncher.MemoryOf(RunManifest.Read(FolderOf(run)).Arguments.ToDictionary())?.With(parallelism.Threads) ?? 0);
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException or BadInputException)
        {
            // Whoever carries the job out will be told what is wrong, and what to do.
            return 0;
        }
    }

    /// <summary>Gives a job up: as a fault of its pass, so that the others go on without it.</summary>
    public void Fail(JobRow job, string message, string remedy) => book.End(job, new FaultRecord(Step, StepName, null, job.Attempt, message, remedy, []), message, time.GetUtcNow());

    // Who resumes a folder that is moved here finds it under another path than the ledger says.
    private RunFolder FolderOf(string run) => new(Path.Combine(home.Root, run));

    private void CarryPass(JobRow job, WorkflowEngine engine, SharedWork work, CancellationToken cancellation)
    {
        var outcome = engine.CarryPass(work, job.PassPath, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (outcome.IsOfTheMachine) throw new IOException(outcome.Fault!.Message);
        End(job, outcome.Fault, outcome.Fault is { } fault ? $"{fault.StepName}: {fault.Message}" : null);
    }

    private void CarryRun(JobRow job, RunLedger fenced, ArtifactStore store, WorkflowEngine engine, RunFolder folder, RunManifest manifest, CancellationToken cancellation)
    {
        // A node that was lost may have left the beginning of a file anywhere in the folder.
        foreach (var place in Directory.EnumerateDirectories(folder.Path, "*", SearchOption.AllDirectories).Prepend(folder.Path)) AtomicFile.ClearLeftovers(place);
        var work = WorkOf(job, folder, manifest) with { Parallelism = SurveyLauncher.ParallelismOf(manifest.Arguments.ToDictionary()), Progress = new Quarantine(folder, null) };
        var outcome = engine.CarryShared(work, new Passes(home.JobsIn(fenced), job, time), cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (outcome is null)
        {
            book.Suspend(job, time.GetUtcNow());
            return;
        }
        if (outcome.IsOfTheMachine) throw new IOException(outcome.Incidents[0].Message);
        FinishedRun.Write(folder, manifest, fenced, store, outcome, time.GetUtcNow() - fenced.Instance(job.InstanceId)!.CreatedAt);
        End(job, null, null);
    }

    private void End(JobRow job, FaultRecord? fault, string? message)
    {
        if (!book.End(job, fault, message, time.GetUtcNow())) throw new LeaseLostException(job.Id);
    }

    private SharedWork WorkOf(JobRow job, RunFolder folder, RunManifest manifest) => new()
    {
        InstanceId = job.InstanceId, RunFolder = folder, DataRoots = DataRoots.Of(manifest.Arguments), Parallelism = parallelism, Fresh = job.Fresh,
    };

    /// <summary>The passes of a run in the queue.</summary>
    private sealed class Passes(JobBook book, JobRow run, TimeProvider time) : ISharedPasses
    {
        public IReadOnlyDictionary<string, FaultRecord>? HandOver(IReadOnlyList<(string Path, string Label)> passes)
        {
            var jobs = book.HandOver(run, passes, time.GetUtcNow());
            return jobs.All(job => job.State is JobState.Done or JobState.Failed)
                ? jobs.Where(job => job.State == JobState.Failed).ToDictionary(job => job.PassPath, job => JsonSerializer.Deserialize<FaultRecord>(job.Fault!, SurveyJson.Options)!, StringComparer.Ordinal)
                : null;
        }
    }
}
