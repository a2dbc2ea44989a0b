using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows.Expressions;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>What all instances of one run share.</summary>
internal sealed class RunState
{
    public required StepCatalog Catalog { get; init; }

    public required RunLedger Ledger { get; init; }

    public required ArtifactStore Store { get; init; }

    public required TimeProvider Time { get; init; }

    public required ExpressionEvaluator Evaluator { get; init; }

    public required RunFolder RunFolder { get; init; }

    /// <summary>What the steps may read.</summary>
    public required FileFence Files { get; init; }

    public required Seed Seed { get; init; }

    /// <summary>Where the results of steps come from.</summary>
    public required IStepSource Steps { get; init; }

    /// <summary>True when steps are carried out, and not only planned.</summary>
    public bool IsAtWork => Steps is ComputedSteps;

    public required ParallelSlots Slots { get; init; }

    /// <summary>How many threads a step may use while all passes are in flight.</summary>
    public required int ThreadsPerPass { get; init; }

    public required IProgress<RunEvent>? Progress { get; init; }

    /// <summary>What is done with the run's own parallel loops when several nodes share it; null when this process runs it alone.</summary>
    public SharedLoops? SharedLoops { get; init; }

    /// <summary>The versions of all definitions that the run can reach, by definition id: they stay the same when the run is resumed.</summary>
    public required IReadOnlyDictionary<string, WorkflowDocument> Definitions { get; init; }
}
