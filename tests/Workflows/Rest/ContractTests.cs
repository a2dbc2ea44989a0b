using System.Text.Json.Nodes;
using ClusterSurvey.Support;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Tests.Rest;

/// <summary>
/// Our answers have the members and kinds that a real Elsa 3.8 server's recorded answers have. Of publish, retract, revert, delete, import, export and
/// bulk actions there is no recording: they are proven in the browser.
/// </summary>
public sealed class ContractTests
{
    // Where we knowingly differ, and why.
    private static readonly Dictionary<string, string[]> known = new()
    {
        // Elsa names the scheduling activity; our executions are found by their paths.
        ["GET_activity_executions_by_id"] = ["/schedulingActivityExecutionId: missing", "/schedulingActivityId: missing"],
        // Elsa has the member too, and leaves it out of instances that were given no name.
        ["GET_workflow_instances_id"] = ["/name: more than was recorded"],
        ["POST_workflow_instances"] = ["/items/*/name: more than was recorded"],
    };

    public static TheoryData<string> Recordings =>
    [
        "GET_activity_execution_summaries_list", "GET_activity_executions_by_id", "GET_activity_executions_list", "GET_descriptors_activities",
        "GET_descriptors_commit_strategies_activities", "GET_descriptors_commit_strategies_workflows", "GET_descriptors_expression_descriptors", "GET_descriptors_incident_strategies",
        "GET_descriptors_log_persistence_strategies", "GET_descriptors_output_converters", "GET_descriptors_storage_drivers", "GET_descriptors_variables",
        "GET_descriptors_workflow_activation_strategies", "GET_features_installed", "GET_workflow_definitions", "GET_workflow_definitions_by_definition_id_id",
        "GET_workflow_definitions_by_id_id", "GET_workflow_definitions_validation_is_name_unique", "GET_workflow_instances_id", "GET_workflow_instances_id_execution_state",
        "GET_workflow_instances_id_variables", "POST_activity_executions_report", "POST_workflow_definitions", "POST_workflow_definitions_id_execute", "POST_workflow_instances",
        "POST_workflow_instances_id_journal",
    ];

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Answer_has_the_shape_of_the_recorded_one(string name)
    {
        var recording = Recording(name);
        await using var host = await StudioHost.Start(Conformance("survey-demo"), Conformance("survey-loop"));
        var ours = await Answer(host, name, recording);

        var differences = Shape.Of(recording["response"]).Differences(Shape.Of(ours)).Except(known.GetValueOrDefault(name, []));

        Assert.True(!differences.Any(), string.Join("; ", differences));
    }

    [Fact]
    public void Recordings_are_all_held_against_our_answers()
    {
        var files = Directory.EnumerateFiles(SharedData.Path("elsa", "contract"), "*.json").Select(Path.GetFileNameWithoutExtension).Where(name => !name!.StartsWith('_'));
        string[] text = ["POST_scripting_javascript_type_definitions_id"];
        Assert.Equal(files.Order(), Recordings.Select(row => (string?)row.Data).Concat(text).Order());
    }

    [Fact]
    public void A_shape_that_differs_is_noticed()
    {
        var recorded = Shape.Of(JsonNode.Parse("""{"items":[{"id":"a","n":1}],"count":1}"""));
        Assert.Empty(recorded.Differences(Shape.Of(JsonNode.Parse("""{"items":[{"id":"b","n":2}],"count":0}"""))));
        Assert.Contains("/items/*/n: recorded Number, ours String", recorded.Differences(Shape.Of(JsonNode.Parse("""{"items":[{"id":"b","n":"2"}],"count":0}"""))));
        Assert.Contains("/count: missing", recorded.Differences(Shape.Of(JsonNode.Parse("""{"items":[]}"""))));
        Assert.Contains("/more: more than was recorded", recorded.Differences(Shape.Of(JsonNode.Parse("""{"items":[],"count":0,"more":1}"""))));
    }

    [Fact]
    public async Task Types_for_scripts_name_variables_and_inputs_of_the_definition()
    {
        await using var host = await StudioHost.Start(Conformance("survey-demo"));
        using var answer = await host.Send("POST", "/scripting/javascript/type-definitions/survey-demo", new JsonObject { ["activityTypeName"] = "Survey.MeasureSpectrum" });
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("application/x-typescript", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("declare function getAmplitude(): number;", text, StringComparison.Ordinal);
        Assert.Contains("declare const input: { Cluster: string; };", text, StringComparison.Ordinal);
    }

    private static async Task<JsonNode> Answer(StudioHost host, string name, JsonNode recording)
    {
        switch (name)
        {
            case "POST_workflow_definitions":
                return await host.Json("POST", "/workflow-definitions", recording["request"]!.DeepClone());
            case "GET_workflow_definitions_by_definition_id_id":
                var created = await host.Json("POST", "/workflow-definitions", Recording("POST_workflow_definitions")["request"]!.DeepClone());
                return await host.Json("GET", $"/workflow-definitions/by-definition-id/{created["workflowDefinition"]!["definitionId"]}?versionOptions=Latest");
            case "GET_workflow_definitions_by_id_id":
                return await host.Json("GET", $"/workflow-definitions/by-id/{host.Store.Find("survey-demo", VersionChoice.Latest)!.Id}");
            case "GET_workflow_definitions_validation_is_name_unique":
                return await host.Json("GET", "/workflow-definitions/validation/is-name-unique?name=New");
            case "POST_workflow_definitions_id_execute":
                return await host.Json("POST", "/workflow-definitions/survey-loop/execute", recording["request"]!.DeepClone());
            case "GET_workflow_definitions":
                return await host.Json("GET", $"/workflow-definitions{recording["query"]}");
        }
        if (name.Contains("descriptors", StringComparison.Ordinal) || name.Contains("features", StringComparison.Ordinal))
            return await host.Json("GET", recording["path"]!.GetValue<string>()["/elsa/api".Length..] + recording["query"]);
        return await AnswerAboutRun(host, name, recording);
    }

    private static async Task<JsonNode> AnswerAboutRun(StudioHost host, string name, JsonNode recording)
    {
        var definition = name is "GET_activity_executions_list" or "GET_activity_executions_by_id" ? "survey-demo" : "survey-loop";
        using var started = await host.Send("POST", $"/workflow-definitions/{definition}/execute", new JsonObject { ["versionOptions"] = "Latest", ["input"] = definition == "survey-demo" ? new JsonObject { ["Cluster"] = "A2142" } : null });
        var id = started.Headers.GetValues("x-elsa-workflow-instance-id").Single();
        if (name == "GET_activity_executions_by_id")
        {
            var list = await host.Json("GET", $"/activity-executions/list?WorkflowInstanceId={id}&ActivityNodeId=Workflow1:flow1:report1");
            return await host.Json("GET", $"/activity-executions/by-id?id={list["items"]![0]!["id"]}");
        }
        var request = recording["request"]?.DeepClone();
        if (request?["workflowInstanceId"] is not null) request["workflowInstanceId"] = id;
        var path = recording["path"]!.GetValue<string>()["/elsa/api".Length..].Split('/');
        if (path is ["", "workflow-instances", _, ..]) path[2] = id;
        var query = System.Text.RegularExpressions.Regex.Replace(recording["query"]!.GetValue<string>(), "WorkflowInstanceId=[0-9a-f]+", $"WorkflowInstanceId={id}");
        return await host.Json(recording["method"]!.GetValue<string>(), string.Join('/', path) + query, request);
    }

    private static JsonNode Recording(string name) => JsonNode.Parse(File.ReadAllText(SharedData.Path("elsa", "contract", $"{name}.json")))!;

    private static WorkflowDocument Conformance(string id) => WorkflowDocument.Load(SharedData.Path("elsa", "conformance", $"{id}.json"));
}
