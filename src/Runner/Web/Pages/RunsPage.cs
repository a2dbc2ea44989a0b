using System.Globalization;
using System.Xml.Linq;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Workflows.Ledger;
using Microsoft.AspNetCore.Http;
using static ClusterSurvey.Activities.Report.Markup.Html;

namespace ClusterSurvey.Runner.Web.Pages;

/// <summary>All runs, the newest first.</summary>
internal sealed class RunsPage(RunLedger ledger, BackgroundRuns runs)
{
    public IResult Show()
    {
        var rows = ledger.Instances().Where(row => Directory.Exists(row.RunFolder)).DistinctBy(row => row.RunFolder).ToList();
        if (rows.Count == 0)
            return Layout.Page("Runs", "/runs", [Tag("p", "lead", "Nothing has been run here yet."), new XElement("p", Tag("a", "button", At("href", "/start"), "Start a run"))]);
        var called = ledger.CalledCounts();
        return Layout.Page("Runs", "/runs",
        [
            new XElement("p", Tag("a", "button", At("href", "/start"), "Start a run")),
            Tag("div", "live", At("id", "live"), At("data-live", rows.Any(IsActive) ? "yes" : "no"),
                Layout.Table("Runs", ["Run", "Workflow", "State", "Clusters", "Set aside", "Began", "Took"], rows.Select(row => Row(row, called.GetValueOrDefault(row.Id))))),
            ComparePage.Choice([.. rows.Select(row => new RunFolder(row.RunFolder).Id)]),
        ]);
    }

    private bool IsActive(InstanceRow row) => runs.IsActive(new RunFolder(row.RunFolder)) || IsHeldElsewhere(row);

    // A run of the command line is at work as long as its process holds its lock.
    private static bool IsHeldElsewhere(InstanceRow row) => row.SubStatus == "Executing" && Runs.RunLock.IsHeld(new RunFolder(row.RunFolder));

    private XElement Row(InstanceRow row, (int All, int Ended) clusters)
    {
        var id = new RunFolder(row.RunFolder).Id;
        var (kind, words) = Standing.Of(row, IsActive(row));
        return Layout.Row(RowHeading(Layout.Link($"/runs/{Uri.EscapeDataString(id)}", id)), row.Name, Layout.Badge(kind, words),
            clusters.All == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{clusters.Ended} of {clusters.All}"),
            row.IncidentCount == 0 ? "" : row.IncidentCount.ToString(CultureInfo.InvariantCulture),
            new XElement("time", At("datetime", row.CreatedAt.ToString("O", CultureInfo.InvariantCulture)), row.CreatedAt.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)),
            row.FinishedAt is { } end ? Durations.InWords(end - row.CreatedAt) : "");
    }
}

/// <summary>Spans of time for people.</summary>
internal static class Durations
{
    public static string InWords(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:f1} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min"),
    };
}
