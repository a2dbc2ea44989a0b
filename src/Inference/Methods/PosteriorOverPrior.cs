using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Methods;

/// <summary>
/// log q(theta | x) - log p(theta) of a neural posterior: as a function of theta the log-likelihood less a term of x alone, so that grids and samplers can
/// walk a posterior that draws directly as well, to check one against the other, or to take another prior.
/// </summary>
public sealed class PosteriorOverPrior : ILikelihood
{
    // On the bounds themselves a density over scores has nothing left but rounding.
    private const double EdgeShare = 1e-4;

    private readonly NeuralPosterior posterior;
    private readonly Prior prior;

    /// <summary>Divides a posterior by the prior of its training pairs.</summary>
    /// <exception cref="ArgumentException">Another number of parameters.</exception>
    public PosteriorOverPrior(NeuralPosterior posterior, Prior prior)
    {
        ArgumentNullException.ThrowIfNull(posterior);
        ArgumentNullException.ThrowIfNull(prior);
        if (prior.Count != posterior.ParameterCount) throw new ArgumentException($"a prior over {prior.Count} parameters, the posterior has {posterior.ParameterCount}", nameof(prior));
        (this.posterior, this.prior) = (posterior, prior);
    }

    /// <inheritdoc/>
    public int ParameterCount => posterior.ParameterCount;

    /// <inheritdoc/>
    public int DataCount => posterior.DataCount;

    /// <summary>log q(theta | x) - log p(theta) in nats; within a ten-thousandth of a bound, the value there.</summary>
    /// <param name="x">The observation, length <see cref="DataCount"/>.</param>
    /// <param name="theta">Parameters row by row, length n x <see cref="ParameterCount"/>.</param>
    /// <param name="logLikelihood">Receives n values.</param>
    /// <exception cref="ArgumentException">The lengths do not match.</exception>
    public void Evaluate(ReadOnlySpan<double> x, ReadOnlySpan<double> theta, Span<double> logLikelihood)
    {
        RowLength.Require(theta.Length, logLikelihood.Length * ParameterCount, nameof(theta));
        var inside = theta.ToArray();
        for (var i = 0; i < inside.Length; i++) inside[i] = Inside(inside[i], prior[i % ParameterCount]);
        posterior.Evaluate(x, inside, logLikelihood);
        for (var i = 0; i < logLikelihood.Length; i++) logLikelihood[i] -= prior.LogDensity(inside.AsSpan(i * ParameterCount, ParameterCount));
    }

    private static double Inside(double theta, PriorDistribution distribution)
    {
        var edge = EdgeShare * (distribution.EffectiveHigh - distribution.EffectiveLow);
        if (double.IsFinite(distribution.Low)) theta = Math.Max(theta, distribution.Low + edge);
        return double.IsFinite(distribution.High) ? Math.Min(theta, distribution.High - edge) : theta;
    }
}
