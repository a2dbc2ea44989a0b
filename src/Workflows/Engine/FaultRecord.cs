using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>A fault as it is told from one node to another.</summary>
/// <param name="StepType">The activity type in which it arose.</param>
/// <param name="StepName">The name for people of that activity.</param>
/// <param name="Region">The part of the step, in a survey the region; null when it is not one part's.</param>
/// <param name="Attempts">How often the step was tried.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Problems">What was wrong with the input, when it was at fault.</param>
public sealed record FaultRecord(string StepType, string StepName, string? Region, int Attempts, string Message, string Remedy, IReadOnlyList<Problem> Problems)
{
    internal static FaultRecord Of(ActivityFault fault)
        => new(fault.StepType, fault.StepName, fault.Region, fault.Attempts, fault.Message, fault.Remedy, fault.Root is BadInputException bad ? bad.Problems : []);
}

/// <summary>What came of one pass that this node has carried out for a run.</summary>
/// <param name="Fault">What it failed with; null when it came to its end.</param>
/// <param name="IsOfTheMachine">True when nothing can be written: the pass is not to blame.</param>
public sealed record PassOutcome(FaultRecord? Fault, bool IsOfTheMachine);
