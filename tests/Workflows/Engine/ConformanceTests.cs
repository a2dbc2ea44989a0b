using System.Text.Json.Nodes;
using ClusterSurvey.Support;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Tests.Engine;

/// <summary>
/// The definitions that a real Elsa 3.8 server ran, and what it made of them: status, names of outputs and how often each
/// activity completed. Values depend on the demonstration steps, which have doubles here, unless scripts alone make them.
/// </summary>
public sealed class ConformanceTests
{
    public static TheoryData<string> Definitions =>
    [
        "c-child", "c-decision", "c-end", "c-fault", "c-fork", "c-if", "c-join-WaitAll", "c-join-WaitAllActive", "c-join-skip", "c-outcome", "c-studioform", "survey-demo", "survey-loop",
    ];

    [Theory]
    [MemberData(nameof(Definitions))]
    public void Definition_ends_as_in_a_real_Elsa_server(string id)
    {
        var expected = JsonNode.Parse(File.ReadAllText(SharedData.Path("elsa", "conformance", "expected.json")))![id]!;
        var definition = WorkflowDocument.Load(SharedData.Path("elsa", "conformance", $"{id}.json"));
        using var bench = new TestBench(definition);

        // The server was given a cluster for every definition, also for those that declare no input.
        var outcome = bench.Run(definition, expected["input"]!.AsObject(), cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(expected["subStatus"]!.GetValue<string>(), outcome.SubStatus);
        Assert.Equal(expected["output"]!.AsObject().Select(output => output.Key).Order(), outcome.Outputs.Keys.Order());
        Assert.Equal(
            expected["completed"]!.AsObject().ToDictionary(count => count.Key, count => count.Value!.GetValue<int>()).OrderBy(count => count.Key),
            bench.Ledger.Completions(outcome.InstanceId).OrderBy(count => count.Key));
    }

    // With node ids, the memory of every input, and the designer's positions: nothing of it stands in the way.
    [Fact]
    public void Document_as_a_real_server_hands_it_out_runs()
    {
        var answer = JsonNode.Parse(File.ReadAllText(SharedData.Path("elsa", "contract", "GET_workflow_definitions_by_id_id.json")))!["response"]!;
        var definition = WorkflowDocument.Parse(answer.ToJsonString(), "server");
        using var bench = new TestBench(definition);

        var outcome = bench.Run(definition, new JsonObject { ["Cluster"] = "A2319" }, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal("Finished", outcome.SubStatus);
        Assert.Equal(["Report"], outcome.Outputs.Keys);
        Assert.Equal(definition.Activities.Select(activity => activity.Id).Order(), bench.Ledger.Completions(outcome.InstanceId).Keys.Order());
        Assert.True(JsonNode.DeepEquals(answer, definition.ToJson()));
    }

    [Theory]
    [InlineData("c-decision", "m")]
    [InlineData("c-fork", "f")]
    [InlineData("c-if", "x")]
    [InlineData("c-join-WaitAll", "j")]
    [InlineData("c-join-WaitAllActive", "j")]
    [InlineData("c-child", "counts 804")]
    [InlineData("c-outcome", "amp 5.000")]
    [InlineData("c-studioform", "a=4")]
    public void Output_is_what_the_scripts_make(string id, string value)
    {
        var definition = WorkflowDocument.Load(SharedData.Path("elsa", "conformance", $"{id}.json"));
        using var bench = new TestBench(definition);

        var outcome = bench.Run(definition, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(value, outcome.Outputs["Done"]!.GetValue<string>());
    }
}
