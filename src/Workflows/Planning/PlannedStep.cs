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
    string Cluster, string Step, string Type, bool IsCached, string Reason, IReadOnlyList<FieldChange> Changes, double? Seconds, long? Bytes);
