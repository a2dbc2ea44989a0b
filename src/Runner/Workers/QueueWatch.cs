using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Workers;

/// <summary>Tells of a run that workers carry out, as if it were carried out here.</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="book">The jobs.</param>
/// <param name="instance">The run's instance.</param>
/// <param name="shown">Who is told.</param>
internal sealed class QueueWatch(RunLedger ledger, JobBook book, string instance, IProgress<RunEvent> shown)
{
    private readonly HashSet<(string Instance, long Sequence)> steps = [];
    private readonly HashSet<string> ended = new(StringComparer.Ordinal), told = new(StringComparer.Ordinal), loops = new(StringComparer.Ordinal);
    private bool loneliness;

    /// <summary>Tells what is new.</summary>
    /// <returns>The run's own job when it is over; null before.</returns>
    public JobRow? Look()
    {
        var jobs = book.Of(instance);
        var run = jobs.Single(job => job.Kind == JobKind.Run);
        JobRow[] passes = [.. jobs.Where(job => job.Kind == JobKind.Pass).OrderBy(job => job.QueuedAt)];
        foreach (var loop in passes.GroupBy(LoopOf).Where(loop => loops.Add(loop.Key)).ToList())
        {
            // A loop begins when the one before it has ended.
            TellEnds(passes.Except(loop));
            shown.Report(new LoopStarted(instance, loop.Key, "", null, loop.Count()));
        }
        foreach (var step in ledger.StepsOf(instance).Where(step => steps.Add((step.InstanceId, step.Sequence)))) Tell(step);
        foreach (var job in jobs.Where(job => job.Message is not null && told.Add($"{job.Id} {job.Failures} {job.State}"))) Tell(job);
        TellEnds(passes);
        if (run.State is JobState.Done or JobState.Failed or JobState.Cancelled) return run;
        if (!loneliness && book.Nodes.Count == 0)
        {
            loneliness = true;
            Output.Note("no worker is there: start one, on any machine that has the folder, with clustersurvey worker --database CONNECTION --artifacts FOLDER");
        }
        return null;
    }

    // The path of a pass is that of its loop, with the number of the pass in brackets.
    private static string LoopOf(JobRow pass) => pass.PassPath[..pass.PassPath.LastIndexOf('[')];

    private void TellEnds(IEnumerable<JobRow> passes)
    {
        foreach (var pass in passes.Where(pass => pass.State is JobState.Done or JobState.Failed && ended.Add(pass.Id)))
            shown.Report(new PassEnded(instance, pass.PassPath, "", pass.Label, pass.State == JobState.Failed));
    }

    private void Tell(ActivityRow step)
    {
        var label = step.Label;
        var name = StepCatalog.Shipped.TryFind(step.Type, out var known) ? known.Declared.DisplayName : step.Name;
        shown.Report(new ActivityStarted(step.InstanceId, step.Path, name, label, step.Type));
        shown.Report(new ActivityCompleted(step.InstanceId, step.Path, name, label, step.Type, step.FromCache));
    }

    private void Tell(JobRow job)
    {
        var label = job.Kind == JobKind.Run ? null : job.Label;
        if (job.State != JobState.Queued || job.NotBefore is not { } then) shown.Report(new ActivityFaulted(instance, job.PassPath, "worker", label, "", job.Message!, "", []));
        else Output.Note($"{label ?? "survey"}: put off until {then:HH:mm:ss} UTC: {job.Message}");
    }
}
