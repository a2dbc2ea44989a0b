using System.Globalization;
using System.Xml.Linq;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Workflows.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static ClusterSurvey.Activities.Report.Markup.Html;

namespace ClusterSurvey.Runner.Web.Pages;

/// <summary>The workers of a database: their slots, when they were last heard of, and the jobs of the folder.</summary>
internal sealed class NodesPage(RunHome home, RunLedger ledger, TimeProvider time)
{
    public const string Path = "/nodes";

    private const int JobsShown = 200;

    // A node says every second that it is there; one that has not for so long computes without the database, or is gone.
    private static readonly TimeSpan late = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan shownFor = TimeSpan.FromDays(1);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, Show);

    private IResult Show()
    {
        if (!home.IsShared)
            return Layout.Page("Nodes", Path, [Tag("p", "lead", "This server computes its runs itself: its ledger is a file in the folder of runs."), new XElement("p", "With the ledger in a database, workers on any number of machines carry out what is queued:"), Command()]);
        var book = home.JobsIn(ledger);
        var now = time.GetUtcNow();
        var (nodes, jobs) = (book.Nodes, book.Since(now - shownFor));
        return Layout.Page("Nodes", Path,
        [
            Tag("div", "live", At("id", "live"), At("data-live", "yes"),
                Tag("p", "lead", Summary(nodes, jobs, now)),
                nodes.Count == 0 ? null : Layout.Table("Nodes", ["Node", "Slots", "At work", "Since", "Heartbeat"], nodes.Select(node => Row(node, jobs, now))),
                new XElement("h2", "Jobs"),
                jobs.Count == 0 ? new XElement("p", "Nothing is in the queue, and nothing was within a day.") : Layout.Table("Jobs", ["Cluster", "Run", "State", "Node", "Tries", "Took"], Latest(jobs).Select(job => Row(job, now)))),
            new XElement("h2", "One more node"),
            Command(),
        ]);
    }

    private static XElement Command() => Tag("pre", "log", At("tabindex", "0"), "./clustersurvey worker --database CONNECTION --artifacts RUNS");

    private static string Summary(IReadOnlyList<NodeRow> nodes, IReadOnlyList<JobRow> jobs, DateTimeOffset now)
    {
        var there = nodes.Where(node => now - node.HeartbeatAt < late).ToList();
        int Count(params JobState[] states) => jobs.Count(job => states.Contains(job.State));
        return string.Create(CultureInfo.InvariantCulture,
            $"{there.Count} {(there.Count == 1 ? "node" : "nodes")} with {there.Sum(node => node.Slots)} slots. Jobs: {Count(JobState.Running)} running, {Count(JobState.Queued, JobState.Suspended)} waiting, {Count(JobState.Done)} done, {Count(JobState.Failed, JobState.Cancelled)} failed or stopped.");
    }

    private static XElement Row(NodeRow node, IReadOnlyList<JobRow> jobs, DateTimeOffset now)
    {
        var silent = now - node.HeartbeatAt;
        return Layout.Row(RowHeading(node.Name), Number(node.Slots), Number(jobs.Count(job => job.State == JobState.Running && job.Node == node.Name)), Durations.InWords(now - node.StartedAt),
            Layout.Badge(silent < late ? "ok" : "bad", silent < TimeSpan.FromSeconds(2) ? "now" : $"{Durations.InWords(silent)} ago"));
    }

    private static XElement Row(JobRow job, DateTimeOffset now)
    {
        var (kind, words) = StandingOf(job);
        return Layout.Row(
            RowHeading(job.Kind == JobKind.Run ? "the survey itself" : job.Label), Layout.Link($"/runs/{Uri.EscapeDataString(job.Run)}", job.Run),
            Tag("td", "long", Layout.Badge(kind, words), job.Message is { } message ? Tag("span", "remedy", message) : null),
            job.Node ?? "", Number(job.Attempt), job.StartedAt is { } start && job.State != JobState.Queued ? Durations.InWords((job.EndedAt ?? now) - start) : "");
    }

    private static (string Kind, string Words) StandingOf(JobRow job) => job.State switch
    {
        JobState.Queued when job.NotBefore is not null => ("warn", "put off"),
        JobState.Queued => ("none", "waiting"),
        JobState.Running => ("note", "running"),
        JobState.Suspended => ("none", "waits for its clusters"),
        JobState.Done => ("ok", "done"),
        JobState.Cancelled => ("bad", "stopped"),
        _ => ("bad", "failed"),
    };

    // What is at work first, then what waits, then what has ended last.
    private static IEnumerable<JobRow> Latest(IEnumerable<JobRow> jobs) => jobs
        .OrderBy(job => job.State switch { JobState.Running => 0, JobState.Queued or JobState.Suspended => 1, _ => 2 })
        .ThenByDescending(job => job.EndedAt).ThenBy(job => job.QueuedAt).ThenBy(job => job.Label, StringComparer.Ordinal).Take(JobsShown);

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
