using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Foundation;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Workflows;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Workers;

/// <summary>Puts runs into the queue of their database, where workers take them, and waits for what comes of them. Who waits computes nothing.</summary>
/// <param name="home">Where runs are kept, with the database of their ledger.</param>
/// <param name="time">The clock.</param>
/// <param name="display">Opens what shows how a run comes along; the terminal when nothing is given.</param>
public sealed class QueuedRuns(RunHome home, TimeProvider time, Func<RunFolder, RunDisplay>? display = null)
{
    private static readonly TimeSpan lookEvery = TimeSpan.FromSeconds(0.5);

    /// <summary>Queues a definition in a new folder and waits for its end.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled; the run goes on.</exception>
    public RunSummary Start(WorkflowDocument definition, IReadOnlyDictionary<string, JsonNode?> inputs, Seed seed, bool fresh, CancellationToken cancellation)
    {
        var (folder, instance) = new SurveyLauncher(home, time).Enter(definition, inputs, seed);
        return QueueAndWait(folder, _ => instance, fresh, cancellation);
    }

    /// <summary>Queues what is unfinished of a run, and what failed, and waits for the end.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled; the run goes on.</exception>
    public RunSummary Resume(RunFolder folder, CancellationToken cancellation)
        => QueueAndWait(folder, ledger => ledger.RunIn(folder.Path)?.Id ?? new SurveyLauncher(home, time).EnterAgain(folder, ledger), fresh: false, cancellation);

    /// <summary>Takes a run from the workers.</summary>
    public void Stop(string instanceId)
    {
        using var ledger = home.OpenLedger();
        home.JobsIn(ledger).Cancel(instanceId, time.GetUtcNow());
    }

    private RunSummary QueueAndWait(RunFolder folder, Func<RunLedger, string> instanceIn, bool fresh, CancellationToken cancellation)
    {
        using var ledger = home.OpenLedger(RunHome.LongestAway);
        var instance = instanceIn(ledger);
        var book = home.JobsIn(ledger);
        book.Queue(instance, folder.Id, fresh, time.GetUtcNow());
        using var shown = display?.Invoke(folder) ?? RunDisplay.Open(Output.Messages);
        var watch = new QueueWatch(ledger, book, instance, shown);
        try
        {
            while (watch.Look() is not { } end)
            {
                if (cancellation.WaitHandle.WaitOne(lookEvery)) cancellation.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            Output.Note($"the workers go on with it; to see more of it: clustersurvey resume {folder.Path}");
            throw;
        }
        return End(folder, ledger, book, instance);
    }

    private RunSummary End(RunFolder folder, RunLedger ledger, JobBook book, string instance)
    {
        var job = book.Of(instance).Single(row => row.Kind == JobKind.Run);
        if (job.State == JobState.Failed) throw new IOException(job.Message);
        if (job.State == JobState.Cancelled) throw new OperationCanceledException();
        var outcome = new WorkflowEngine(StepCatalog.Shipped, DefinitionLibrary.Shipped, ledger, home.OpenStore(), time).OutcomeOf(instance);
        return new RunSummary(folder, RunManifest.Read(folder), outcome);
    }
}
