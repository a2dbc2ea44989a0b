using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using ClusterSurvey.Runner.Commands;
using ClusterSurvey.Runner.Observability;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Schedules;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Runner.Workers;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Ledger;
using ClusterSurvey.Workflows.Rest;

namespace ClusterSurvey.Runner.Web;

/// <summary>
/// Carries out runs that were started from the web, one after the other, each with all cores. A run that is waiting or at work has a mark in its
/// folder: a server that starts takes up every run that has one, however the last server ended.
/// </summary>
public sealed class BackgroundRuns : IRunControl, IRunQueue, IDisposable
{
    private const string Mark = ".queued";

    private static readonly Seed seedOfRuns = new(1);

    private readonly BlockingCollection<Job> waiting = [];
    private readonly Dictionary<string, Job> jobs = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, RunWatch> watches = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();
    private readonly QueueMeter meter;
    private readonly RunHome home;
    private readonly RunLedger ledger;
    private readonly TimeProvider time;
    private readonly Thread worker;

    public BackgroundRuns(RunHome home, RunLedger ledger, TimeProvider time)
    {
        (this.home, this.ledger, this.time) = (home, ledger, time);
        foreach (var folder in home.Runs().Where(IsMarked).OrderBy(folder => File.GetLastWriteTimeUtc(folder.FileAt(Mark)))) Accept(folder);
        worker = new Thread(Work) { IsBackground = true, Name = "background runs" };
        worker.Start();
        meter = new QueueMeter(Count);
    }

    /// <inheritdoc/>
    public string Start(WorkflowDocument definition, IReadOnlyDictionary<string, JsonNode?> inputs) => Start(definition, SurveyOptions.Inputs(definition, inputs), seedOfRuns).InstanceId;

    /// <summary>Enters a run whose inputs are checked already.</summary>
    public (RunFolder Folder, string InstanceId) Start(WorkflowDocument definition, IReadOnlyDictionary<string, JsonNode?> inputs, Seed seed)
    {
        var entered = new SurveyLauncher(home, time).Enter(definition, inputs, seed);
        Accept(entered.Folder);
        return entered;
    }

    /// <inheritdoc/>
    public RunFolder Enter(WorkflowDocument definition, IReadOnlyDictionary<string, JsonNode?> inputs, Seed seed) => Start(definition, inputs, seed).Folder;

    /// <inheritdoc/>
    public bool IsAtWork(RunFolder folder) => WatchOf(folder) is not null;

    /// <inheritdoc/>
    public void Stop(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (ledger.RunIn(folder.Path) is { } row) Cancel(row.Id);
    }

    /// <summary>Goes on with a run that stopped, failed, or left clusters out; one that was told to stop goes on when it has.</summary>
    public void Resume(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        Accept(folder);
    }

    /// <inheritdoc/>
    public bool Cancel(string instanceId)
    {
        if (ledger.Instance(instanceId) is not { ParentInstanceId: null } row) return false;
        if (home.IsShared && home.JobsIn(ledger).Cancel(instanceId, time.GetUtcNow())) ledger.Cancel(instanceId, time.GetUtcNow());
        lock (gate)
        {
            if (!jobs.Remove(new RunFolder(row.RunFolder).Path, out var job)) return false;
            File.Delete(job.Folder.FileAt(Mark));
            job.Stop.Cancel();
            // A run that works comes to its end itself; one that waits never begins.
            if (!job.Began) ledger.Cancel(instanceId, time.GetUtcNow());
        }
        return true;
    }

    /// <inheritdoc/>
    public bool IsActive(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        lock (gate)
            if (jobs.ContainsKey(folder.Path)) return true;
        return home.IsShared && home.JobsIn(ledger).Open.Any(job => job.Run == folder.Id);
    }

    /// <summary>What a run does at the moment; null when it is not at work here.</summary>
    public RunWatch? WatchOf(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return watches.GetValueOrDefault(folder.Path);
    }

    /// <summary>Stops the run at work where it is and keeps what waits; the next server goes on.</summary>
    public void Dispose()
    {
        meter.Dispose();
        waiting.CompleteAdding();
        stopping.Cancel();
        worker.Join();
        foreach (var job in jobs.Values) job.Stop.Dispose();
        stopping.Dispose();
        waiting.Dispose();
    }

    private (int Waiting, int Working) Count()
    {
        lock (gate)
        {
            var working = jobs.Values.Count(job => job.Began);
            return (jobs.Count - working, working);
        }
    }

    private static bool IsMarked(RunFolder folder) => File.Exists(folder.FileAt(Mark));

    private void Accept(RunFolder folder)
    {
        lock (gate)
        {
            if (jobs.ContainsKey(folder.Path)) return;
            if (!IsMarked(folder)) AtomicFile.WriteText(folder.FileAt(Mark), "");
            waiting.Add(jobs[folder.Path] = new Job(folder, CancellationTokenSource.CreateLinkedTokenSource(stopping.Token)));
        }
    }

    private void Work()
    {
        foreach (var job in waiting.GetConsumingEnumerable())
        {
            if (stopping.IsCancellationRequested) return;
            if (Begin(job)) Carry(job);
            End(job);
        }
    }

    private bool Begin(Job job)
    {
        lock (gate) return job.Began = !job.Stop.IsCancellationRequested;
    }

    private void Carry(Job job)
    {
        var folder = job.Folder;
        try
        {
            Carry(folder, job.Stop.Token);
            if (job.Stop.IsCancellationRequested && !stopping.IsCancellationRequested && ledger.RunIn(folder.Path) is { } row) ledger.Cancel(row.Id, time.GetUtcNow());
        }
        catch (BadInputException bad)
        {
            GiveUp(folder, bad.Message);
        }
        catch (Exception failure)
        {
            // The boundary of the thread that carries out runs: whatever ends one of them must not end the server.
            GiveUp(folder, failure.InPlainWords());
        }
        finally
        {
            watches.TryRemove(folder.Path, out _);
        }
    }

    // With a database the workers carry it out, and this server waits for its turn with them.
    private void Carry(RunFolder folder, CancellationToken stop)
    {
        if (!home.IsShared)
        {
            new SurveyLauncher(home, time, Watch).Resume(folder, stop);
            return;
        }
        try
        {
            new QueuedRuns(home, time, Watch).Resume(folder, stop);
        }
        catch (OperationCanceledException)
        {
            // Stopped from here, or at the database; or this server ends, and the next one looks again.
        }
    }

    // A run that was stopped may wait in the queue again: then the place and the mark are those of its new job.
    private void End(Job job)
    {
        lock (gate)
        {
            if (jobs.GetValueOrDefault(job.Folder.Path) == job && !stopping.IsCancellationRequested)
            {
                jobs.Remove(job.Folder.Path);
                File.Delete(job.Folder.FileAt(Mark));
            }
            job.Stop.Dispose();
        }
    }

    // The server goes on for the other runs; this one can be resumed when what keeps it from running is gone.
    private static void GiveUp(RunFolder folder, string message)
    {
        Output.Error($"{folder.Id}: {message}");
        RunWatch.Tell(folder, $"stopped: {message}");
    }

    private RunWatch Watch(RunFolder folder) => watches[folder.Path] = new RunWatch(folder, time);

    /// <summary>A run's turn: from the moment it is asked for to its end, or to the moment it is told to stop.</summary>
    private sealed class Job(RunFolder folder, CancellationTokenSource stop)
    {
        public RunFolder Folder { get; } = folder;

        public CancellationTokenSource Stop { get; } = stop;

        public bool Began { get; set; }
    }
}
