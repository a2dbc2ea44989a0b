namespace ClusterSurvey.Inference.Training;

/// <summary>What one network's training was: mean negative log densities per epoch, in standardised units.</summary>
/// <param name="TrainingLoss">Of the training pairs, averaged over the epoch while it ran.</param>
/// <param name="ValidationLoss">Of the pairs held out, after the epoch.</param>
/// <param name="BestEpoch">The epoch, from 1, whose weights were kept; 0 for those of the start.</param>
/// <param name="ValidationLogProb">Mean log density of the pairs held out under the weights kept, in the units of the data.</param>
/// <param name="ValidationStandardError">Standard error of that mean.</param>
/// <param name="TrainingPairs">Number of pairs trained on.</param>
/// <param name="ValidationPairs">Number of pairs held out.</param>
public sealed record TrainingHistory(
    double[] TrainingLoss, double[] ValidationLoss, int BestEpoch, double ValidationLogProb, double ValidationStandardError, int TrainingPairs, int ValidationPairs)
{
    /// <summary>Epochs run.</summary>
    public int Epochs => TrainingLoss.Length;
}
