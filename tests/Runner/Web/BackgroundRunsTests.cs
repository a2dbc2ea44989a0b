using System.Text.Json.Nodes;
using ClusterSurvey.Runner.Tests.EndToEnd;

namespace ClusterSurvey.Runner.Tests.Web;

/// <summary>Runs that are started from the web outlive the server that started them.</summary>
public sealed class BackgroundRunsTests(MockSurvey mock)
{
    // Only a test that would never end meets it.
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(null)]
    [InlineData(SurveyProgram.Terminate)]
    public async Task A_server_that_ends_in_the_middle_loses_nothing_and_the_next_one_goes_on(int? signal)
    {
        var home = mock.Fresh($"served-{signal}");
        string run;
        using (var server = ServedRuns.Start(home))
        {
            run = await server.StartRun(Fields());
            await Until(() => File.Exists(Path.Combine(home, run, "run.log")) && File.ReadLines(Path.Combine(home, run, "run.log")).Any(line => line.Contains("Load maps", StringComparison.Ordinal)));
            server.End(signal);
        }
        Assert.True(File.Exists(Path.Combine(home, run, ".queued")));
        using (var server = ServedRuns.Start(home))
        {
            await Until(async () => (await server.Instance(run))["status"]!.GetValue<string>() == "Finished");
            Assert.Equal("Finished", (await server.Instance(run))["subStatus"]!.GetValue<string>());
            await Until(() => !File.Exists(Path.Combine(home, run, ".queued")));
        }
        // Not a bit depends on where it was interrupted, nor on whether the terminal or the web began it.
        var expected = MockSurvey.Hashes(mock.Run);
        Assert.Equal(expected.OrderBy(file => file.Key), MockSurvey.Hashes(Path.Combine(home, run)).OrderBy(file => file.Key));
    }

    [Fact]
    public async Task A_run_that_waits_or_works_can_be_stopped_and_gone_on_with()
    {
        var home = mock.Fresh("stopped");
        using var server = ServedRuns.Start(home);
        var (first, second) = (await server.StartRun(Fields()), await server.StartRun(Fields()));
        using var waiting = await server.Post($"/runs/{second}/stop");
        Assert.Equal("Cancelled", (await server.Instance(second))["subStatus"]!.GetValue<string>());
        using var working = await server.Post($"/runs/{first}/stop");
        await Until(async () => (await server.Instance(first))["subStatus"]!.GetValue<string>() == "Cancelled");
        Assert.Contains("stopped", await server.Page("/runs"), StringComparison.Ordinal);
        using var again = await server.Post($"/runs/{first}/resume");
        await Until(async () => (await server.Instance(first))["subStatus"]!.GetValue<string>() == "Finished");
        Assert.Contains("href=\"/runs/" + first + "/report\"", await server.Page($"/runs/{first}"), StringComparison.Ordinal);
        Assert.StartsWith("cluster,", await server.Page($"/runs/{first}/tables/clusters/csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_is_gone_on_with_that_was_told_to_stop_a_moment_ago()
    {
        var home = mock.Fresh("hasty");
        using var server = ServedRuns.Start(home);
        var run = await server.StartRun(Fields());
        for (var i = 0; i < 12; i++)
        {
            using var stopped = await server.Post($"/runs/{run}/stop");
            using var again = await server.Post($"/runs/{run}/resume");
            // From at once to well within the work.
            await Task.Delay(40 * i, TestContext.Current.CancellationToken);
        }
        await Until(async () => (await server.Instance(run))["subStatus"]!.GetValue<string>() == "Finished");
        await Until(() => !File.Exists(Path.Combine(home, run, ".queued")));
        Assert.Equal(MockSurvey.Hashes(mock.Run).OrderBy(file => file.Key), MockSurvey.Hashes(Path.Combine(home, run)).OrderBy(file => file.Key));
    }

    [Fact]
    public void What_was_saved_in_the_designer_runs_from_the_command_line()
    {
        using var folder = new ScratchFolder();
        var definition = JsonNode.Parse(SurveyProgram.Run("workflows", "show", "cluster-survey", "--out", folder.Path).Expect(0).Output)!;
        (definition["definitionId"], definition["name"]) = ("own-survey", "Own survey");
        SurveyProgram.Run("workflows", "import", folder.Write("own.json", definition.ToJsonString()), "--out", folder.Path, "--publish").Expect(0);
        Assert.Contains("own-survey", SurveyProgram.Run("workflows", "list", "--out", folder.Path).Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal("Own survey", JsonNode.Parse(SurveyProgram.Run("workflows", "show", "own-survey", "--out", folder.Path).Expect(0).Output)!["name"]!.GetValue<string>());
        Assert.DoesNotContain("own-survey", SurveyProgram.Run("workflows", "list", "--out", folder["elsewhere"]).Expect(0).Output, StringComparison.Ordinal);
        var refused = SurveyProgram.Run("workflows", "run", "own-survey", "--out", folder.Path).Expect(2);
        Assert.Contains("--sample", refused.Errors, StringComparison.Ordinal);
    }

    private (string, string)[] Fields()
    {
        var arguments = mock.Arguments(mock.Home);
        var settings = arguments.Zip(arguments.Skip(1)).Where(pair => pair.First == "--set").Select(pair => pair.Second);
        return [("definition", "cluster-survey"), ("Sample", Path.Combine(mock.Maps, "sample.csv")), ("Maps", mock.Maps), ("Overrides", string.Join('\n', settings))];
    }

    private static Task Until(Func<bool> condition) => Until(() => Task.FromResult(condition()));

    private static async Task Until(Func<Task<bool>> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < patience, "waited in vain");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
