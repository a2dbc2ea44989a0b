using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Planning;

namespace ClusterSurvey.Workflows.Tests.Planning;

public sealed class PlannedPartsTests
{
    [Fact]
    public void Each_part_has_a_reason_of_its_own_and_what_follows_is_followed_by_part()
    {
        using var bench = new TestBench();
        Run(bench, """{"plan-a":1,"plan-b":2}""");
        var steps = Plan(bench, """{"plan-a":1,"plan-b":3,"plan-c":4}""").Steps;
        Assert.Equal(["", "Number 2 -> 3", "was not there in the last run"], steps[0].Parts.Select(part => part.Reason));
        Assert.Equal([true, false, false], steps[0].Parts.Select(part => part.IsCached));
        Assert.Equal("plan-b: Number 2 -> 3; plan-c: was not there in the last run", steps[0].Reason);
        Assert.Equal([true, false, false], steps[1].Parts.Select(part => part.IsCached));
        Assert.Equal("plan-b, plan-c: waits for first", steps[1].Reason);

        // What was planned is what happens.
        Run(bench, """{"plan-a":1,"plan-b":3,"plan-c":4}""");
        Assert.Equal((2, 4, 2), (AddByPart.Runs("plan-a"), AddByPart.Runs("plan-b"), AddByPart.Runs("plan-c")));
        Assert.All(Plan(bench, """{"plan-a":1,"plan-b":3,"plan-c":4}""").Steps, step => Assert.True(step.IsCached));
    }

    [Fact]
    public void Fewer_parts_need_no_work()
    {
        using var bench = new TestBench();
        Run(bench, """{"fewer-a":1,"fewer-b":2}""");
        var steps = Plan(bench, """{"fewer-a":1}""").Steps;
        Assert.All(steps, step => Assert.Equal((false, "its parts are known and only put together", 0.0), (step.IsCached, step.Reason, step.Seconds!.Value)));
        Run(bench, """{"fewer-a":1}""");
        Assert.Equal(2, AddByPart.Runs("fewer-a"));
    }

    [Fact]
    public void What_concerns_all_parts_is_said_once()
    {
        using var bench = new TestBench();
        Run(bench, """{"all-a":1,"all-b":2}""");
        Assert.Equal("More 0 -> 5", Plan(bench, """{"all-a":1,"all-b":2}""", more: 5).Steps[0].Reason);
    }

    [Fact]
    public void An_incident_tells_the_part_in_which_it_arose()
    {
        var definition = Draw.Definition("part fails", Draw.Activity("add", "Survey.AddByPart", ("numbers", Draw.Expression("Object", """{"fails-a":1,"fails-b":2}""")), ("failing", Draw.Literal("fails-b"))));
        using var bench = new TestBench(definition);
        var incident = Assert.Single(bench.Run(definition, cancellation: TestContext.Current.CancellationToken).Incidents);
        Assert.Equal(("fails-b", "name no part", 1), (incident.Region, incident.Remedy, incident.Attempts));
        Assert.Equal("fails-b", Assert.Single(bench.Events.All.OfType<ActivityFaulted>()).Region);
        Assert.Equal(1, AddByPart.Runs("fails-a"));
    }

    // Both steps work part by part, the second on the sums of the first.
    private static WorkflowDocument Definition(double more)
    {
        var first = Draw.Activity("first", "Survey.AddByPart", ("numbers", Draw.Expression("Input", new JsonObject { ["name"] = "Numbers" })), ("more", Draw.Literal($"{more}")), ("sums", Draw.Into("Sums")));
        var second = Draw.Activity("second", "Survey.AddByPart", ("numbers", Draw.Expression("Variable", new JsonObject { ["id"] = "Sums", ["name"] = "Sums" })), ("more", Draw.Literal("100")));
        return Draw.Definition("parts", Draw.Sequence("both", first, second), [Draw.Variable("Sums", "Object")], [Draw.Input("Numbers", "Object", new JsonObject())]);
    }

    private static void Run(TestBench bench, string numbers)
        => Assert.Equal(RunStatus.Finished, bench.Run(Definition(0), new JsonObject { ["Numbers"] = JsonNode.Parse(numbers) }, cancellation: TestContext.Current.CancellationToken).Status);

    private static RunPlan Plan(TestBench bench, string numbers, double more = 0)
        => new WorkflowPlanner(TestBench.Catalog, bench.Library, bench.Ledger, bench.Store, TimeProvider.System).Plan(
            new RunRequest { Definition = Definition(more), Inputs = new Dictionary<string, JsonNode?> { ["Numbers"] = JsonNode.Parse(numbers) }, Seed = new Seed(7), RunFolder = new RunFolder(Path.GetTempPath()) },
            TestContext.Current.CancellationToken);
}
