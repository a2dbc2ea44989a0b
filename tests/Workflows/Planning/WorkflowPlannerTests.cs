using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Planning;

namespace ClusterSurvey.Workflows.Tests.Planning;

public sealed class WorkflowPlannerTests
{
    [Fact]
    public void Before_the_first_run_everything_is_to_run_and_what_follows_waits()
    {
        using var bench = new TestBench(Survey("planned-first"));
        var plan = Plan(bench, "planned-first", ("A", 1), ("B", 2));
        Assert.Equal(["A first", "A second", "B first", "B second"], plan.Steps.Select(step => $"{step.Cluster} {step.Step}"));
        Assert.Equal(["never ran for this cluster", "waits for first", "never ran for this cluster", "waits for first"], plan.Steps.Select(step => step.Reason));
        Assert.Equal((0, 4), (plan.Cached, plan.ToRun));
        Assert.Null(plan.Seconds);
        Assert.Equal(0, Work.Runs("planned-first A"));
        Assert.Empty(bench.Ledger.Instances());
    }

    [Fact]
    public void After_a_run_everything_is_cached()
    {
        using var bench = new TestBench(Survey("planned-again"));
        Run(bench, "planned-again", ("A", 1), ("B", 2));
        var plan = Plan(bench, "planned-again", ("A", 1), ("B", 2));
        Assert.Equal((4, 0), (plan.Cached, plan.ToRun));
        Assert.Equal((0.0, 0L), (plan.Seconds, plan.Bytes));
    }

    [Fact]
    public void A_change_reaches_what_depends_on_it_and_nothing_else()
    {
        using var bench = new TestBench(Survey("planned-change"));
        Run(bench, "planned-change", ("A", 1), ("B", 2));
        var plan = Plan(bench, "planned-change", ("A", 1), ("B", 3));
        Assert.Equal([true, true, false, false], plan.Steps.Select(step => step.IsCached));
        Assert.Equal(new FieldChange("Number", "2", "3"), Assert.Single(plan.Steps[2].Changes));
        Assert.Equal("waits for first", plan.Steps[3].Reason);
        Assert.NotNull(plan.Seconds);

        // What was planned is what happens.
        var before = Work.Runs("planned-change A");
        Run(bench, "planned-change", ("A", 1), ("B", 3));
        Assert.Equal(before, Work.Runs("planned-change A"));
        Assert.Equal(0, Plan(bench, "planned-change", ("A", 1), ("B", 3)).ToRun);
    }

    [Fact]
    public void A_result_that_was_lost_is_told_from_one_that_never_was()
    {
        using var bench = new TestBench(Survey("planned-lost"));
        Run(bench, "planned-lost", ("A", 1));
        Directory.Delete(Path.Combine(bench.Store.Root, "results"), recursive: true);
        var plan = Plan(bench, "planned-lost", ("A", 1));
        Assert.Equal(["its result is gone or damaged", "waits for first"], plan.Steps.Select(step => step.Reason));
    }

    [Fact]
    public void A_fresh_run_computes_everything()
    {
        using var bench = new TestBench(Survey("planned-fresh"));
        Run(bench, "planned-fresh", ("A", 1));
        var plan = Planner(bench).Plan(Request("planned-fresh", [("A", 1)]) with { Fresh = true }, TestContext.Current.CancellationToken);
        Assert.Equal(["everything is to be computed", "waits for first"], plan.Steps.Select(step => step.Reason));
    }

    [Fact]
    public void What_two_loops_ask_of_a_cluster_is_planned_once()
    {
        var twice = Survey("planned-twice").ToJson();
        var again = JsonNode.Parse(twice["root"]!.ToJsonString().Replace("\"id\":\"each\"", "\"id\":\"again\"", StringComparison.Ordinal).Replace("\"id\":\"body\"", "\"id\":\"bodyAgain\"", StringComparison.Ordinal)
            .Replace("\"id\":\"first\"", "\"id\":\"firstAgain\"", StringComparison.Ordinal).Replace("\"id\":\"second\"", "\"id\":\"secondAgain\"", StringComparison.Ordinal))!.AsObject();
        foreach (var (place, text) in new[] { (0, "first"), (1, "second") }) again["body"]!["activities"]![place]!["metadata"] = new JsonObject { ["displayText"] = text };
        twice["root"] = Draw.Sequence("both", twice["root"]!.DeepClone().AsObject(), again);
        var definition = WorkflowDocument.Parse(twice.ToJsonString(), "planned-twice");
        using var bench = new TestBench(definition);
        var request = Request("planned-twice", [("A", 1), ("B", 2)]) with { Definition = definition };
        var plan = Planner(bench).Plan(request, TestContext.Current.CancellationToken);
        Assert.Equal(["A first", "A second", "B first", "B second"], plan.Steps.Select(step => $"{step.Cluster} {step.Step}"));
        bench.Run(definition, new JsonObject { ["Rows"] = request.Inputs["Rows"]!.DeepClone() }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((4, 0), (Planner(bench).Plan(request, TestContext.Current.CancellationToken) is var after ? after.Cached : 0, after.ToRun));
    }

    [Fact]
    public void What_is_wrong_with_the_inputs_of_a_step_is_told()
    {
        var broken = Draw.Definition("planned-broken", Draw.Activity("first", "Survey.Work", ("name", Draw.Literal("x")), ("number", Draw.Script("'many'"))));
        using var bench = new TestBench(broken);
        var request = Request("planned-broken", []) with { Definition = broken };
        var bad = Assert.Throws<BadInputException>(() => Planner(bench).Plan(request, TestContext.Current.CancellationToken));
        Assert.Contains("Survey.Work.Number", bad.Message, StringComparison.Ordinal);
    }

    private static WorkflowDocument Survey(string id)
    {
        var first = Draw.Activity("first", "Survey.Work", ("name", Draw.Script($"'{id} ' + getCurrentValue().name")), ("number", Draw.Script("getCurrentValue().number")), ("sum", Draw.Into("Sum")));
        var second = Draw.Activity("second", "Survey.Work", ("name", Draw.Script($"'{id} second ' + getCurrentValue().name")), ("number", Draw.Expression("Variable", new JsonObject { ["id"] = "Sum", ["name"] = "Sum" })));
        var body = Draw.Sequence("body", first, second);
        body["variables"] = new JsonArray(Draw.Variable("Sum", "Object"));
        var loop = Draw.Activity("each", "Elsa.ParallelForEach", ("items", Draw.Expression("Input", new JsonObject { ["name"] = "Rows" })), ("body", body));
        return Draw.Definition(id, loop, inputs: [Draw.Input("Rows", "Object", new JsonArray())], continues: true);
    }

    private static RunRequest Request(string id, (string Name, double Number)[] rows) => new()
    {
        Definition = Survey(id),
        Inputs = rows.Length == 0 ? new Dictionary<string, JsonNode?>() : new Dictionary<string, JsonNode?>
        {
            ["Rows"] = new JsonArray([.. rows.Select(row => (JsonNode)new JsonObject { ["name"] = row.Name, ["number"] = row.Number })]),
        },
        Seed = new Seed(7),
        RunFolder = new RunFolder(Path.GetTempPath()),
    };

    private static void Run(TestBench bench, string id, params (string Name, double Number)[] rows)
        => bench.Run(Survey(id), new JsonObject { ["Rows"] = Request(id, rows).Inputs["Rows"]!.DeepClone() });

    private static RunPlan Plan(TestBench bench, string id, params (string Name, double Number)[] rows) => Planner(bench).Plan(Request(id, rows), TestContext.Current.CancellationToken);

    private static WorkflowPlanner Planner(TestBench bench) => new(TestBench.Catalog, bench.Library, bench.Ledger, bench.Store, TimeProvider.System);
}
