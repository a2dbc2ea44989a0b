using System.Text.Json;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace ClusterSurvey.Workflows.Ledger;

/// <summary>
/// The jobs of a folder of runs, and the nodes that carry them out. What changes depends on what is there, in one transaction: nodes, servers and
/// command lines share them.
/// </summary>
/// <param name="ledger">The ledger that holds them.</param>
/// <param name="home">The identity of the folder of runs.</param>
public sealed class JobBook(RunLedger ledger, string home)
{
    /// <summary>A job whose node was lost so often is what loses them.</summary>
    public const int MostLosses = 10;

    /// <summary>The jobs that have not ended, those of the oldest run first.</summary>
    public IReadOnlyList<JobRow> Open
        => ledger.Read(context => Mine(context).Where(row => row.State == JobState.Queued || row.State == JobState.Running || row.State == JobState.Suspended).OrderBy(row => row.QueuedAt).ToList());

    /// <summary>A job; null when there is none of that name.</summary>
    public JobRow? Find(string id) => ledger.Read(context => Mine(context).FirstOrDefault(row => row.Id == id));

    /// <summary>All jobs that were queued since a moment, or have not ended.</summary>
    public IReadOnlyList<JobRow> Since(DateTimeOffset moment) => ledger.Read(context => Mine(context)
        .Where(row => row.QueuedAt > moment || row.EndedAt == null).ToList());

    /// <summary>The jobs of a run: its own, and those of its passes.</summary>
    public IReadOnlyList<JobRow> Of(string instanceId) => ledger.Read(context => Mine(context).Where(row => row.InstanceId == instanceId).ToList());

    /// <summary>The nodes that have ever been there and were not removed.</summary>
    public IReadOnlyList<NodeRow> Nodes => ledger.Read(context => context.Nodes.Where(row => row.Home == home).OrderBy(row => row.StartedAt).ToList());

    /// <summary>Has nodes carry out a run that is in the ledger: the first time, or again for what failed or was stopped.</summary>
    /// <param name="instanceId">The run's instance.</param>
    /// <param name="run">The name of its folder.</param>
    /// <param name="fresh">True to compute also what is known.</param>
    /// <param name="now">The time.</param>
    public void Queue(string instanceId, string run, bool fresh, DateTimeOffset now) => Change(context =>
    {
        var jobs = Mine(context).Where(row => row.InstanceId == instanceId);
        jobs.Where(row => row.State == JobState.Failed || row.State == JobState.Cancelled || (row.Kind == JobKind.Run && row.State == JobState.Done)).ExecuteUpdate(set => set
            .SetProperty(row => row.State, JobState.Queued).SetProperty(row => row.QueuedAt, now).SetProperty(row => row.NotBefore, (DateTimeOffset?)null).SetProperty(row => row.EndedAt, (DateTimeOffset?)null)
            .SetProperty(row => row.Failures, 0).SetProperty(row => row.Losses, 0).SetProperty(row => row.Message, (string?)null).SetProperty(row => row.Fault, (string?)null));
        if (!jobs.Any(row => row.Kind == JobKind.Run)) context.Jobs.Add(NewJob(instanceId, instanceId, run, JobKind.Run, "", "", fresh, now));
    });

    /// <summary>Hands the passes of a loop over to the nodes, those that were not handed over before.</summary>
    /// <returns>The jobs of the passes.</returns>
    public IReadOnlyList<JobRow> HandOver(JobRow run, IReadOnlyList<(string Path, string Label)> passes, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(run);
        List<JobRow> jobs = [];
        Change(context =>
        {
            var known = Mine(context).Where(row => row.InstanceId == run.InstanceId && row.Kind == JobKind.Pass).ToDictionary(row => row.PassPath, StringComparer.Ordinal);
            jobs = [.. passes.Select(pass => known.GetValueOrDefault(pass.Path) ?? NewJob($"{run.InstanceId} {pass.Path}", run.InstanceId, run.Run, JobKind.Pass, pass.Path, pass.Label, run.Fresh, now))];
            context.Jobs.AddRange(jobs.Where(job => !known.ContainsKey(job.PassPath)));
        });
        return jobs;
    }

    /// <summary>Takes a job that waits, or whose node was lost; whoever had it before is fenced off.</summary>
    /// <param name="id">The job.</param>
    /// <param name="node">The node that takes it.</param>
    /// <param name="now">The time.</param>
    /// <returns>The job; null when there is nothing to do for it now.</returns>
    public JobRow? Take(string id, string node, DateTimeOffset now)
    {
        JobRow? taken = null;
        Change(context =>
        {
            taken = null;
            var open = One(context, id).Where(row => (row.State == JobState.Queued && (row.NotBefore == null || row.NotBefore <= now)) || (row.State == JobState.Running && row.Node != node));
            if (open.ExecuteUpdate(set => set
                .SetProperty(row => row.Losses, row => row.State == JobState.Running ? row.Losses + 1 : row.Losses).SetProperty(row => row.Attempt, row => row.Attempt + 1)
                .SetProperty(row => row.State, JobState.Running).SetProperty(row => row.Node, node).SetProperty(row => row.StartedAt, (DateTimeOffset?)now)) == 1) taken = One(context, id).Single();
        });
        return taken;
    }

    /// <summary>Lets a run wait for its passes; it is queued again when they have ended, which may be at once.</summary>
    public void Suspend(JobRow run, DateTimeOffset now) => Change(context =>
    {
        Held(context, run).ExecuteUpdate(set => set.SetProperty(row => row.State, JobState.Suspended));
        Wake(context, run.InstanceId, now);
    });

    /// <summary>Ends a job. The last pass of a run that ends has the run go on.</summary>
    /// <param name="job">The job as it was taken.</param>
    /// <param name="fault">What it failed with; null when it came to its end.</param>
    /// <param name="message">The same in a line.</param>
    /// <param name="now">The time.</param>
    /// <returns>False when this attempt no longer had it.</returns>
    public bool End(JobRow job, FaultRecord? fault, string? message, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(job);
        var state = message is null ? JobState.Done : JobState.Failed;
        var told = fault is null ? null : JsonSerializer.Serialize(fault, SurveyJson.Options);
        return Changes(context =>
        {
            // Passes that end at the same time wait for each other here: the last one sees that it is the last.
            One(context, job.InstanceId).ExecuteUpdate(set => set.SetProperty(row => row.Kind, JobKind.Run));
            var ended = Held(context, job).ExecuteUpdate(set => set
                .SetProperty(row => row.State, state).SetProperty(row => row.Message, message).SetProperty(row => row.Fault, told).SetProperty(row => row.EndedAt, (DateTimeOffset?)now));
            Wake(context, job.InstanceId, now);
            return ended;
        });
    }

    /// <summary>Puts a job off after a failure that may heal.</summary>
    /// <returns>False when this attempt no longer had it.</returns>
    public bool PutOff(JobRow job, string message, DateTimeOffset until) => Changes(context => Held(context, job).ExecuteUpdate(set => set
        .SetProperty(row => row.State, JobState.Queued).SetProperty(row => row.Failures, row => row.Failures + 1).SetProperty(row => row.Message, message).SetProperty(row => row.NotBefore, (DateTimeOffset?)until)));

    /// <summary>Gives a job back that this node cannot finish, so that any node takes it.</summary>
    /// <returns>False when this attempt no longer had it.</returns>
    public bool GiveBack(JobRow job) => Changes(context => Held(context, job).ExecuteUpdate(set => set.SetProperty(row => row.State, JobState.Queued)));

    /// <summary>Stops a run: its jobs are taken from their nodes.</summary>
    /// <returns>False when none was open.</returns>
    public bool Cancel(string instanceId, DateTimeOffset now)
        => Changes(context => Mine(context).Where(row => row.InstanceId == instanceId && (row.State == JobState.Queued || row.State == JobState.Running || row.State == JobState.Suspended)).ExecuteUpdate(set => set
            .SetProperty(row => row.State, JobState.Cancelled).SetProperty(row => row.Attempt, row => row.Attempt + 1).SetProperty(row => row.EndedAt, (DateTimeOffset?)now)));

    /// <summary>Has jobs wait again whose node has been silent for long: the scheduler that should have noticed did not.</summary>
    /// <param name="silentSince">A node whose last heartbeat is older counts as lost.</param>
    public void GiveUpLostNodes(DateTimeOffset silentSince) => Change(context =>
    {
        var lost = Mine(context).Where(row => row.State == JobState.Running && !context.Nodes.Any(node => node.Name == row.Node && node.HeartbeatAt > silentSince));
        lost.ExecuteUpdate(set => set.SetProperty(row => row.State, JobState.Queued).SetProperty(row => row.Losses, row => row.Losses + 1).SetProperty(row => row.Attempt, row => row.Attempt + 1));
    });

    /// <summary>Says that a node is there.</summary>
    public void Beat(NodeRow node)
    {
        ArgumentNullException.ThrowIfNull(node);
        Change(context =>
        {
            if (context.Nodes.Where(row => row.Name == node.Name).ExecuteUpdate(set => set.SetProperty(row => row.HeartbeatAt, node.HeartbeatAt)) == 0) context.Nodes.Add(node);
        });
    }

    /// <summary>Takes a node off the list: one that ends, or one that nobody misses any more.</summary>
    public void Remove(string node) => Change(context => context.Nodes.Where(row => row.Name == node).ExecuteDelete());

    private static void Wake(LedgerContext context, string instanceId, DateTimeOffset now)
    {
        if (context.Jobs.Any(row => row.InstanceId == instanceId && row.Kind == JobKind.Pass && (row.State == JobState.Queued || row.State == JobState.Running))) return;
        One(context, instanceId).Where(row => row.State == JobState.Suspended).ExecuteUpdate(set => set.SetProperty(row => row.State, JobState.Queued).SetProperty(row => row.QueuedAt, now));
    }

    private JobRow NewJob(string id, string instanceId, string run, JobKind kind, string passPath, string label, bool fresh, DateTimeOffset now)
        => new() { Id = id, Home = home, InstanceId = instanceId, Run = run, Kind = kind, PassPath = passPath, Label = label, State = JobState.Queued, Fresh = fresh, QueuedAt = now };

    private IQueryable<JobRow> Mine(LedgerContext context) => context.Jobs.Where(row => row.Home == home);

    private static IQueryable<JobRow> One(LedgerContext context, string id) => context.Jobs.Where(row => row.Id == id);

    /// <summary>The job, if this attempt still has it.</summary>
    private static IQueryable<JobRow> Held(LedgerContext context, JobRow job) => One(context, job.Id).Where(row => row.Attempt == job.Attempt && row.State == JobState.Running);

    // Says whether any row was changed.
    private bool Changes(Func<LedgerContext, int> change)
    {
        var rows = 0;
        Change(context => rows = change(context));
        return rows > 0;
    }

    private void Change(Action<LedgerContext> change) => ledger.Commit(context =>
    {
        context.SaveChanges();
        change(context);
    });
}
