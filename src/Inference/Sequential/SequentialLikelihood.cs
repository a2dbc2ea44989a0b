using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Samplers;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Sequential;

/// <summary>
/// Sequential neural likelihood estimation (Papamakarios, Sterratt and Murray 2019, algorithm 1): every round simulates from the posterior of one observation
/// that the round before gives, and trains on the pairs of all rounds. A likelihood is right under any proposal; it is sharpest where that observation needs it.
/// </summary>
public static class SequentialLikelihood
{
    /// <summary>Simulates and trains round by round.</summary>
    /// <param name="seed">Origin of everything: the same seed gives the same likelihood, bit for bit.</param>
    /// <param name="prior">The prior, from which the first round draws.</param>
    /// <param name="simulator">The model, called for one simulation after the other.</param>
    /// <param name="x">The observation.</param>
    /// <param name="options">How; null for the defaults. Nothing is truncated here.</param>
    /// <param name="progress">Hears of every simulation and every epoch.</param>
    /// <param name="cancellation">Ends the work between two simulations or batches.</param>
    /// <exception cref="ArgumentException">Options out of range, an observation or a simulation that is not finite, or constant data.</exception>
    /// <exception cref="TrainingFailedException">The loss of a network is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static NeuralLikelihood Train(Seed seed, Prior prior, Simulator simulator, ReadOnlySpan<double> x, SequentialOptions? options = null,
        IProgress<SequentialProgress>? progress = null, CancellationToken cancellation = default)
    {
        var observed = x.ToArray();
        return SimulationRounds.Run<NeuralLikelihood>(seed, prior, simulator, observed, options,
            (round, before, count) => before is null ? prior.Sample(round.Derive("proposal"), count) : Propose(round.Derive("proposal"), prior, before, observed, count, cancellation),
            (training, pairs, networks, before, heard) => NeuralLikelihood.TrainOn(training, pairs, networks, before, heard, cancellation), progress, cancellation);
    }

    private static double[] Propose(Seed seed, Prior prior, NeuralLikelihood likelihood, ReadOnlySpan<double> x, int count, CancellationToken cancellation) =>
        prior.Count <= ParameterGrid.MaximumDimensions
            ? GridPosterior.Compute(prior, likelihood, x, cancellation: cancellation).Sample(seed, count)
            : EnsembleSampler.Sample(seed.Derive("chain"), prior, likelihood, x, new() { EffectiveDraws = count }, cancellation: cancellation).Draw(seed.Derive("draws"), count);
}
