namespace ClusterSurvey.Inference.Priors;

/// <summary>A positive number whose natural logarithm is normal.</summary>
public sealed record LogNormalDistribution : PriorDistribution
{
    /// <summary>exp N(mu, sigma^2), mu and sigma in natural logarithm.</summary>
    /// <exception cref="ArgumentOutOfRangeException">mu is not finite or sigma is not above zero.</exception>
    public LogNormalDistribution(double mu, double sigma) => (Mu, Sigma) = (Finite(mu, nameof(mu)), Positive(sigma, nameof(sigma)));

    /// <summary>Mean of the natural logarithm.</summary>
    public double Mu { get; }

    /// <summary>Standard deviation of the natural logarithm.</summary>
    public double Sigma { get; }

    /// <inheritdoc/>
    public override string Kind => "log_normal";

    /// <inheritdoc/>
    public override double Low => 0;

    /// <inheritdoc/>
    public override double High => double.PositiveInfinity;

    /// <inheritdoc/>
    public override double EffectiveLow => Quantile(NeglectedTail);

    /// <inheritdoc/>
    public override double Mean => Math.Exp(Mu + 0.5 * Sigma * Sigma);

    /// <inheritdoc/>
    public override double StandardDeviation => Mean * Math.Sqrt(Math.Exp(Sigma * Sigma) - 1);

    /// <inheritdoc/>
    public override double LogDensity(double value)
    {
        if (!(value > 0)) return double.NegativeInfinity;
        var logarithm = Math.Log(value);
        return StandardNormal.LogDensity((logarithm - Mu) / Sigma) - Math.Log(Sigma) - logarithm;
    }

    /// <inheritdoc/>
    public override double Cumulative(double value) => value > 0 ? StandardNormal.Cumulative((Math.Log(value) - Mu) / Sigma) : 0;

    /// <inheritdoc/>
    public override double Quantile(double probability) => Math.Exp(Mu + Sigma * StandardNormal.Quantile(Probability(probability)));
}
