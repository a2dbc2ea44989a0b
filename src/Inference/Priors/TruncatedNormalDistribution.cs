using MathNet.Numerics.Integration;

namespace ClusterSurvey.Inference.Priors;

/// <summary>A normal density cut at two bounds and normalised between them.</summary>
public sealed record TruncatedNormalDistribution : PriorDistribution
{
    private readonly double mass;
    private readonly bool mirrored;

    /// <summary>N(mean, std^2) between low and high; mean and std are those before the cut.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, or the bounds hold no probability that a double can express.</exception>
    public TruncatedNormalDistribution(double mean, double std, double low, double high)
    {
        (UncutMean, UncutStandardDeviation) = (Finite(mean, nameof(mean)), Positive(std, nameof(std)));
        (Low, High) = (Finite(low, nameof(low)), Above(high, low));
        // Far in the upper tail 1 - cumulative cancels: there the mirror image is computed.
        mirrored = Low > UncutMean;
        mass = Below(High) - Below(Low);
        if (mirrored) mass = -mass;
        if (!(mass > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(low), low,
                $"between {low} and {high} a normal of mean {mean} and std {std} has no probability: move the bounds nearer to the mean");
        }
        (Mean, StandardDeviation) = Moments();
    }

    /// <summary>Mean of the normal before the cut.</summary>
    public double UncutMean { get; }

    /// <summary>Standard deviation of the normal before the cut.</summary>
    public double UncutStandardDeviation { get; }

    /// <inheritdoc/>
    public override string Kind => "truncated_normal";

    /// <inheritdoc/>
    public override double Low { get; }

    /// <inheritdoc/>
    public override double High { get; }

    /// <inheritdoc/>
    public override double EffectiveLow => Quantile(NeglectedTail);

    /// <inheritdoc/>
    public override double EffectiveHigh => Quantile(1 - NeglectedTail);

    /// <inheritdoc/>
    public override double Mean { get; }

    /// <inheritdoc/>
    public override double StandardDeviation { get; }

    /// <inheritdoc/>
    public override double LogDensity(double value) => value >= Low && value <= High
        ? StandardNormal.LogDensity((value - UncutMean) / UncutStandardDeviation) - Math.Log(UncutStandardDeviation * mass)
        : double.NegativeInfinity;

    /// <inheritdoc/>
    public override double Cumulative(double value) => Math.Clamp(Math.Abs(Below(Math.Clamp(value, Low, High)) - Below(Low)) / mass, 0, 1);

    /// <inheritdoc/>
    public override double Quantile(double probability)
    {
        var sign = mirrored ? -1 : 1;
        var score = sign * StandardNormal.Quantile(Math.Clamp(Below(Low) + sign * Probability(probability) * mass, 0, 1));
        return Math.Clamp(UncutMean + UncutStandardDeviation * score, Low, High);
    }

    private protected override PriorDistribution Between(double low, double high) => new TruncatedNormalDistribution(UncutMean, UncutStandardDeviation, low, high);

    /// <summary>Probability of the uncut normal below the value, or above it when mirrored.</summary>
    private double Below(double value)
    {
        var score = (value - UncutMean) / UncutStandardDeviation;
        return StandardNormal.Cumulative(mirrored ? -score : score);
    }

    private (double Mean, double StandardDeviation) Moments()
    {
        double low = Quantile(1e-15), high = Quantile(1 - 1e-15), middle = Quantile(0.5);
        double Moment(int power) => GaussLegendreRule.Integrate(x => Math.Pow(x - middle, power) * Math.Exp(LogDensity(x)), low, high, 128);
        var shift = Moment(1);
        return (middle + shift, Math.Sqrt(Math.Max(0, Moment(2) - shift * shift)));
    }
}
