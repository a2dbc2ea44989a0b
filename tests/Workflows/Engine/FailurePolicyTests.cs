using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Validation;

namespace ClusterSurvey.Workflows.Tests.Engine;

public sealed class FailurePolicyTests
{
    [Fact]
    public void What_can_heal_is_tried_again_after_waits_that_double()
    {
        var clock = new QuickClock();
        using var bench = Bench("heal", clock, "io", 2, out var definition);
        Assert.Equal(RunStatus.Finished, bench.Run(definition, cancellation: TestContext.Current.CancellationToken).Status);
        Assert.Equal(3, Stumble.Tries("heal"));
        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)], clock.Waits);
        var retried = bench.Events.All.OfType<ActivityRetried>().ToArray();
        Assert.Equal([(1, "the network is gone"), (2, "the network is gone")], retried.Select(again => (again.Attempt, again.Message)));
        Assert.Equal(2, bench.Ledger.Journal(bench.Ledger.Instances().Single().Id).Count(line => line.EventName == "Retried"));
    }

    [Fact]
    public void After_the_last_try_the_pass_is_set_aside_and_resume_tries_it_alone()
    {
        using var bench = Bench("give up", new QuickClock(), "io", 3, out var definition);
        var first = bench.Run(definition, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(RunStatus.FinishedWithFailures, first.Status);
        var incident = Assert.Single(first.Incidents);
        Assert.Equal(("A", "Survey.Stumble", 3), (incident.Label, incident.StepType, incident.Attempts));
        Assert.Contains("disk or the network", incident.Remedy, StringComparison.Ordinal);
        bench.Reopen();
        Assert.Equal(RunStatus.Finished, bench.Engine.Resume(first.InstanceId, cancellation: TestContext.Current.CancellationToken).Status);
        Assert.Equal((4, 1), (Stumble.Tries("give up"), Work.Runs("give up B")));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("input")]
    [InlineData("defect")]
    public void What_cannot_heal_is_not_tried_again(string how)
    {
        var clock = new QuickClock();
        using var bench = Bench($"once {how}", clock, how, 1, out var definition);
        var outcome = bench.Run(definition, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((RunStatus.FinishedWithFailures, 1), (outcome.Status, Assert.Single(outcome.Incidents).Attempts));
        Assert.Equal(1, Stumble.Tries($"once {how}"));
        Assert.Empty(clock.Waits);
    }

    [Fact]
    public void A_disk_that_is_full_ends_the_run_and_blames_no_cluster()
    {
        using var bench = Bench("full", new QuickClock(), "full", 3, out var definition);
        var outcome = bench.Run(definition, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(RunStatus.Faulted, outcome.Status);
        Assert.Contains("free the disk", Assert.Single(outcome.Incidents).Remedy, StringComparison.Ordinal);
        bench.Reopen();
        Assert.Equal(RunStatus.Finished, bench.Engine.Resume(outcome.InstanceId, cancellation: TestContext.Current.CancellationToken).Status);
    }

    [Fact]
    public void A_step_that_takes_too_long_is_stopped_and_not_tried_again()
    {
        var clock = new QuickClock();
        using var bench = Bench("long", clock, "endless", 1, out var definition, new JsonObject { ["timeoutSeconds"] = 30 });
        var outcome = bench.Run(definition, cancellation: TestContext.Current.CancellationToken);
        var incident = Assert.Single(outcome.Incidents);
        Assert.Equal("took longer than the 30 s that it may take", incident.Message);
        Assert.Contains("timeoutSeconds", incident.Remedy, StringComparison.Ordinal);
        Assert.Contains(TimeSpan.FromSeconds(30), clock.Waits);
        Assert.Equal(1, Stumble.Tries("long"));
    }

    [Fact]
    public void A_definition_says_how_often_and_keeps_what_it_says()
    {
        var clock = new QuickClock();
        using var bench = Bench("override", clock, "io", 4, out var definition, new JsonObject { ["attempts"] = 5, ["backoffSeconds"] = 0.5 });
        Assert.Equal(RunStatus.Finished, bench.Run(definition, cancellation: TestContext.Current.CancellationToken).Status);
        Assert.Equal([0.5, 1, 2, 4], clock.Waits.Select(wait => wait.TotalSeconds));
        var again = WorkflowDocument.Parse(definition.ToJson().ToJsonString(), "again");
        Assert.True(JsonNode.DeepEquals(definition.ToJson(), again.ToJson()));
        Assert.Contains("\"failurePolicy\":{\"attempts\":5,\"backoffSeconds\":0.5}", again.ToJson().ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"failurePolicy":{"attempts":0}}""", "/failurePolicy/attempts", "a whole number from 1 to 100")]
    [InlineData("""{"failurePolicy":{"attempts":2.5}}""", "/failurePolicy/attempts", "a whole number from 1 to 100")]
    [InlineData("""{"failurePolicy":{"timeoutSeconds":"5"}}""", "/failurePolicy/timeoutSeconds", "a number from 0 to 31536000")]
    [InlineData("""{"failurePolicy":{"atempts":2}}""", "/failurePolicy/atempts", "a member of a failure policy")]
    [InlineData("""{"failurePolicy":3}""", "/failurePolicy", "an object")]
    [InlineData("""{"resilienceStrategy":{"mode":"Identifier","strategyId":"http"}}""", "/resilienceStrategy", "none: the embedded engine does not know Elsa's strategies")]
    public void A_policy_that_makes_no_sense_is_refused_before_the_run(string properties, string place, string expected)
    {
        var step = Draw.Activity("step", "Survey.Stumble", ("name", Draw.Literal("x")), ("customProperties", JsonNode.Parse(properties)));
        var definition = Draw.Definition("refused", step);
        var problem = Assert.Single(new DefinitionValidator(TestBench.Catalog, new DefinitionLibrary([definition])).Validate(definition));
        Assert.Equal((expected, true), (problem.Expected, problem.Pointer.EndsWith($"/customProperties{place}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Only_a_step_has_a_policy()
    {
        var line = Draw.Write("line", "text");
        line["customProperties"] = JsonNode.Parse("""{"failurePolicy":{"attempts":2}}""");
        var definition = Draw.Definition("no step", line);
        Assert.Equal("/root/customProperties/failurePolicy", Assert.Single(new DefinitionValidator(TestBench.Catalog, new DefinitionLibrary([definition])).Validate(definition)).Pointer);
    }

    [Fact]
    public void A_strategy_that_was_not_chosen_is_none()
    {
        var step = Draw.Activity("step", "Survey.Stumble", ("name", Draw.Literal("x")), ("customProperties", JsonNode.Parse("""{"resilienceStrategy":{"mode":"Identifier","strategyId":null}}""")));
        var definition = Draw.Definition("not chosen", step);
        Assert.Empty(new DefinitionValidator(TestBench.Catalog, new DefinitionLibrary([definition])).Validate(definition));
    }

    [Fact]
    public void No_wait_is_longer_than_a_minute()
        => Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], Enumerable.Range(1, 8).Select(attempt => new FailurePolicy(9, 1, 0).WaitAfter(attempt).TotalSeconds));

    // Cluster A stumbles, B is another's.
    private static TestBench Bench(string name, TimeProvider clock, string how, int times, out WorkflowDocument definition, JsonObject? policy = null)
    {
        var stumble = Draw.Activity("stumble", "Survey.Stumble", ("name", Draw.Literal(name)), ("how", Draw.Literal(how)), ("times", Draw.Literal($"{times}")));
        if (policy is not null) stumble["customProperties"] = new JsonObject { ["failurePolicy"] = policy };
        var work = ParallelForEachTests.WorkOn("work", $"'{name} ' + getCurrentValue()");
        var body = Draw.Activity("which", "Elsa.If", ("condition", Draw.Script("getCurrentValue() == 'A'")), ("then", stumble), ("else", work));
        definition = Draw.Definition(name, ParallelForEachTests.Loop("""["A","B"]""", body), continues: true);
        return new TestBench(definition) { Time = clock };
    }
}
