using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ClusterSurvey.Runner.Tests.EndToEnd;
using ClusterSurvey.Support;

namespace ClusterSurvey.Runner.Tests.Web;

/// <summary>The web application in Debian's Chromium. Set CLUSTERSURVEY_SHOTS to a folder to keep pictures of what is seen.</summary>
public sealed class BrowserTests(MockSurvey mock)
{
    [Fact]
    public async Task In_the_designer_a_workflow_is_changed_published_and_run_to_its_end()
    {
        using var server = ServedRuns.Start(mock.Fresh("designed"));
        await Import(server, TwoClusters());
        Run("studio.mjs", server);
    }

    [Fact]
    public async Task A_step_is_dragged_in_connected_and_set_and_its_run_and_a_fault_are_read_in_the_designer()
    {
        using var server = ServedRuns.Start(mock.Fresh("connected"));
        await Import(server, TwoClusters());
        Run("connect.mjs", server, ("BROKEN", DamagedMaps()));
    }

    [Fact]
    public async Task In_its_lists_workflows_are_published_taken_back_exported_copied_deleted_and_their_versions_come_back()
    {
        using var server = ServedRuns.Start(mock.Fresh("listed"));
        await Import(server, Greeting("alpha", "The alpha", "hello"));
        await Import(server, Greeting("beta", "The beta", "hello"));
        await Import(server, Greeting("say", "Say", "hello"));
        using var published = await server.Post("/elsa/api/workflow-definitions/say/publish");
        await Import(server, Greeting("say", "Say", "second"));
        Run("lists.mjs", server);
    }

    [Fact]
    public void A_sample_of_ones_own_is_sent_with_its_maps_run_offered_in_the_designer_and_deleted()
    {
        using var server = ServedRuns.Start(mock.Fresh("sent"));
        var settings = mock.Arguments(mock.Home);
        Run("samples.mjs", server, ("MAPS", mock.Maps), ("SETTINGS", string.Join('\n', settings.Zip(settings.Skip(1)).Where(pair => pair.First == "--set").Select(pair => pair.Second))));
    }

    [Fact]
    public async Task Our_pages_are_accessible_on_any_screen_and_by_keyboard()
    {
        using var server = ServedRuns.Start(mock.Home);
        Assert.Contains(Path.GetFileName(mock.Run), await server.Page("/runs"), StringComparison.Ordinal);
        Run("pages.mjs", server);
    }

    [Fact]
    public void The_pages_of_a_report_lead_to_each_other_in_the_web_application_and_from_the_disk()
    {
        using var server = ServedRuns.Start(mock.Home);
        Run("report.mjs", server, ("REPORT", Path.Combine(mock.Run, "report")));
    }

    [Fact]
    public void Two_runs_are_chosen_by_keyboard_and_compared_on_any_screen()
    {
        var home = mock.Fresh("compared");
        var runs = ((string[][])[[], ["--set", "draws=250", "--clusters", "A85,A644"]]).Select(more => Path.GetFileName(mock.Survey(home, more)["folder"]!.GetValue<string>())).ToList();
        using var server = ServedRuns.Start(home);
        Run("compare.mjs", server, ("RUNS", string.Join(' ', runs)));
    }

    [Fact]
    public async Task A_schedule_is_run_now_paused_and_removed_by_keyboard_on_any_screen()
    {
        var home = mock.Fresh("scheduled");
        using var server = ServedRuns.Start(home);
        await Import(server, Greeting("say", "Say", "hello"));
        using var published = await server.Post("/elsa/api/workflow-definitions/say/publish");
        SurveyProgram.Run("schedule", "add", "nightly", "--cron", "0 3 * * *", "--time-zone", "UTC", "--run", "say", "--out", home).Expect(0);
        Run("schedules.mjs", server);
    }

    private static JsonObject Greeting(string id, string name, string text) => JsonNode.Parse($$"""
        {
          "definitionId": "{{id}}", "name": "{{name}}", "inputs": [{ "type": "Int32", "name": "Size", "displayName": "Size", "defaultValue": 7 }],
          "root": {
            "id": "flow", "type": "Elsa.Flowchart", "version": 1, "connections": [],
            "activities": [{
              "id": "first", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "{{text}}" } },
              "metadata": { "designer": { "position": { "x": 40, "y": 40 } } }
            }]
          }
        }
        """)!.AsObject();

    // The maps of the sample, one of them no map any more.
    private string DamagedMaps()
    {
        var folder = Directory.CreateDirectory(mock.Fresh("damaged maps")).FullName;
        foreach (var file in Directory.EnumerateFiles(mock.Maps)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(folder, "mosaic_A644.fits.gz"), "no map");
        return folder;
    }

    // The shipped survey, with defaults for a sample of two clusters: the designer's own button asks for no inputs.
    private JsonObject TwoClusters()
    {
        var definition = JsonNode.Parse(SurveyProgram.Run("workflows", "show", "cluster-survey").Expect(0).Output)!.AsObject();
        (definition["definitionId"], definition["name"]) = ("two-clusters", "Two clusters");
        var arguments = mock.Arguments(mock.Home);
        var settings = arguments.Zip(arguments.Skip(1)).Where(pair => pair.First == "--set").Select(pair => pair.Second.Split('=', 2));
        var overrides = new JsonObject(settings.Select(setting => KeyValuePair.Create(setting[0], setting[0] is "regions" ? JsonNode.Parse(setting[1]) : int.TryParse(setting[1], out var number) ? number : JsonValue.Create(setting[1]))));
        var defaults = new Dictionary<string, JsonNode> { ["Sample"] = Path.Combine(mock.Maps, "sample.csv"), ["Maps"] = mock.Maps, ["Clusters"] = "A85,A644", ["Overrides"] = overrides };
        foreach (var input in definition["inputs"]!.AsArray())
            if (defaults.TryGetValue(input!["name"]!.GetValue<string>(), out var value)) input["defaultValue"] = value;
        return definition;
    }

    private static async Task Import(ServedRuns server, JsonObject definition)
    {
        using var client = new HttpClient();
        using var answer = await client.PostAsync($"{server.Address}/elsa/api/workflow-definitions/import", new StringContent(definition.ToJsonString(), Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private void Run(string script, ServedRuns server, params (string Name, string Value)[] more)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(SharedData.RepositoryRoot, "tests", "Runner", "Browser", script)]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["BASE_URL"] = server.Address;
        start.Environment["RUN"] = Path.GetFileName(mock.Run);
        foreach (var (name, value) in more) start.Environment[name] = value;
        if (Environment.GetEnvironmentVariable("CLUSTERSURVEY_SHOTS") is { } shots) start.Environment["SHOTS"] = Directory.CreateDirectory(shots).FullName;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{script}: {errors}{output.Result}");
    }
}
