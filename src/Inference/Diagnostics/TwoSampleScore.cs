namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>How well a classifier tells two sets of draws apart.</summary>
/// <param name="Accuracy">Mean accuracy on held-out draws: 0.5 when the sets cannot be told apart, 1 when they never overlap.</param>
/// <param name="FoldAccuracies">The accuracy on every fold.</param>
/// <param name="Count">Draws used of each set.</param>
public sealed record TwoSampleScore(double Accuracy, double[] FoldAccuracies, int Count);
