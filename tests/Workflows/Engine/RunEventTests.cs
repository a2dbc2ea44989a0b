using ClusterSurvey.Workflows.Engine;

namespace ClusterSurvey.Workflows.Tests.Engine;

public sealed class RunEventTests
{
    [Fact]
    public void Run_tells_what_begins_how_far_it_is_and_how_it_ends()
    {
        var definition = Draw.Definition("told", Draw.Sequence("s", Draw.Activity("w", "Survey.Work", ("name", Draw.Literal("told")))));
        using var bench = new TestBench(definition);

        bench.Run(definition, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(
            [nameof(RunStarted), nameof(ActivityStarted), nameof(ActivityStarted), nameof(ActivityProgressed), nameof(ActivityCompleted), nameof(ActivityCompleted), nameof(RunFinished)],
            bench.Events.All.Select(happened => happened.GetType().Name));
        var progress = Assert.Single(bench.Events.All.OfType<ActivityProgressed>());
        Assert.Equal((0.5, "adding", "Workflow1:s:w"), (progress.Fraction, progress.Doing, progress.Path));
    }

    [Fact]
    public void Events_of_a_called_workflow_carry_the_cluster_of_the_loop()
    {
        var child = Draw.Definition("child", Draw.Activity("w", "Survey.Work", ("name", Draw.Literal("labelled"))));
        var definition = Draw.Definition("labels", ParallelForEachTests.Loop("""[{"name":"A2142"}]""", Draw.Call("c", "child", Draw.Expression("Object", "{}"))));
        using var bench = new TestBench(child, definition);

        bench.Run(definition, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal("A2142", Assert.Single(bench.Events.All.OfType<ActivityCompleted>(), completed => completed.Type == "Survey.Work").Label);
        Assert.Equal(1, Assert.Single(bench.Events.All.OfType<LoopStarted>()).Passes);
    }

    [Fact]
    public void Journal_holds_every_beginning_and_end_in_order()
    {
        var definition = Draw.Definition("journal", Draw.Sequence("s", Draw.Write("w", "hello")));
        using var bench = new TestBench(definition);

        var journal = bench.Ledger.Journal(bench.Run(definition, cancellation: TestContext.Current.CancellationToken).InstanceId);

        Assert.Equal(["s Started", "w Started", "w Log", "w Completed", "s Completed"], journal.Select(line => $"{line.ActivityId} {line.EventName}"));
        Assert.Equal("hello", journal[2].Message);
    }
}
