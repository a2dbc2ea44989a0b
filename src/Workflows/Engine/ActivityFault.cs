using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>A fault on its way from the activity in which it arose to the loop or workflow that records it.</summary>
internal sealed class ActivityFault : Exception
{
    private const string UnknownRemedy = "correct the cause named in the message, then resume the run";

    public ActivityFault(Activity activity, string path, string? label, Exception cause) : base(cause.Message, cause)
    {
        (Activity, Path, Label) = (activity, path, label);
        var origin = (cause as CalledWorkflowException)?.Fault;
        StepType = origin?.StepType ?? activity.Type;
        StepName = origin?.StepName ?? activity.DisplayName;
        Remedy = origin?.Remedy ?? (cause is BadInputException bad ? string.Join("; ", bad.Problems.Select(problem => problem.Remedy).Distinct()) : UnknownRemedy);
        Root = origin?.Root ?? cause;
    }

    /// <summary>The activity of the instance in hand.</summary>
    public Activity Activity { get; }

    public string Path { get; }

    public string? Label { get; }

    /// <summary>The type of the activity in which the fault arose.</summary>
    public string StepType { get; }

    public string StepName { get; }

    public string Remedy { get; }

    /// <summary>What was thrown in the first place.</summary>
    public Exception Root { get; }
}

/// <summary>A called workflow has ended with a fault.</summary>
internal sealed class CalledWorkflowException(string definitionId, ActivityFault fault) : Exception($"{definitionId}: {fault.StepName}: {fault.Root.Message}", fault)
{
    public ActivityFault Fault => fault;
}
