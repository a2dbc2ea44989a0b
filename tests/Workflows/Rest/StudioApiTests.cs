using System.Net;
using System.Text.Json.Nodes;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Tests.Rest;

/// <summary>What Studio does with definitions and instances, and what must not come in.</summary>
public sealed class StudioApiTests
{
    [Fact]
    public async Task A_definition_goes_from_draft_to_published_and_back()
    {
        await using var host = await StudioHost.Start();
        var draft = await Save(host, Greeting(null, "hello"), publish: false);
        var id = draft["definitionId"]!.GetValue<string>();
        Assert.Equal((1, false), (Number(draft), Published(draft)));
        Assert.Contains(draft["links"]!.AsArray(), link => link!["rel"]!.GetValue<string>() == "publish");

        await host.Json("POST", $"/workflow-definitions/{id}/publish", new JsonObject());
        var second = await Save(host, Greeting(id, "good day"), publish: false);
        Assert.Equal((2, false), (Number(second), Published(second)));
        await Save(host, Greeting(id, "good evening"), publish: true);
        var versions = (await host.Json("GET", $"/workflow-definitions?versionOptions=AllVersions&DefinitionIds={id}&OrderBy=Version"))["items"]!.AsArray();
        Assert.Equal([(1, false), (2, true)], versions.Select(version => (Number(version!), Published(version!))));

        await host.Json("POST", $"/workflow-definitions/{id}/revert/1", new JsonObject());
        var reverted = await host.Json("GET", $"/workflow-definitions/by-definition-id/{id}?versionOptions=Latest");
        Assert.Equal(3, Number(reverted));
        Assert.Equal("hello", reverted["root"]!["text"]!["expression"]!["value"]!.GetValue<string>());

        await host.Json("POST", $"/workflow-definitions/{id}/retract", new JsonObject());
        Assert.Empty((await host.Json("GET", $"/workflow-definitions?versionOptions=Published&DefinitionIds={id}"))["items"]!.AsArray());
        using var deleted = await host.Send("DELETE", $"/workflow-definitions/{id}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var gone = await host.Send("GET", $"/workflow-definitions/by-definition-id/{id}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task What_is_shipped_can_be_edited_over_but_not_deleted()
    {
        await using var host = await StudioHost.Start(Shipped("Old"));
        using var refused = await host.Send("DELETE", "/workflow-definitions/shipped");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        await Save(host, Greeting("shipped", "new"), publish: true);
        Assert.Equal("Greeting", host.Store.Library().Find("shipped").Name);
        await host.Send("DELETE", "/workflow-definitions/shipped");
        Assert.Equal("Old", host.Store.Library().Find("shipped").Name);
    }

    [Fact]
    public async Task Defaults_and_bounds_of_inputs_that_the_designer_does_not_send_are_kept()
    {
        var definition = Greeting("shipped", "hello");
        definition["inputs"] = new JsonArray(new JsonObject { ["name"] = "Size", ["type"] = "Int32", ["defaultValue"] = 7, ["minimum"] = 2, ["maximum"] = 9.5, ["zeroForNone"] = true });
        await using var host = await StudioHost.Start(WorkflowDocument.Parse(definition.ToJsonString(), "test"));
        foreach (var member in (string[])["defaultValue", "minimum", "maximum", "zeroForNone"]) definition["inputs"]![0]!.AsObject().Remove(member);
        var saved = (await Save(host, definition, publish: false))["inputs"]![0]!;
        Assert.Equal((7, 2.0, 9.5, true), (saved["defaultValue"]!.GetValue<int>(), saved["minimum"]!.GetValue<double>(), saved["maximum"]!.GetValue<double>(), saved["zeroForNone"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task A_draft_that_cannot_run_is_kept_and_not_published()
    {
        await using var host = await StudioHost.Start();
        var definition = Greeting("greeting", "hello");
        definition["root"]!["type"] = "Elsa.Unknown";
        using var refused = await host.Send("POST", "/workflow-definitions", new JsonObject { ["model"] = definition, ["publish"] = true });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Elsa.Unknown", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.False(host.Store.Find("greeting", VersionChoice.Latest)!.IsPublished);
    }

    [Fact]
    public async Task Changes_to_a_version_that_others_have_moved_on_from_are_refused()
    {
        await using var host = await StudioHost.Start();
        var first = await Save(host, Greeting("greeting", "1"), publish: true);
        await Save(host, Greeting("greeting", "2"), publish: true);
        await Save(host, Greeting("greeting", "3"), publish: true);
        var stale = Greeting("greeting", "4");
        stale["id"] = first["id"]!.DeepClone();
        using var refused = await host.Send("POST", "/workflow-definitions", new JsonObject { ["model"] = stale });
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    [InlineData("name\n")]
    public async Task An_id_that_would_lead_out_of_the_folder_of_runs_is_refused(string id)
    {
        await using var host = await StudioHost.Start();
        using var refused = await host.Send("POST", "/workflow-definitions", new JsonObject { ["model"] = Greeting(id, "hello") });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Empty(host.Store.Versions());
    }

    [Fact]
    public async Task Json_that_is_nested_too_deeply_or_named_twice_is_refused()
    {
        await using var host = await StudioHost.Start();
        foreach (var body in (string[])[$"{{\"model\":{string.Concat(Enumerable.Repeat("[", 200))}{string.Concat(Enumerable.Repeat("]", 200))}}}", """{"model":{},"model":{}}""", "[]", "{"])
        {
            using var refused = await host.SendText("POST", "/workflow-definitions", body);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
    }

    [Fact]
    public async Task What_is_exported_comes_in_again_as_it_was()
    {
        await using var host = await StudioHost.Start();
        await Save(host, Greeting("greeting", "hello"), publish: true);
        var exported = await host.Json("GET", "/workflow-definitions/greeting/export?versionOptions=Latest");
        await host.Json("POST", "/bulk-actions/delete/workflow-definitions/by-definition-id", new JsonObject { ["definitionIds"] = new JsonArray("greeting") });

        var imported = await host.Json("POST", "/workflow-definitions/import", exported.DeepClone());

        Assert.Equal("hello", imported["root"]!["text"]!["expression"]!["value"]!.GetValue<string>());
        Assert.Equal(exported["root"]!.ToJsonString(), (await host.Json("GET", "/workflow-definitions/greeting/export?versionOptions=Latest"))["root"]!.ToJsonString());
        Assert.Equal("greeting", imported["definitionId"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_fault_is_told_with_its_remedy_and_without_our_code()
    {
        await using var host = await StudioHost.Start();
        var definition = Greeting("faulty", "hello");
        definition["root"] = JsonNode.Parse("""{"id":"f","type":"Elsa.Fault","version":1,"message":{"typeName":"String","expression":{"type":"Literal","value":"no maps"}}}""");
        await Save(host, definition, publish: false);
        using var started = await host.Send("POST", "/workflow-definitions/faulty/execute", new JsonObject { ["versionOptions"] = "Latest" });
        var id = started.Headers.GetValues("x-elsa-workflow-instance-id").Single();
        var instance = await host.Json("GET", $"/workflow-instances/{id}");
        var incident = instance["workflowState"]!["incidents"]![0]!;
        Assert.Contains("no maps", incident["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("What to do:", incident["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain("stackTrace", instance.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        var stats = await host.Json("POST", "/activity-executions/report", new JsonObject { ["workflowInstanceId"] = id, ["activityNodeIds"] = new JsonArray("Workflow1:f") });
        Assert.True(stats["stats"]![0]!["isFaulted"]!.GetValue<bool>());
        using var forgotten = await host.Send("DELETE", $"/workflow-instances/{id}");
        Assert.Equal(HttpStatusCode.NoContent, forgotten.StatusCode);
        Assert.Null(host.Bench.Ledger.Instance(id));
    }

    [Fact]
    public async Task Every_step_has_an_editor_for_every_input()
    {
        await using var host = await StudioHost.Start();
        var items = (await host.Json("GET", "/descriptors/activities"))["items"]!.AsArray();
        var load = items.Single(item => item!["typeName"]!.GetValue<string>() == "Survey.LoadCluster")!;
        string Hint(string name) => load["inputs"]!.AsArray().Single(input => input!["name"]!.GetValue<string>() == name)!["uiHint"]!.GetValue<string>();
        Assert.Equal(("singleline", "singleline", "dropdown", "singleline"), (Hint("Cluster"), Hint("Redshift"), Hint("Instrument"), Hint("Size")));
        Assert.Contains("From 8 to 32. Default: 16", load["inputs"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.All(items, item => Assert.False(string.IsNullOrWhiteSpace(item!["description"]!.GetValue<string>())));
    }

    private static async Task<JsonNode> Save(StudioHost host, JsonObject model, bool publish)
        => (await host.Json("POST", "/workflow-definitions", new JsonObject { ["model"] = model.DeepClone(), ["publish"] = publish }))["workflowDefinition"]!;

    private static int Number(JsonNode definition) => definition["version"]!.GetValue<int>();

    private static bool Published(JsonNode definition) => definition["isPublished"]!.GetValue<bool>();

    private static JsonObject Greeting(string? id, string text) => new()
    {
        ["definitionId"] = id, ["name"] = "Greeting",
        ["root"] = new JsonObject
        {
            ["id"] = "say", ["type"] = "Elsa.WriteLine", ["version"] = 1,
            ["text"] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = text } },
        },
    };

    private static WorkflowDocument Shipped(string name)
    {
        var json = Greeting("shipped", "hello");
        json["name"] = name;
        return WorkflowDocument.Parse(json.ToJsonString(), "test");
    }
}
