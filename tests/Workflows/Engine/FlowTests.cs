using System.Text.Json.Nodes;
using ClusterSurvey.Workflows.Engine;

namespace ClusterSurvey.Workflows.Tests.Engine;

public sealed class FlowTests
{
    [Theory]
    [InlineData("WaitAny", "s a b c j out")]
    [InlineData("WaitAll", "s a b c j out")]
    [InlineData("WaitAllActive", "s a b c j out")]
    public void Join_runs_once_whatever_its_mode(string mode, string completed)
    {
        var join = Draw.Activity("j", "Elsa.FlowJoin", ("mode", Draw.Literal(mode)));
        var chart = Draw.Flowchart("f", [Draw.Activity("s", "Elsa.Start"), Draw.Write("a", "a"), Draw.Write("b", "b"), Draw.Write("c", "c"), join, Draw.Write("out", "out")], "s -> a", "s -> b", "b -> c", "a -> j", "c -> j", "j -> out");

        Assert.Equal(completed.Split(' ').Append("f").Order(), Completed(chart).Keys.Order());
        Assert.All(Completed(chart).Values, count => Assert.Equal(1, count));
    }

    [Theory]
    [InlineData("WaitAll", false)]
    [InlineData("WaitAllActive", true)]
    [InlineData("WaitAny", true)]
    public void Join_behind_a_skipped_branch_follows_its_mode(string mode, bool runs)
    {
        var decision = Draw.Activity("d", "Elsa.FlowDecision", ("condition", Draw.Script("true")));
        var join = Draw.Activity("j", "Elsa.FlowJoin", ("mode", Draw.Literal(mode)));
        var chart = Draw.Flowchart("f", [decision, Draw.Write("a", "a"), Draw.Write("b", "b"), join], "d.True -> a", "d.False -> b", "a -> j", "b -> j");

        Assert.Equal(runs, Completed(chart).ContainsKey("j"));
        Assert.False(Completed(chart).ContainsKey("b"));
    }

    [Fact]
    public void Line_back_runs_its_target_again()
    {
        var count = Draw.Assign("add", "N", Draw.Script("getN() + 1"));
        var again = Draw.Activity("again", "Elsa.FlowDecision", ("condition", Draw.Script("getN() < 3")));
        var chart = Draw.Flowchart("f", [count, again, Draw.Write("out", "out")], "add -> again", "again.True -> add", "again.False -> out");
        var definition = Draw.Definition("loop", chart, [Draw.Variable("N", "Int32", "0")]);
        using var bench = new TestBench(definition);

        var outcome = bench.Run(definition, cancellation: TestContext.Current.CancellationToken);

        var completed = bench.Ledger.Completions(outcome.InstanceId);
        Assert.Equal((3, 3, 1), (completed["add"], completed["again"], completed["out"]));
        Assert.Contains(bench.Ledger.Activities(outcome.InstanceId), record => record.Path == "Workflow1:f:add#3");
    }

    [Fact]
    public void Order_of_activities_in_the_document_means_nothing()
    {
        var chart = Draw.Flowchart("f", [Draw.Write("last", "3"), Draw.Write("middle", "2"), Draw.Activity("s", "Elsa.Start")], "s -> middle", "middle -> last");
        var definition = Draw.Definition("order", chart);
        using var bench = new TestBench(definition);

        bench.Run(definition, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(["2", "3"], bench.Events.All.OfType<ActivityWrote>().Select(wrote => wrote.Text));
    }

    [Fact]
    public void Loop_passes_see_their_value_and_index_and_leave_sums_outside()
    {
        var body = Draw.Assign("add", "Sum", Draw.Script("getSum() + getCurrentValue() * (getCurrentIndex() + 1)"));
        var definition = Draw.Definition(
            "each",
            Draw.Sequence("s", Draw.Activity("e", "Elsa.ForEach", ("items", Draw.Expression("Object", "[10, 20, 30]")), ("body", body)), Draw.Output("o", "Sum", Draw.Script("variables.Sum"))),
            [Draw.Variable("Sum", "Double", "0")],
            outputs: [Draw.Declared("Sum", "Double")]);
        using var bench = new TestBench(definition);

        Assert.Equal(140, bench.Run(definition, cancellation: TestContext.Current.CancellationToken).Outputs["Sum"]!.GetValue<double>());
    }

    [Fact]
    public void Called_workflow_gets_inputs_and_gives_outputs_as_result()
    {
        var child = Draw.Definition(
            "child",
            Draw.Output("o", "Twice", Draw.Script("getInput('Number') * 2 + getInput('Plus')")),
            inputs: [Draw.Input("Number", "Int32"), Draw.Input("Plus", "Int32", "5")],
            outputs: [Draw.Declared("Twice", "Int32")]);
        var parent = Draw.Definition(
            "parent",
            Draw.Sequence("s", Draw.Call("c", "child", Draw.Script("({ Number: 21 })"), "Answer"), Draw.Output("o", "Answer", Draw.Script("getAnswer().Twice"))),
            [Draw.Variable("Answer", "Object")],
            outputs: [Draw.Declared("Answer")]);
        using var bench = new TestBench(child, parent);

        var outcome = bench.Run(parent, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(47, outcome.Outputs["Answer"]!.GetValue<int>());
        var called = Assert.Single(bench.Ledger.Called(outcome.InstanceId));
        Assert.Equal(("child", "Finished"), (called.DefinitionId, called.SubStatus));
    }

    [Fact]
    public void Fork_runs_its_branches_side_by_side()
    {
        var definition = Draw.Definition("fork", Draw.Activity("f", "Elsa.Fork", ("branches", new JsonArray(Meet("a", "fork"), Meet("b", "fork")))));
        using var bench = new TestBench(definition);

        Assert.Equal(RunStatus.Finished, bench.Run(definition, parallelism: 2, cancellation: TestContext.Current.CancellationToken).Status);
    }

    [Fact]
    public void Fault_activity_ends_the_run_and_says_why()
    {
        var definition = Draw.Definition("fault", Draw.Sequence("s", Draw.Activity("f", "Elsa.Fault", ("code", Draw.Literal("E7")), ("message", Draw.Literal("no maps"))), Draw.Write("w", "never")));
        using var bench = new TestBench(definition);

        var outcome = bench.Run(definition, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(RunStatus.Faulted, outcome.Status);
        Assert.Equal("E7: no maps", Assert.Single(outcome.Incidents).Message);
        Assert.DoesNotContain("w", bench.Ledger.Completions(outcome.InstanceId).Keys);
    }

    [Fact]
    public void Unset_input_keeps_its_default_and_an_emptied_field_too()
    {
        var definition = Draw.Definition(
            "defaults",
            Draw.Sequence("s", Draw.Activity("l", "Survey.LoadCluster", ("size", Draw.Literal("")), ("redshift", Draw.Expression("Literal", null))), Draw.Output("o", "Map", Draw.Script("getOutputFrom('l', 'Map')"))),
            outputs: [Draw.Declared("Map")]);
        using var bench = new TestBench(definition);

        var map = bench.Run(definition, cancellation: TestContext.Current.CancellationToken).Outputs["Map"]!;

        Assert.Equal((16, 0.0557), (map["size"]!.GetValue<int>(), map["redshift"]!.GetValue<double>()));
    }

    internal static JsonObject Meet(string id, string place, int count = 2)
        => Draw.Activity(id, "Survey.Meet", ("place", Draw.Literal(place)), ("count", Draw.Literal(count.ToString(System.Globalization.CultureInfo.InvariantCulture))));

    private static IReadOnlyDictionary<string, int> Completed(JsonObject chart)
    {
        var definition = Draw.Definition("flow", (JsonObject)chart.DeepClone());
        using var bench = new TestBench(definition);
        return bench.Ledger.Completions(bench.Run(definition, cancellation: TestContext.Current.CancellationToken).InstanceId);
    }
}
