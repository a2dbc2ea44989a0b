namespace ClusterSurvey.Inference.Priors;

/// <summary>The normal density.</summary>
public sealed record NormalDistribution : PriorDistribution
{
    /// <summary>N(mean, std^2).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The mean is not finite or the standard deviation is not above zero.</exception>
    public NormalDistribution(double mean, double std) => (Mean, StandardDeviation) = (Finite(mean, nameof(mean)), Positive(std, nameof(std)));

    /// <inheritdoc/>
    public override string Kind => "normal";

    /// <inheritdoc/>
    public override double Low => double.NegativeInfinity;

    /// <inheritdoc/>
    public override double High => double.PositiveInfinity;

    /// <inheritdoc/>
    public override double Mean { get; }

    /// <inheritdoc/>
    public override double StandardDeviation { get; }

    /// <inheritdoc/>
    public override double LogDensity(double value) => StandardNormal.LogDensity((value - Mean) / StandardDeviation) - Math.Log(StandardDeviation);

    /// <inheritdoc/>
    public override double Cumulative(double value) => StandardNormal.Cumulative((value - Mean) / StandardDeviation);

    /// <inheritdoc/>
    public override double Quantile(double probability) => Mean + StandardDeviation * StandardNormal.Quantile(Probability(probability));
}
