using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Samplers;

/// <summary>
/// A posterior in the normal scores of its prior, z_j = inverse normal distribution function of P(theta_j), where p(theta) dtheta is the
/// standard normal density of z: ln p(z | x) = ln p(x | theta(z)) - z^2 / 2 + const. Not safe for two threads at once.
/// </summary>
internal sealed class PriorScores
{
    // Beyond, the distribution function of a double is 0 or 1.
    private const double Farthest = 8;

    private readonly Prior prior;
    private readonly ILikelihood likelihood;
    private readonly double[] x;

    public PriorScores(Prior prior, ILikelihood likelihood, ReadOnlySpan<double> x)
    {
        ObservationCheck.Check(likelihood, x, prior.Count);
        (this.prior, this.likelihood, this.x) = (prior, likelihood, x.ToArray());
    }

    /// <summary>The log density of scores, as <see cref="LogDensity"/> asks.</summary>
    public void Evaluate(ReadOnlySpan<double> z, Span<double> logDensity)
    {
        var theta = z.ToArray();
        Restore(theta);
        likelihood.Evaluate(x, theta, logDensity);
        for (var i = 0; i < logDensity.Length; i++) logDensity[i] = Add(logDensity[i], z.Slice(i * prior.Count, prior.Count));
    }

    /// <summary>The scores of parameters row by row.</summary>
    public double[] Scores(ReadOnlySpan<double> theta)
    {
        var z = new double[theta.Length];
        for (var i = 0; i < z.Length; i++) z[i] = Math.Clamp(StandardNormal.Quantile(prior[i % prior.Count].Cumulative(theta[i])), -Farthest, Farthest);
        return z;
    }

    /// <summary>Puts parameters in the place of scores.</summary>
    public void Restore(Span<double> z)
    {
        for (var i = 0; i < z.Length; i++) z[i] = prior[i % prior.Count].Quantile(StandardNormal.Cumulative(Math.Clamp(z[i], -Farthest, Farthest)));
    }

    /// <summary>The same for several chains.</summary>
    public void Restore(double[][] chains)
    {
        foreach (var chain in chains) Restore(chain.AsSpan());
    }

    private static double Add(double logLikelihood, ReadOnlySpan<double> z)
    {
        if (double.IsNaN(logLikelihood) || double.IsPositiveInfinity(logLikelihood)) return double.NegativeInfinity;
        foreach (var score in z)
        {
            if (!(Math.Abs(score) <= Farthest)) return double.NegativeInfinity;
            logLikelihood -= 0.5 * score * score;
        }
        return logLikelihood;
    }
}
