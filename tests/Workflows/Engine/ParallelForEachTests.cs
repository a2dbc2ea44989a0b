using System.Text.Json.Nodes;
using ClusterSurvey.Workflows.Engine;

namespace ClusterSurvey.Workflows.Tests.Engine;

public sealed class ParallelForEachTests
{
    [Fact]
    public void Passes_run_side_by_side()
    {
        var definition = Draw.Definition("side", Loop("[1, 2]", FlowTests.Meet("m", "loop")));
        using var bench = new TestBench(definition);

        Assert.Equal(RunStatus.Finished, bench.Run(definition, parallelism: 2, cancellation: TestContext.Current.CancellationToken).Status);
    }

    [Fact]
    public void No_more_passes_are_in_flight_than_the_run_allows_even_when_loops_are_nested()
    {
        var inFlight = 0;
        var most = 0;
        Work.OnBegin("bound-", _ =>
        {
            var now = Interlocked.Increment(ref inFlight);
            InterlockedMax(ref most, now);
            Thread.SpinWait(200_000);
            Interlocked.Decrement(ref inFlight);
        });
        var definition = Draw.Definition("bound", Loop("[1,2,3,4]", Loop("[1,2,3,4]", WorkOn("w", "'bound-' + getCurrentValue()"), "inner")));
        using var bench = new TestBench(definition);

        var outcome = bench.Run(definition, parallelism: 3, fresh: true, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(16, bench.Ledger.Completions(outcome.InstanceId)["w"]);
        Assert.InRange(most, 2, 3);
    }

    [Theory]
    [InlineData(3, 3, 1)]
    [InlineData(2, 3, 2)]
    [InlineData(2, 2, 1)]
    public void Steps_have_the_threads_that_no_pass_uses(int passes, int parallelism, int most)
    {
        var name = $"threads-{passes}-{parallelism}-";
        var body = Draw.Sequence("body", FlowTests.Meet("m1", name + "begin", passes), WorkOn("w", $"'{name}' + getCurrentIndex()"), FlowTests.Meet("m2", name + "end", passes));
        var loop = Loop($"[{string.Join(',', Enumerable.Range(0, passes))}]", body);
        var definition = Draw.Definition("threads", Draw.Sequence("s", WorkOn("before", $"'{name}before'"), loop, WorkOn("after", $"'{name}after'")));
        using var bench = new TestBench(definition);

        bench.Run(definition, parallelism: parallelism, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((parallelism, parallelism), (Work.Threads($"{name}before"), Work.Threads($"{name}after")));
        // All passes are at their beginning at once: what is free, one of them has.
        Assert.Equal(most, Meet.MostThreads(name + "begin"));
        Assert.All(Enumerable.Range(0, passes), pass => Assert.InRange(Work.Threads($"{name}{pass}"), 1, most));
    }

    [Fact]
    public void Failed_pass_is_left_out_and_the_run_goes_on_when_the_definition_says_so()
    {
        Work.Fail("quarantine-B", true);
        var definition = Draw.Definition("quarantine", Draw.Sequence("s", Loop("""[{"name":"A"},{"name":"B"},{"name":"C"}]""", WorkOn("w", "'quarantine-' + getCurrentValue().name")), Draw.Write("after", "after")), continues: true);
        using var bench = new TestBench(definition);

        var outcome = bench.Run(definition, parallelism: 2, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((RunStatus.FinishedWithFailures, "Finished"), (outcome.Status, outcome.SubStatus));
        var incident = Assert.Single(outcome.Incidents);
        Assert.Equal(("B", "Survey.Work", "name the exposure map in the sample"), (incident.Label, incident.StepType, incident.Remedy));
        Assert.Equal((2, 1), (bench.Ledger.Completions(outcome.InstanceId)["w"], bench.Ledger.Completions(outcome.InstanceId)["after"]));
        Assert.Equal(["A", "B", "C"], bench.Events.All.OfType<PassEnded>().Select(ended => ended.Label!).Order());
        Assert.Equal(["B"], bench.Events.All.OfType<PassEnded>().Where(ended => ended.Quarantined).Select(ended => ended.Label!));
    }

    [Fact]
    public void What_two_loops_ask_for_is_computed_by_the_first_also_when_everything_is_computed_anew()
    {
        var second = Loop("""["A","B","C"]""", Draw.Activity("w2", "Survey.Work", ("name", Draw.Script("'twice-' + getCurrentValue()"))), "second");
        var definition = Draw.Definition("twice", Draw.Sequence("s", Loop("""["A","B"]""", WorkOn("w", "'twice-' + getCurrentValue()")), second));
        using var bench = new TestBench(definition);
        bench.Run(definition, cancellation: TestContext.Current.CancellationToken);

        bench.Run(definition, parallelism: 2, fresh: true, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((2, 2, 2), (Work.Runs("twice-A"), Work.Runs("twice-B"), Work.Runs("twice-C")));
    }

    [Fact]
    public void Failed_pass_faults_the_run_when_the_definition_does_not_say_so()
    {
        Work.Fail("strict-2", true);
        var definition = Draw.Definition("strict", Draw.Sequence("s", Loop("[1, 2, 3]", WorkOn("w", "'strict-' + getCurrentValue()")), Draw.Write("after", "after")));
        using var bench = new TestBench(definition);

        var outcome = bench.Run(definition, parallelism: 2, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(RunStatus.Faulted, outcome.Status);
        Assert.Equal("2", Assert.Single(outcome.Incidents).Label);
        Assert.DoesNotContain("after", bench.Ledger.Completions(outcome.InstanceId).Keys);
    }

    [Fact]
    public void Resume_tries_quarantined_passes_and_what_followed_again_and_nothing_else()
    {
        Work.Fail("retry-B", true);
        var definition = Draw.Definition("retry", Draw.Sequence("s", Loop("""["A","B"]""", WorkOn("w", "'retry-' + getCurrentValue()")), WorkOn("after", "'retry-after'")), continues: true);
        using var bench = new TestBench(definition);
        var first = bench.Run(definition, fresh: true, cancellation: TestContext.Current.CancellationToken);
        Work.Fail("retry-B", false);
        bench.Reopen();

        var second = bench.Engine.Resume(first.InstanceId, progress: bench.Events, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((RunStatus.FinishedWithFailures, RunStatus.Finished), (first.Status, second.Status));
        Assert.Equal((1, 1), (Work.Runs("retry-A"), Work.Runs("retry-B")));
        Assert.Equal((2, 1), (bench.Ledger.Completions(first.InstanceId)["w"], bench.Ledger.Completions(first.InstanceId)["after"]));
        Assert.Empty(second.Incidents);
    }

    internal static JsonObject Loop(string items, JsonObject body, string id = "loop") => Draw.Activity(id, "Elsa.ParallelForEach", ("items", Draw.Expression("Object", items)), ("body", body));

    internal static JsonObject WorkOn(string id, string nameScript) => Draw.Activity(id, "Survey.Work", ("name", Draw.Script(nameScript)));

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
            if (Interlocked.CompareExchange(ref target, value, seen) == seen) return;
    }
}
