using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Workflows.Expressions;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>Runs a step of the survey, or finds its result in the artifact store.</summary>
internal sealed class StepBehaviour(StepDescriptor step) : Behaviour
{
    public override IReadOnlyList<string> Execute(ActivityFrame frame)
    {
        var inputs = Inputs(frame);
        var policy = FailurePolicyOverride.Of(frame.Activity, step.Declared.FailurePolicy);
        var result = Attempt(frame, inputs, policy);
        (frame.Key, frame.FromCache) = (result.Key, result.FromCache);
        foreach (var (name, value) in result.Outputs) frame.SetOutput(name, WorkflowValue.Of(value));
        return [result.Outcome];
    }

    // Tries until it goes well, or until there is no sense in trying.
    private StepResult Attempt(ActivityFrame frame, Dictionary<string, JsonNode?> inputs, FailurePolicy policy)
    {
        for (frame.Attempts = 1; ; frame.Attempts++)
        {
            try
            {
                return EngineTelemetry.Step(frame, () => RunWithin(frame, inputs, policy.TimeoutSeconds));
            }
            catch (Exception failure) when (frame.Attempts < policy.Attempts && FailurePolicy.CanHeal(failure))
            {
                frame.Instance.WaitToRetry(frame, policy.WaitAfter(frame.Attempts), failure);
            }
        }
    }

    private StepResult RunWithin(ActivityFrame frame, Dictionary<string, JsonNode?> inputs, double timeoutSeconds)
    {
        var run = frame.Instance.Run;
        using var time = timeoutSeconds > 0 ? new CancellationTokenSource(TimeSpan.FromSeconds(timeoutSeconds), run.Time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(frame.Cancellation, time.Token);
        // When a loop comes to its end, the clusters that are still in flight have its freed threads.
        var freed = run.Slots.TakeRest();
        var context = new StepContext
        {
            Store = run.Store,
            Seed = run.Seed.Derive(step.TypeName),
            Run = run.RunFolder,
            Files = run.Files,
            Cancellation = either.Token,
            Progress = run.Progress is null ? null : new StepReports(frame),
            Threads = run.ThreadsPerPass * (1 + freed),
        };
        try
        {
            return run.Steps.Result(step, inputs, context, frame);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested && !frame.Cancellation.IsCancellationRequested)
        {
            throw new StepTimeoutException(timeoutSeconds);
        }
        finally
        {
            run.Slots.Return(freed);
        }
    }

    /// <summary>True when a document leaves an input to its default: nothing there, or a text field that was emptied.</summary>
    public static bool IsUnset(Expression? expression, StepInput input)
        => expression is null || (expression.Type == Expression.Literal && (expression.Text is null || (string.IsNullOrWhiteSpace(expression.Text) && input.Type != typeof(string))));

    private Dictionary<string, JsonNode?> Inputs(ActivityFrame frame)
    {
        var values = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var input in step.Inputs.Where(input => !IsUnset(frame.Activity.Input(input.Name), input)))
            values[input.Name] = WorkflowValue.ToNode(frame.Evaluate(input.Name)!.Value);
        return values;
    }

    private sealed class StepReports(ActivityFrame frame) : IProgress<StepProgress>
    {
        public void Report(StepProgress value)
            => frame.Instance.Report(new ActivityProgressed(frame.InstanceId, frame.Path, frame.Activity.DisplayName, frame.Label, value.Fraction, value.Doing));
    }
}
