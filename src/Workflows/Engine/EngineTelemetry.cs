using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>
/// What the engine tells of its work: a span for every run, for every pass of a parallel loop (a cluster) and for every try at a step, and measures of
/// them. All spans of a run have one trace, whichever nodes work at it and however often it is resumed. Without a listener it does nothing.
/// </summary>
public static class EngineTelemetry
{
    /// <summary>The name of the source of spans, and of the meter.</summary>
    public const string Name = "ClusterSurvey.Workflows";

    /// <summary>The names of the spans.</summary>
    public const string RunSpan = "run", PassSpan = "cluster", StepSpan = "step";

    /// <summary>The tags: the run's instance and folder, the pass, the type of the step, the number of the try, and what came of it.</summary>
    public const string InstanceTag = "clustersurvey.instance", FolderTag = "clustersurvey.run", LabelTag = "clustersurvey.cluster", StepTag = "clustersurvey.step", AttemptTag = "clustersurvey.attempt",
        OutcomeTag = "clustersurvey.outcome";

    // What came of a step: worked out, found in the store, failed, or stopped from outside.
    private const string Computed = "computed", Known = "known", Failed = "failed", Stopped = "stopped";

    private static readonly ActivitySource source = new(Name);

    private static readonly Meter meter = new(Name);

    private static readonly Counter<long> steps = meter.CreateCounter<long>("clustersurvey.steps", "{step}", "Tries at steps, by what came of them.");

    private static readonly Counter<long> failures = meter.CreateCounter<long>("clustersurvey.failures", "{failure}", "What has failed: tries at steps, clusters, runs.");

    private static readonly Histogram<double> stepSeconds = Seconds("clustersurvey.step.duration", "How long a try at a step took.");

    private static readonly Histogram<double> runSeconds = Seconds("clustersurvey.run.duration", "How long a run took, from its beginning or its last resumption.");

    /// <summary>The trace that all spans of a run are in.</summary>
    /// <param name="instanceId">The run's instance.</param>
    public static ActivityTraceId TraceOf(string instanceId) => ContextOf(instanceId).TraceId;

    /// <summary>Carries out an instance; the one of a run, or what stands around the passes of a run, is measured.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="work">Does it; it tells how the instance has ended.</param>
    internal static RunStatus Run(InstanceExecution instance, Func<RunStatus> work)
    {
        if (instance.Depth > 0 || !instance.Run.IsAtWork) return work();
        using var span = Begin(RunSpan, instance);
        var began = instance.Run.Time.GetTimestamp();
        var status = RunStatus.Interrupted;
        try
        {
            return status = Within(span, work);
        }
        catch (ActivityFault)
        {
            status = RunStatus.Faulted;
            Fail(RunSpan);
            throw;
        }
        finally
        {
            var outcome = KeyValuePair.Create(OutcomeTag, (object?)status.ToString());
            span?.SetTag(OutcomeTag, outcome.Value);
            // One that waits for its passes, or was stopped, has not ended.
            if (status != RunStatus.Interrupted) runSeconds.Record(instance.Run.Time.GetElapsedTime(began).TotalSeconds, outcome);
        }
    }

    /// <summary>Carries out a pass of a parallel loop.</summary>
    internal static void Pass(ActivityFrame loop, string label, Func<IReadOnlyList<string>> work)
    {
        using var span = loop.Instance.Run.IsAtWork ? Begin(PassSpan, loop.Instance) : null;
        span?.SetTag(LabelTag, label);
        try
        {
            _ = Within(span, work);
        }
        catch (ActivityFault)
        {
            Fail(PassSpan);
            throw;
        }
    }

    /// <summary>Tries a step.</summary>
    internal static StepResult Step(ActivityFrame frame, Func<StepResult> work)
    {
        if (!frame.Instance.Run.IsAtWork) return work();
        using var span = Begin(StepSpan, frame.Instance);
        var began = frame.Instance.Run.Time.GetTimestamp();
        var outcome = Failed;
        try
        {
            var result = Within(span, work);
            outcome = result.FromCache ? Known : Computed;
            return result;
        }
        finally
        {
            if (outcome == Failed && frame.Cancellation.IsCancellationRequested) outcome = Stopped;
            if (outcome == Failed) Fail(StepSpan);
            TagList tags = new() { { StepTag, frame.Activity.Type }, { OutcomeTag, outcome } };
            steps.Add(1, tags);
            stepSeconds.Record(frame.Instance.Run.Time.GetElapsedTime(began).TotalSeconds, tags);
            span?.SetTag(StepTag, frame.Activity.Type).SetTag(LabelTag, frame.Label).SetTag(AttemptTag, frame.Attempts).SetTag(OutcomeTag, outcome);
        }
    }

    private static Activity? Begin(string name, InstanceExecution instance)
    {
        if (!source.HasListeners()) return null;
        // What stands above is above this too; what a node begins with belongs to the trace of the run.
        var span = source.StartActivity(name, ActivityKind.Internal, Activity.Current is null || name == RunSpan ? ContextOf(instance.RunId) : default(ActivityContext));
        return span?.SetTag(InstanceTag, instance.RunId).SetTag(FolderTag, instance.Run.RunFolder.Id);
    }

    private static ActivityContext ContextOf(string instanceId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(instanceId)).AsSpan();
        return new ActivityContext(ActivityTraceId.CreateFromBytes(hash[..16]), ActivitySpanId.CreateFromBytes(hash[16..24]), ActivityTraceFlags.Recorded, isRemote: true);
    }

    private static T Within<T>(Activity? span, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (Mark(span, failure))
        {
            throw;
        }
    }

    // Says what went wrong, and leaves it to whom it concerns.
    private static bool Mark(Activity? span, Exception failure)
    {
        if (failure is not (OperationCanceledException or LeaseLostException)) span?.SetStatus(ActivityStatusCode.Error, failure.InPlainWords());
        return false;
    }

    private static void Fail(string what) => failures.Add(1, KeyValuePair.Create("clustersurvey.failed", (object?)what));

    private static Histogram<double> Seconds(string name, string description) => meter.CreateHistogram(
        name, "s", description, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 600, 1800, 3600, 7200, 14400, 43200] });
}
