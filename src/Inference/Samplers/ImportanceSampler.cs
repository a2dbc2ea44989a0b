using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Samplers;

/// <summary>
/// Adaptive importance sampling (population Monte Carlo: Cappe et al. 2008). In the normal scores of the prior, where it is standard normal, a mixture is fitted to weighted draws of prior times
/// likelihood to a power, which grows from 0 to 1 as far as the weights of each round's draws allow; draws from the last mixture, independent of each other, are weighted with the posterior itself. For a few
/// parameters and a likelihood that takes its time: a few thousand evaluations do where a chain needs a hundred times as many. Of modes that none of the first draws has found it knows nothing.
/// </summary>
public static class ImportanceSampler
{
    private const int MostRounds = 60;

    // A round goes on to the power at which its draws are worth this part of their number, or this part of what they are worth at the power for which their mixture was made.
    private const double SpentShare = 0.3, SpentOfWorth = 0.7;

    // At the full power mixtures are fitted anew as long as each makes draws worth so much more.
    private const double WorthAnotherFit = 1.1;

    /// <summary>Samples the posterior of a likelihood.</summary>
    /// <param name="seed">Same seed, same draws.</param>
    /// <param name="prior">The prior; no draw leaves its support.</param>
    /// <param name="likelihood">The likelihood.</param>
    /// <param name="x">The observation.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    /// <param name="progress">Told the fraction of the effective draws reached.</param>
    /// <param name="cancellation">Looked at before every round.</param>
    /// <exception cref="ArgumentException">Lengths do not match, x is not finite, or no draw of the prior has a likelihood.</exception>
    public static ImportanceDraws Sample(Seed seed, Prior prior, ILikelihood likelihood, ReadOnlySpan<double> x, ImportanceOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(prior);
        options ??= new();
        var count = options.DrawsFor(prior.Count);
        var scores = new PriorScores(prior, likelihood, x);
        var evaluations = 0;
        WeightedScores Round(Seed part, ScoreMixture proposal)
        {
            cancellation.ThrowIfCancellationRequested();
            evaluations += count;
            return WeightedScores.Draw(part.Stream(), proposal, scores, prior.Count, count);
        }
        var proposal = Adapt(seed.Derive("adapt"), Round, prior.Count, options);
        var drawn = new List<WeightedScores>();
        for (var round = 0; ; round++)
        {
            drawn.Add(Round(seed.Derive("draws").Derive(round), proposal));
            var draws = new ImportanceDraws([.. drawn], scores, options, evaluations);
            progress?.Report(Math.Min(1, draws.EffectiveDraws / options.EffectiveDraws));
            if (draws.Converged || evaluations + count > options.MostEvaluations) return draws;
        }
    }

    // The mixture whose draws are worth most.
    private static ScoreMixture Adapt(Seed seed, Func<Seed, ScoreMixture, WeightedScores> draw, int parameterCount, ImportanceOptions options)
    {
        var proposal = ScoreMixture.OfPrior(parameterCount);
        var (power, best, worth) = (0.0, proposal, 0.0);
        for (var round = 0; round < MostRounds && round * options.DrawsFor(parameterCount) < options.MostEvaluations / 2; round++)
        {
            var drawn = draw(seed.Derive(round), proposal);
            if (drawn.Finite == 0) throw new ArgumentException($"none of {drawn.Count} draws has a finite likelihood: look at the observation and the prior");
            if (power == 1)
            {
                var here = drawn.EffectiveDraws(1);
                var isBetter = here > WorthAnotherFit * worth;
                if (here > worth) (best, worth) = (proposal, here);
                if (!isBetter) break;
            }
            power = Next(drawn, power);
            proposal = ScoreMixture.Fit(drawn, power, options.Components, seed.Derive("fit").Derive(round));
            if (worth == 0) best = proposal;
        }
        return best;
    }

    // The highest power that the draws bear.
    private static double Next(WeightedScores drawn, double power)
    {
        var least = Math.Min(SpentShare * drawn.Count, SpentOfWorth * drawn.EffectiveDraws(power));
        if (drawn.EffectiveDraws(1) >= least) return 1;
        var (low, high) = (power, 1.0);
        for (var i = 0; i < 40; i++)
        {
            var middle = 0.5 * (low + high);
            if (drawn.EffectiveDraws(middle) >= least) low = middle;
            else high = middle;
        }
        return low;
    }
}
