using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using ClusterSurvey.Runner.Commands;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Ledger;
using ClusterSurvey.Workflows.Rest;

namespace ClusterSurvey.Runner.Web;

/// <summary>
/// Carries out runs that were started from the web, one after the other, each with all cores. A run that is waiting or at work has a mark in its
/// folder: a server that starts takes up every run that has one, however the last server ended.
/// </summary>
public sealed class BackgroundRuns : IRunControl, IDisposable
{
    private const string Mark = ".queued";

    private static readonly Seed seedOfRuns = new(1);

    private readonly BlockingCollection<string> waiting = [];
    private readonly ConcurrentDictionary<string, CancellationTokenSource> stops = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RunWatch> watches = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();
    private readonly RunHome home;
    private readonly RunLedger ledger;
    private readonly TimeProvider time;
    private readonly Thread worker;

    public BackgroundRuns(RunHome home, RunLedger ledger, TimeProvider time)
    {
        (this.home, this.ledger, this.time) = (home, ledger, time);
        foreach (var folder in home.Runs().Where(IsMarked).OrderBy(folder => File.GetLastWriteTimeUtc(folder.FileAt(Mark)))) Queue(folder);
        worker = new Thread(Work) { IsBackground = true, Name = "background runs" };
        worker.Start();
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

    /// <summary>Goes on with a run that stopped, failed, or left clusters out.</summary>
    public void Resume(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!IsMarked(folder)) Accept(folder);
    }

    /// <inheritdoc/>
    public bool Cancel(string instanceId)
    {
        if (ledger.Instance(instanceId) is not { ParentInstanceId: null } row || !stops.TryGetValue(new RunFolder(row.RunFolder).Path, out var stop)) return false;
        File.Delete(new RunFolder(row.RunFolder).FileAt(Mark));
        stop.Cancel();
        // A run that works comes to its end itself; one that waits never begins.
        if (!watches.ContainsKey(new RunFolder(row.RunFolder).Path)) ledger.Cancel(instanceId, time.GetUtcNow());
        return true;
    }

    /// <summary>True for a run that is waiting or at work here.</summary>
    public bool IsActive(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return stops.ContainsKey(folder.Path);
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
        waiting.CompleteAdding();
        stopping.Cancel();
        worker.Join();
        foreach (var stop in stops.Values) stop.Dispose();
        stopping.Dispose();
        waiting.Dispose();
    }

    private static bool IsMarked(RunFolder folder) => File.Exists(folder.FileAt(Mark));

    private void Accept(RunFolder folder)
    {
        AtomicFile.WriteText(folder.FileAt(Mark), "");
        Queue(folder);
    }

    private void Queue(RunFolder folder)
    {
        if (stops.TryAdd(folder.Path, CancellationTokenSource.CreateLinkedTokenSource(stopping.Token))) waiting.Add(folder.Path);
    }

    private void Work()
    {
        foreach (var path in waiting.GetConsumingEnumerable())
        {
            if (stopping.IsCancellationRequested) return;
            var folder = new RunFolder(path);
            if (IsMarked(folder)) Carry(folder, stops[path].Token);
            stops.TryRemove(path, out var stop);
            stop?.Dispose();
        }
    }

    private void Carry(RunFolder folder, CancellationToken cancellation)
    {
        try
        {
            new SurveyLauncher(home, time, Watch).Resume(folder, cancellation);
            if (cancellation.IsCancellationRequested && !stopping.IsCancellationRequested && ledger.RunIn(folder.Path) is { } row) ledger.Cancel(row.Id, time.GetUtcNow());
            if (!stopping.IsCancellationRequested) File.Delete(folder.FileAt(Mark));
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

    // The server goes on for the other runs; this one can be resumed when what keeps it from running is gone.
    private static void GiveUp(RunFolder folder, string message)
    {
        Output.Error($"{folder.Id}: {message}");
        RunWatch.Tell(folder, $"stopped: {message}");
        File.Delete(folder.FileAt(Mark));
    }

    private RunWatch Watch(RunFolder folder) => watches[folder.Path] = new RunWatch(folder, time);
}
