using System.Text.Json.Nodes;
using ClusterSurvey.Runner.Tests.EndToEnd;
using ClusterSurvey.Runner.Tests.Web;

namespace ClusterSurvey.Runner.Tests.Schedules;

/// <summary>The real program: schedules from the command line, fired by a real server.</summary>
public sealed class ScheduleCommandTests : IDisposable
{
    private const string Greeting = """{ "definitionId": "say", "name": "Say", "root": { "id": "w", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "hello" } } } }""";

    // Only a test that would never end meets it.
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(2);

    private readonly ScratchFolder folder = new();

    [Fact]
    public async Task Server_runs_what_is_due_and_what_is_asked_for_and_sees_what_the_command_line_changes()
    {
        using var server = ServedRuns.Start(folder["runs"]);
        Add("often", "* * * * * ?");
        Add("yearly", "@yearly");
        Schedule("run-now", "yearly").Expect(0);
        await Until(() => History("often").Count(IsDone) > 1 && History("yearly").Any(IsDone));
        Schedule("pause", "often").Expect(0);
        await Until(() => History("often").All(fire => fire!["outcome"]!.GetValue<string>() is "done" or "skipped"));
        var fires = History("often").Count;

        var run = History("yearly").Single()!;
        Assert.Equal("run-now", run["cause"]!.GetValue<string>());
        Assert.Equal("Finished", (await server.Instance(run["run"]!.GetValue<string>()))["subStatus"]!.GetValue<string>());
        Assert.Equal(fires, History("often").Count);
        Schedule("remove", "often").Expect(0);
        Assert.Equal("yearly", Assert.Single(Schedule("list", "--json").Expect(0).Json.AsArray())!["name"]!.GetValue<string>());
    }

    [Fact]
    public void Next_five_fires_are_shown_when_a_schedule_is_added()
    {
        var lines = Add("nightly", "30 2 * * *").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(6, lines.Length);
        Assert.All(lines[1..], line => Assert.Matches(@"^  (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{4}-\d\d-\d\d 02:30 \+00:00$", line));
        Assert.Contains("nightly", Schedule("list").Expect(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--cron", "0 3 * *", "--cron")]
    [InlineData("--time-zone", "Mars/Olympus", "--time-zone")]
    [InlineData("--overlap", "quue", "did you mean 'queue'?")]
    [InlineData("--misfire", "never", "run or skip")]
    [InlineData("--time-limit", "long", "--time-limit")]
    [InlineData("--time-limit", "-1h", "--time-limit")]
    [InlineData("--run", "sai", "sai")]
    [InlineData("--sample", "table.csv", "--sample")]
    public void What_is_wrong_with_a_schedule_is_told_before_it_is_there(string option, string value, string says)
    {
        var refused = Schedule(["add", "nightly", .. Options("0 3 * * *").Where(pair => pair.Option != option).Append((option, value)).SelectMany(pair => (string[])[pair.Item1, pair.Item2])]).Expect(2);
        Assert.Contains(says, Assert.Single(refused.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Empty(Schedule("list", "--json").Expect(0).Json.AsArray());
    }

    [Fact]
    public void Folder_is_watched_that_is_there_and_that_runs_do_not_change()
    {
        var (maps, definition) = (Directory.CreateDirectory(folder["maps"]).FullName, folder.Write("say.json", Greeting));
        SurveyProgram.Outcome Watch(string name, params string[] more) => Schedule(["add", name, "--run", definition, .. more]);
        Watch("new", "--watch", maps).Expect(0);
        Assert.Contains($"changes of {maps}", Schedule("list").Expect(0).Output, StringComparison.Ordinal);
        Schedule("pause", "new").Expect(0);
        Assert.Contains("when it changes", Schedule("resume", "new").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("in which the folder of runs is", Watch("itself", "--watch", folder.Path).Expect(2).Errors, StringComparison.Ordinal);
        Assert.Contains("which is not there", Watch("gone", "--watch", folder["nowhere"]).Expect(2).Errors, StringComparison.Ordinal);
        Assert.Contains("both --cron and --watch", Watch("both", "--watch", maps, "--cron", "@daily").Expect(2).Errors, StringComparison.Ordinal);
        Assert.Contains("neither --cron nor --watch", Watch("none").Expect(2).Errors, StringComparison.Ordinal);
        Assert.Contains("beside --watch", Watch("queued", "--watch", maps, "--overlap", "skip").Expect(2).Errors, StringComparison.Ordinal);
        Assert.Single(Schedule("list", "--json").Expect(0).Json.AsArray());
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("nightly")]
    public void Name_that_cannot_be_taken_is_refused(string name)
    {
        Add("nightly", "0 3 * * *");
        Assert.StartsWith("error: schedule add: found", Schedule(["add", name, .. Options("0 4 * * *").SelectMany(pair => (string[])[pair.Option, pair.Value])]).Expect(2).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("remove")]
    [InlineData("run-now")]
    [InlineData("history")]
    public void Schedule_that_is_not_there_is_named_with_what_was_probably_meant(string verb)
    {
        Add("nightly", "0 3 * * *");
        Assert.Contains("did you mean 'nightly'?", Schedule(verb, "nightli").Expect(2).Errors, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private (string Option, string Value)[] Options(string cron) => [("--cron", cron), ("--time-zone", "UTC"), ("--run", folder.Write("say.json", Greeting))];

    private SurveyProgram.Outcome Add(string name, string cron) => Schedule(["add", name, .. Options(cron).SelectMany(pair => (string[])[pair.Option, pair.Value])]).Expect(0);

    private SurveyProgram.Outcome Schedule(params string[] words) => SurveyProgram.Run(["schedule", .. words, "--out", folder["runs"]]);

    private JsonArray History(string name) => Schedule("history", name, "--json").Expect(0).Json.AsArray();

    private static bool IsDone(JsonNode? fire) => fire!["outcome"]!.GetValue<string>() == "done";

    private static async Task Until(Func<bool> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < patience, "waited in vain");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
