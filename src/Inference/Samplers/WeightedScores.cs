using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Samplers;

/// <summary>Draws of a proposal in the normal scores of a prior, with what their importance weights are made of.</summary>
internal sealed class WeightedScores
{
    private readonly double[] logLikelihood, logPriorOverProposal;

    private WeightedScores(double[] places, double[] logLikelihood, double[] logPriorOverProposal)
        => (Places, this.logLikelihood, this.logPriorOverProposal) = (places, logLikelihood, logPriorOverProposal);

    /// <summary>The scores, row by row.</summary>
    public double[] Places { get; }

    /// <summary>Number of draws.</summary>
    public int Count => logLikelihood.Length;

    /// <summary>How many have a likelihood.</summary>
    public int Finite => logLikelihood.Count(double.IsFinite);

    /// <summary>Draws from a proposal and evaluates the posterior there.</summary>
    public static WeightedScores Draw(RandomStream stream, ScoreMixture proposal, PriorScores posterior, int parameterCount, int count)
    {
        double[] places = new double[count * parameterCount], logLikelihood = new double[count], ratio = new double[count];
        for (var i = 0; i < count; i++) proposal.Draw(stream, places.AsSpan(i * parameterCount, parameterCount));
        posterior.Evaluate(places, logLikelihood);
        for (var i = 0; i < count; i++)
        {
            var place = places.AsSpan(i * parameterCount, parameterCount);
            var logPrior = ScoreMixture.LogPrior(place);
            // What the posterior has of the prior is all but the constant.
            foreach (var score in place) logLikelihood[i] += 0.5 * score * score;
            ratio[i] = logPrior - proposal.LogDensity(place);
        }
        return new WeightedScores(places, logLikelihood, ratio);
    }

    /// <summary>The logarithm of a draw's weight for prior times likelihood to a power.</summary>
    public double LogWeight(int draw, double power) => double.IsFinite(logLikelihood[draw]) ? power * logLikelihood[draw] + logPriorOverProposal[draw] : double.NegativeInfinity;

    /// <summary>Weights for prior times likelihood to a power; their sum is 1.</summary>
    public double[] Weights(double power) => Normalised([.. Enumerable.Range(0, Count).Select(draw => LogWeight(draw, power))]);

    /// <summary>How many equal draws they are worth for prior times likelihood to a power.</summary>
    public double EffectiveDraws(double power) => Worth(Weights(power));

    /// <summary>Weights whose sum is 1, from their logarithms, of which at least one is finite.</summary>
    public static double[] Normalised(double[] logWeights)
    {
        var highest = logWeights.Max();
        var weights = Array.ConvertAll(logWeights, weight => Math.Exp(weight - highest));
        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    /// <summary>How many equal draws weights whose sum is 1 are worth (Kish): one over the sum of their squares.</summary>
    public static double Worth(double[] weights) => 1 / weights.Sum(weight => weight * weight);
}
