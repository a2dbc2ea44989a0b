using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>A fault on its way from the activity in which it arose to the loop or workflow that records it.</summary>
internal sealed class ActivityFault : Exception
{
    private const string UnknownRemedy = "correct the cause named in the message, then resume the run";

    public ActivityFault(ActivityFrame frame, Exception cause) : base(FindingOf(cause), cause)
    {
        (Activity, Path, Label) = (frame.Activity, frame.Path, frame.Label);
        var origin = (cause as CalledWorkflowException)?.Fault;
        StepType = origin?.StepType ?? frame.Activity.Type;
        StepName = origin?.StepName ?? frame.Activity.DisplayName;
        Remedy = origin?.Remedy ?? RemedyOf(cause);
        Region = origin?.Region ?? FailedPart.Of(cause);
        Attempts = origin?.Attempts ?? frame.Attempts;
        Root = origin?.Root ?? cause;
    }

    /// <summary>A fault that arose in a pass of a loop on another node.</summary>
    public ActivityFault(ActivityFrame loop, string label, FaultRecord fault) : base(fault.Message)
    {
        (Activity, Path, Label) = (loop.Activity, loop.Path, label);
        (StepType, StepName, Remedy, Region, Attempts) = (fault.StepType, fault.StepName, fault.Remedy, fault.Region, fault.Attempts);
        Root = this;
    }

    /// <summary>The activity of the instance in hand.</summary>
    public Activity Activity { get; }

    public string Path { get; }

    public string? Label { get; }

    /// <summary>The type of the activity in which the fault arose.</summary>
    public string StepType { get; }

    public string StepName { get; }

    public string Remedy { get; }

    /// <summary>The part of the step, in a survey the region, in which the fault arose; null when it is not one part's.</summary>
    public string? Region { get; }

    /// <summary>How often the step was tried.</summary>
    public int Attempts { get; }

    /// <summary>True when the fault must end the run, whatever the definition says of faults: nothing can be written any more.</summary>
    public bool EndsTheRun => FailurePolicy.IsOfTheMachine(Root);

    /// <summary>What was thrown in the first place.</summary>
    public Exception Root { get; }

    // What is wrong; what to do stands beside it.
    internal static string FindingOf(Exception cause)
        => cause is BadInputException bad ? string.Join(Environment.NewLine, bad.Problems.Select(problem => problem.Finding())) : cause.Message;

    private static string RemedyOf(Exception cause) => cause switch
    {
        BadInputException bad => string.Join("; ", bad.Problems.Select(problem => problem.Remedy).Distinct()),
        StepTimeoutException => "let the step have more time (customProperties.failurePolicy.timeoutSeconds of the activity), or less to do, then resume the run",
        _ when FailurePolicy.IsOfTheMachine(cause) => "free the disk, or make it writable, then resume the run",
        IOException => "see to the disk or the network that the files are on, then resume the run",
        _ => UnknownRemedy,
    };
}

/// <summary>A called workflow has ended with a fault.</summary>
internal sealed class CalledWorkflowException(string definitionId, ActivityFault fault) : Exception($"{definitionId}: {fault.StepName}: {ActivityFault.FindingOf(fault.Root)}", fault)
{
    public ActivityFault Fault => fault;
}
