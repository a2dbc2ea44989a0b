namespace ClusterSurvey.Inference;

/// <summary>How far a training has come.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="TrainingLoss">Mean negative log density of the training pairs, standardised units.</param>
/// <param name="ValidationLoss">The same on the pairs held out.</param>
/// <param name="EpochsSinceBest">Epochs since the validation loss was lowest; training ends when this reaches the patience.</param>
/// <param name="Network">Which network of an ensemble this is, from 1.</param>
/// <param name="Networks">Number of networks of the ensemble.</param>
public readonly record struct TrainingProgress(
    int Epoch, double TrainingLoss, double ValidationLoss, int EpochsSinceBest, int Network = 1, int Networks = 1);
