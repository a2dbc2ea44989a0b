namespace ClusterSurvey.Inference.Priors;

/// <summary>Equal density between two bounds.</summary>
public sealed record UniformDistribution : PriorDistribution
{
    /// <summary>The density 1 / (high - low) on [low, high].</summary>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not finite, or they do not ascend.</exception>
    public UniformDistribution(double low, double high) => (Low, High) = (Finite(low, nameof(low)), Above(high, low));

    /// <inheritdoc/>
    public override string Kind => "uniform";

    /// <inheritdoc/>
    public override double Low { get; }

    /// <inheritdoc/>
    public override double High { get; }

    /// <inheritdoc/>
    public override double Mean => 0.5 * (Low + High);

    /// <inheritdoc/>
    public override double StandardDeviation => (High - Low) / Math.Sqrt(12);

    /// <inheritdoc/>
    public override double LogDensity(double value) => value >= Low && value <= High ? -Math.Log(High - Low) : double.NegativeInfinity;

    /// <inheritdoc/>
    public override double Cumulative(double value) => Math.Clamp((value - Low) / (High - Low), 0, 1);

    /// <inheritdoc/>
    public override double Quantile(double probability) => Math.Min(High, Low + Probability(probability) * (High - Low));

    private protected override PriorDistribution Between(double low, double high) => new UniformDistribution(low, high);
}
