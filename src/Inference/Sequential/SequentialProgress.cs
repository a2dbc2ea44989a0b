namespace ClusterSurvey.Inference.Sequential;

/// <summary>How far inference in rounds has come.</summary>
/// <param name="Round">The round, from 1.</param>
/// <param name="Rounds">Number of rounds.</param>
/// <param name="Simulated">Simulations of this round that are done.</param>
/// <param name="Simulations">Simulations of a round.</param>
/// <param name="Training">The training of the round; null while it simulates.</param>
public readonly record struct SequentialProgress(int Round, int Rounds, int Simulated, int Simulations, TrainingProgress? Training);
