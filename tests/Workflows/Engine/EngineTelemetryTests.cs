using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Format;
using Activity = System.Diagnostics.Activity;

namespace ClusterSurvey.Workflows.Tests.Engine;

/// <summary>What the engine tells of its work to whoever listens.</summary>
public sealed class EngineTelemetryTests
{
    private static readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public void A_run_its_clusters_and_their_steps_are_spans_of_one_trace()
    {
        using var bench = Bench("spans", out var definition);
        using var heard = new Heard();

        var outcome = bench.Run(definition, parallelism: 2, cancellation: cancellation);

        Assert.All(heard.Spans, span => Assert.Equal(EngineTelemetry.TraceOf(outcome.InstanceId), span.TraceId));
        var run = Assert.Single(heard.Spans, span => span.OperationName == "run");
        Assert.Equal("FinishedWithFailures", run.GetTagItem(EngineTelemetry.OutcomeTag));
        var clusters = heard.Spans.Where(span => span.OperationName == "cluster").ToDictionary(LabelOf, StringComparer.Ordinal);
        Assert.Equal(["A85", "bad"], clusters.Keys.Order(StringComparer.Ordinal));
        Assert.All(clusters.Values, span => Assert.Equal(run.SpanId, span.ParentSpanId));
        Assert.Equal((ActivityStatusCode.Unset, ActivityStatusCode.Error), (clusters["A85"].Status, clusters["bad"].Status));
        var steps = heard.Spans.Where(span => span.OperationName == "step").ToList();
        Assert.All(steps, span => Assert.Equal(clusters[LabelOf(span)].SpanId, span.ParentSpanId));
        Assert.Equal(["computed", "failed"], steps.Select(span => (string)span.GetTagItem(EngineTelemetry.OutcomeTag)!).Order(StringComparer.Ordinal));
        Assert.Contains("no exposure", steps.Single(span => span.Status == ActivityStatusCode.Error).StatusDescription, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_failures_and_times_are_counted_and_a_plan_counts_nothing()
    {
        using var bench = Bench("counts", out var definition);
        using var heard = new Heard();

        bench.Run(definition, cancellation: cancellation);
        bench.Run(definition, cancellation: cancellation);
        var spans = heard.Spans.Count;
        new WorkflowPlanner(TestBench.Catalog, bench.Library, bench.Ledger, bench.Store, bench.Time).Plan(
            new RunRequest { Definition = definition, Inputs = new Dictionary<string, System.Text.Json.Nodes.JsonNode?>(), Seed = new Seed(7), RunFolder = new RunFolder(bench.LedgerPath + ".run") }, cancellation);

        Assert.Equal((1, 1, 2), (heard.Count("clustersurvey.steps", "computed"), heard.Count("clustersurvey.steps", "known"), heard.Count("clustersurvey.steps", "failed")));
        Assert.Equal((4, 2), (heard.Count("clustersurvey.step.duration"), heard.Count("clustersurvey.run.duration", "FinishedWithFailures")));
        Assert.Equal((2, 2, 0), (heard.Count("clustersurvey.failures", "step"), heard.Count("clustersurvey.failures", "cluster"), heard.Count("clustersurvey.failures", "run")));
        Assert.Equal(spans, heard.Spans.Count);
    }

    private static string LabelOf(Activity span) => (string)span.GetTagItem(EngineTelemetry.LabelTag)!;

    private static TestBench Bench(string name, out WorkflowDocument definition)
    {
        Work.Fail($"telemetry {name} bad", true);
        definition = Draw.Definition($"telemetry-{name}", ParallelForEachTests.Loop("""["A85","bad"]""", ParallelForEachTests.WorkOn("w", $"'telemetry {name} ' + getCurrentValue()")), continues: true);
        return new TestBench(definition);
    }

    /// <summary>What is told in the course of one test: others run at the same time.</summary>
    private sealed class Heard : IDisposable
    {
        private static readonly AsyncLocal<Heard?> current = new();

        private readonly ConcurrentQueue<Activity> spans = new();
        private readonly ConcurrentQueue<(string Instrument, IReadOnlyList<object?> Tags)> measures = new();
        private readonly ActivityListener activities;
        private readonly MeterListener meters = new();

        public Heard()
        {
            current.Value = this;
            activities = new ActivityListener
            {
                ShouldListenTo = source => source.Name == EngineTelemetry.Name,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = span =>
                {
                    if (current.Value == this) spans.Enqueue(span);
                },
            };
            ActivitySource.AddActivityListener(activities);
            meters.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == EngineTelemetry.Name) listener.EnableMeasurementEvents(instrument);
            };
            meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
            meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value >= 0 ? 1 : 0, tags));
            meters.Start();
        }

        public ConcurrentQueue<Activity> Spans => spans;

        /// <summary>How often an instrument was used, with a tag of this value when one is given.</summary>
        public int Count(string instrument, string? tag = null) => measures.Count(measure => measure.Instrument == instrument && (tag is null || measure.Tags.Contains(tag)));

        public void Dispose()
        {
            current.Value = null;
            activities.Dispose();
            meters.Dispose();
        }

        private void Hear(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (current.Value != this || value != 1) return;
            var values = new List<object?>();
            foreach (var tag in tags) values.Add(tag.Value);
            measures.Enqueue((instrument.Name, values));
        }
    }
}
