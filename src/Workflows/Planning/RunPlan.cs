namespace ClusterSurvey.Workflows.Planning;

/// <summary>What a run would do, step by step, without doing it.</summary>
/// <param name="DefinitionId">The definition.</param>
/// <param name="Steps">The steps in the order in which they would begin.</param>
public sealed record RunPlan(string DefinitionId, IReadOnlyList<PlannedStep> Steps)
{
    public int Cached => Steps.Count(step => step.IsCached);

    public int ToRun => Steps.Count - Cached;

    /// <summary>Seconds of work by the record of earlier runs, on one thread; null when some step never ran.</summary>
    public double? Seconds => Steps.Any(step => step.Seconds is null) ? null : Steps.Sum(step => step.Seconds);

    /// <summary>Bytes that will be stored by the record of earlier runs; null when some step never ran.</summary>
    public long? Bytes => Steps.Any(step => step.Bytes is null) ? null : Steps.Sum(step => step.Bytes);
}
