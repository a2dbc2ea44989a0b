namespace ClusterSurvey.Workflows.Ledger;

/// <summary>A step that has finished in some run.</summary>
/// <param name="Label">The loop pass in which it ran; empty outside of loops.</param>
/// <param name="ActivityId">The activity of the definition that was this step.</param>
/// <param name="Type">The step's name in definitions.</param>
/// <param name="Key">Its artifact key.</param>
/// <param name="FromCache">True when the result was found and not computed.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record StepRecord(string Label, string ActivityId, string Type, string Key, bool FromCache, double Seconds);
