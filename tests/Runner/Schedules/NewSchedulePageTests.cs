using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Tests.EndToEnd;
using ClusterSurvey.Runner.Web;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Tests.Schedules;

/// <summary>The form of the web application that adds a schedule.</summary>
public sealed partial class NewSchedulePageTests : IDisposable
{
    // Its input has the name of a field of the form's own.
    private const string Greeting = """{"model":{"definitionId":"say","name":"Say","inputs":[{"type":"String","name":"name","displayName":"Whom to greet"}],"root":{"id":"s","type":"Elsa.WriteLine","version":1}},"publish":true}""";

    private static readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    private readonly ScratchFolder folder = new();
    private readonly HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false });

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_schedule_is_looked_at_before_it_is_added_and_what_is_wrong_is_told_beside_what_was_written()
    {
        await using var server = await WebServer.Start(new RunHome(folder.Path), new ListenAddress(IPAddress.Loopback, 0), TimeProvider.System, cancellation);
        using (var saved = await client.PostAsync(server.Address + "/elsa/api/workflow-definitions", new StringContent(Greeting, Encoding.UTF8, "application/json"), cancellation)) Assert.True(saved.IsSuccessStatusCode);
        Assert.Contains("href=\"/new-schedule\"", await client.GetStringAsync(server.Address + "/schedules", cancellation), StringComparison.Ordinal);
        Assert.Contains("Whom to greet", await client.GetStringAsync(server.Address + "/new-schedule?definition=say", cancellation), StringComparison.Ordinal);

        var (status, page) = await Send(server, "preview", ("schedule-cron", "30 2 * * *"));
        Assert.Equal((HttpStatusCode.OK, 5), (status, Fire().Count(page)));
        Assert.Contains("value=\"Ada\"", page, StringComparison.Ordinal);
        Assert.Empty(Rows());

        (string Field, string Value, string Says)[] wrong =
        [
            ("schedule-cron", "30 25 * * *", "--cron: found"), ("schedule-zone", "Mars", "--time-zone: found"), ("schedule-limit", "long", "--time-limit: found"), ("schedule-notify", "me@host", "--notify: found"),
            ("schedule-watch", folder.Path, "in which the folder of runs is"), ("schedule-cron", "", "neither --cron nor --watch"), ("seed", "-1", "Seed: found"), ("name", "", "say.name: found no value"),
        ];
        foreach (var (field, value, says) in wrong)
        {
            var refused = await Send(server, "add", ("schedule-cron", "30 2 * * *"), (field, value));
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.Contains(says, WebUtility.HtmlDecode(refused.Page), StringComparison.Ordinal);
            Assert.Contains("nothing was added", refused.Page, StringComparison.Ordinal);
        }
        Assert.Empty(Rows());

        Assert.Equal(HttpStatusCode.Redirect, (await Send(server, "add", ("schedule-cron", "30 2 * * *"))).Status);
        var row = Assert.Single(Rows());
        Assert.Equal(("every night", "30 2 * * *", "UTC", "say", OverlapPolicy.Queue, MisfirePolicy.Run, 21600d), (row.Name, row.Cron, row.TimeZone, row.Definition, row.Overlap, row.Misfire, row.TimeLimitSeconds));
        Assert.Equal(("""{"name":"Ada"}""", """["mailto:ada@example.org","https://example.org/{env:HOOK}"]"""), (row.Inputs, row.Notify));
        Assert.Contains("every night", await client.GetStringAsync(server.Address + "/schedules/every%20night", cancellation), StringComparison.Ordinal);
        Assert.Contains("a name that is not taken", (await Send(server, "add", ("schedule-cron", "30 2 * * *"))).Page, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Page)> Send(WebServer server, string action, params (string Name, string Value)[] changes)
    {
        var fields = new Dictionary<string, string>
        {
            ["definition"] = "say", ["name"] = "Ada", ["seed"] = "1", ["schedule-name"] = "every night", ["schedule-zone"] = "UTC", ["schedule-overlap"] = "queue", ["schedule-limit"] = "6h",
            ["schedule-notify"] = "mailto:ada@example.org\r\n\r\nhttps://example.org/{env:HOOK}", ["schedule-action"] = action,
        };
        foreach (var (name, value) in changes) fields[name] = value;
        using var answer = await client.PostAsync(server.Address + "/new-schedule", new FormUrlEncodedContent(fields), cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation));
    }

    private IReadOnlyList<ScheduleRow> Rows()
    {
        var home = new RunHome(folder.Path);
        using var ledger = home.OpenLedger();
        return home.SchedulesIn(ledger).All;
    }

    [GeneratedRegex(@"02:30 (?:&#x2B;|\+)00:00")]
    private static partial Regex Fire();
}
