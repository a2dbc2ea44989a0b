using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Sequential;

/// <summary>
/// Truncated sequential neural posterior estimation (Deistler, Goncalves and Macke 2022): every round simulates from the prior restricted to where the
/// round before has the posterior of one observation, and trains on the pairs of all rounds. There the proposal is the prior times a constant, so that
/// the plain loss stays right; the result holds for that observation, not for others.
/// </summary>
public static class SequentialPosterior
{
    /// <summary>Simulates and trains round by round.</summary>
    /// <param name="seed">Origin of everything: the same seed gives the same posterior, bit for bit.</param>
    /// <param name="prior">The prior.</param>
    /// <param name="simulator">The model, called for one simulation after the other.</param>
    /// <param name="x">The observation.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Hears of every simulation and every epoch.</param>
    /// <param name="cancellation">Ends the work between two simulations or batches.</param>
    /// <exception cref="ArgumentException">Options out of range, an observation or a simulation that is not finite, or constant data.</exception>
    /// <exception cref="TrainingFailedException">The loss of a network is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static NeuralPosterior Train(Seed seed, Prior prior, Simulator simulator, ReadOnlySpan<double> x, SequentialOptions? options = null,
        IProgress<SequentialProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(prior);
        var observed = x.ToArray();
        var (proposal, share) = (new TruncatedPrior(prior, x), (options ?? new SequentialOptions()).TruncatedShare);
        return SimulationRounds.Run<NeuralPosterior>(seed, prior, simulator, observed, options, Propose,
            (training, pairs, networks, before, heard) => NeuralPosterior.Train(training, pairs, ParameterBounds.Of(prior), networks, before, heard, cancellation), progress, cancellation);

        double[] Propose(Seed round, NeuralPosterior? before, int count)
        {
            if (before is not null) proposal = proposal.To(round.Derive("truncation"), before, share);
            return proposal.Sample(round.Derive("proposal"), count, cancellation);
        }
    }
}
