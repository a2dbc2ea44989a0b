using System.Text.Json.Nodes;
using ClusterSurvey.Runner.Tests.EndToEnd;
using ClusterSurvey.Runner.Tests.Web;

namespace ClusterSurvey.Runner.Tests.Schedules;

/// <summary>A survey that is rerun by its schedule: it computes what is new, and says what that changed.</summary>
public sealed class RerunTests(MockSurvey mock)
{
    // Only a test that would never end meets it.
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Rerun_after_a_cluster_was_added_computes_that_cluster_alone_and_tells_what_moved()
    {
        var home = mock.Fresh("rerun");
        var sample = Path.Combine(mock.Maps, "growing.csv");
        var rows = File.ReadAllLines(Path.Combine(mock.Maps, "sample.csv"));
        File.WriteAllLines(sample, rows[..^1]);
        var survey = mock.Arguments(home)[2..].Select(word => word == Path.Combine(mock.Maps, "sample.csv") ? sample : word).ToArray();
        SurveyProgram.Run(["schedule", "add", "nightly", "--cron", "0 3 * * *", "--time-zone", "UTC", "--run", "cluster-survey", .. survey]).Expect(0);
        using var server = ServedRuns.Start(home);
        var first = await RunNow(home);
        Assert.Null(first["changes"]);
        File.WriteAllLines(sample, rows);
        var second = await RunNow(home);

        var added = rows[^1].Split(',')[0];
        Assert.StartsWith($"new: {added}; files: ", second["changes"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(" posteriors moved, by up to ", second["changes"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(first["run"]!.GetValue<string>(), second["compared_with"]!.GetValue<string>());
        var run = Path.Combine(home, second["run"]!.GetValue<string>());
        Assert.Contains($"| {added} | not asked for | measured |", File.ReadAllText(Path.Combine(run, "changes.md")), StringComparison.Ordinal);
        var steps = JsonNode.Parse(File.ReadAllText(Path.Combine(run, "manifest.json")))!["steps"]!.AsArray();
        Assert.All(steps.Where(step => step!["cluster"]!.GetValue<string>() is { Length: > 0 } cluster && cluster != added), step => Assert.True(step!["fromCache"]!.GetValue<bool>(), step.ToJsonString()));
        Assert.Contains($"/compare?left={first["run"]}&amp;right={second["run"]}", await server.Page("/schedules/nightly"), StringComparison.Ordinal);
    }

    private static async Task<JsonNode> RunNow(string home)
    {
        SurveyProgram.Run("schedule", "run-now", "nightly", "--out", home).Expect(0);
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var last = SurveyProgram.Run("schedule", "history", "nightly", "--json", "--out", home).Expect(0).Json.AsArray()[0]!;
            if (last["outcome"]!.GetValue<string>() == "done") return last;
            Assert.Contains(last["outcome"]!.GetValue<string>(), (string[])["waiting", "running"]);
            Assert.True(TimeProvider.System.GetElapsedTime(began) < patience, "waited in vain");
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }
}
