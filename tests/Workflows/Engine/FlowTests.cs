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
    public void What_is_scheduled_beside_a_fault_still_runs_and_nothing_that_waits_for_it()
    {
        var chart = Draw.Flowchart(
            "f",
            [Draw.Activity("s", "Elsa.Start"), Draw.Write("a", "a"), Draw.Activity("bad", "Elsa.Fault", ("message", Draw.Literal("no"))), Draw.Sequence("b", Draw.Write("b1", "b1")), Draw.Write("a2", "a2"), Draw.Write("never", "never"), Any("any"), All("all")],
            "s -> a", "s -> bad", "s -> b", "a -> a2", "bad -> never", "a2 -> any", "bad -> any", "a2 -> all", "bad -> all");

        Assert.Equal(["a", "a2", "any", "b", "b1", "s"], Completed(chart, RunStatus.Faulted).Keys.Order());

        static JsonObject Any(string id) => Draw.Activity(id, "Elsa.FlowJoin", ("mode", Draw.Literal("WaitAny")));
        static JsonObject All(string id) => Draw.Activity(id, "Elsa.FlowJoin", ("mode", Draw.Literal("WaitAll")));
    }

    [Fact]
    public void Passes_and_branches_beside_a_fault_run_to_their_ends_and_every_fault_is_an_incident()
    {
        var fault = Draw.Activity("bad", "Elsa.Fault", ("message", Draw.Script("'no ' + getCurrentValue()")));
        var body = Draw.Sequence("body", Draw.Activity("odd", "Elsa.If", ("condition", Draw.Script("getCurrentValue() % 2 === 1")), ("then", fault)), Draw.Write("w", "x"));
        var definition = Draw.Definition("passes", ParallelForEachTests.Loop("[1, 2, 3, 4]", body));
        using var bench = new TestBench(definition);

        var outcome = bench.Run(definition, parallelism: 2, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(RunStatus.Faulted, outcome.Status);
        Assert.Equal(["no 1", "no 3"], outcome.Incidents.Select(incident => incident.Message).Order());
        Assert.Equal(2, bench.Ledger.Completions(outcome.InstanceId)["w"]);
        Assert.Equal(["a"], Completed(Draw.Activity("fork", "Elsa.Fork", ("branches", new JsonArray(Draw.Activity("bad", "Elsa.Fault"), Draw.Write("a", "a")))), RunStatus.Faulted).Keys);
    }

    [Theory]
    [InlineData("true", "True")]
    [InlineData("'true'", "True")]
    [InlineData("'TRUE'", "True")]
    [InlineData("1", "True")]
    [InlineData("-0.5", "True")]
    [InlineData("0", "False")]
    [InlineData("'1'", "False")]
    [InlineData("'yes'", "False")]
    [InlineData("''", "False")]
    [InlineData("null", "False")]
    [InlineData("undefined", "False")]
    [InlineData("({})", "False")]
    [InlineData("[true]", "False")]
    public void Condition_that_is_no_flag_is_what_Elsa_makes_of_it(string script, string outcome)
    {
        var decision = Draw.Activity("d", "Elsa.FlowDecision", ("condition", Draw.Script(script)));
        var choice = Draw.Activity("i", "Elsa.If", ("condition", Draw.Script(script)), ("then", Draw.Write("True2", "x")), ("else", Draw.Write("False2", "x")));
        var chart = Draw.Flowchart("f", [decision, Draw.Write("True", "x"), Draw.Write("False", "x"), choice], "d.True -> True", "d.False -> False", "True -> i", "False -> i");

        Assert.Equal(new[] { "d", "f", "i", outcome, $"{outcome}2" }.Order(), Completed(chart).Keys.Order());
    }

    [Fact]
    public void Inputs_of_Elsa_s_activities_that_are_not_set_have_Elsa_s_defaults()
    {
        var chart = Draw.Flowchart(
            "f",
            [Draw.Activity("d", "Elsa.FlowDecision"), Draw.Activity("fork", "Elsa.FlowFork"), Draw.Activity("i", "Elsa.If", ("then", Draw.Write("then", "x"))), Draw.Activity("e", "Elsa.ForEach", ("body", Draw.Write("pass", "x"))), Draw.Write("w", "x")],
            "d.False -> fork", "fork -> i", "i -> e", "e -> w");

        Assert.Equal(["d", "e", "f", "fork", "i", "w"], Completed(chart).Keys.Order());
    }

    [Fact]
    public void Inner_variable_hides_the_outer_one_and_begins_anew_with_every_pass()
    {
        var body = Draw.Sequence("body", Draw.Assign("add", "inner", Draw.Script("getN() + getCurrentValue()")), Draw.Assign("sum", "Sum", Draw.Script("getSum() + getN()")));
        body["variables"] = new JsonArray(new JsonObject { ["id"] = "inner", ["name"] = "N", ["typeName"] = "Int32", ["value"] = "100" });
        var definition = Draw.Definition(
            "scopes",
            Draw.Sequence("s", Draw.Activity("e", "Elsa.ForEach", ("items", Draw.Expression("Object", "[1, 2]")), ("body", body)), Draw.Output("o", "All", Draw.Script("[getN(), getSum()]"))),
            [Draw.Variable("N", "Int32", "7"), Draw.Variable("Sum", "Int32", "0")],
            outputs: [Draw.Declared("All")]);
        using var bench = new TestBench(definition);

        Assert.Equal("[7,203]", bench.Run(definition, cancellation: TestContext.Current.CancellationToken).Outputs["All"]!.ToJsonString());
    }

    [Fact]
    public void Expression_that_fails_names_its_activity_and_its_input()
    {
        var definition = Draw.Definition("script", Draw.Activity("measure", "Elsa.WriteLine", ("text", Draw.Script("null.x"))));
        using var bench = new TestBench(definition);

        var incident = Assert.Single(bench.Run(definition, cancellation: TestContext.Current.CancellationToken).Incidents);

        Assert.StartsWith("activity 'measure', input 'Text': JavaScript expression 'null.x': ", incident.Message, StringComparison.Ordinal);
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

    private static IReadOnlyDictionary<string, int> Completed(JsonObject chart, RunStatus status = RunStatus.Finished)
    {
        var definition = Draw.Definition("flow", (JsonObject)chart.DeepClone());
        using var bench = new TestBench(definition);
        var outcome = bench.Run(definition, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(status, outcome.Status);
        return bench.Ledger.Completions(outcome.InstanceId);
    }
}
