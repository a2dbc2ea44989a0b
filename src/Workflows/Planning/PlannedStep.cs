namespace ClusterSurvey.Workflows.Planning;

/// <summary>A step as the next run will find it.</summary>
/// <param name="Cluster">The loop pass, in a survey the cluster; empty for steps of the whole survey.</param>
/// <param name="Step">The step's name for people.</param>
/// <param name="Type">The step's name in definitions.</param>
/// <param name="IsCached">True when its result is there and whole.</param>
/// <param name="Reason">Why it will run; empty when it is cached.</param>
/// <param name="Changes">What of its key differs from the last run; empty when nothing is known of one.</param>
/// <param name="Seconds">How long it took before; null when it never ran, 0 when it is cached.</param>
/// <param name="Bytes">How much it stored before; null when it never ran, 0 when it is cached.</param>
public sealed record PlannedStep(
    string Cluster, string Step, string Type, bool IsCached, string Reason, IReadOnlyList<FieldChange> Changes, double? Seconds, long? Bytes)
{
    /// <summary>The parts of the step, in a survey the regions, when it is one in parts and they are known.</summary>
    public IReadOnlyList<PlannedPart> Parts { get; init; } = [];
}

/// <summary>A part of a step as the next run will find it.</summary>
/// <param name="Name">The part, in a survey the region.</param>
/// <param name="IsCached">True when its result is there and whole.</param>
/// <param name="Reason">Why it will be computed; empty when it is cached.</param>
/// <param name="Changes">What of its key differs from the last run.</param>
public sealed record PlannedPart(string Name, bool IsCached, string Reason, IReadOnlyList<FieldChange> Changes);
