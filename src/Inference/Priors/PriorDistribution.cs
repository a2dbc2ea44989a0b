namespace ClusterSurvey.Inference.Priors;

/// <summary>What is believed about one parameter before the data: a proper, continuous density on an interval.</summary>
public abstract record PriorDistribution
{
    /// <summary>The share of the probability that <see cref="EffectiveLow"/> and <see cref="EffectiveHigh"/> leave out on either side.</summary>
    internal const double NeglectedTail = 1e-6;

    /// <summary>The word for this family in a prior file.</summary>
    public abstract string Kind { get; }

    /// <summary>Lower end of the support, minus infinity where there is none.</summary>
    public abstract double Low { get; }

    /// <summary>Upper end of the support, infinity where there is none.</summary>
    public abstract double High { get; }

    /// <summary>Expectation.</summary>
    public abstract double Mean { get; }

    /// <summary>Square root of the variance.</summary>
    public abstract double StandardDeviation { get; }

    /// <summary>Where a grid starts: the support's end, or the 1e-6 quantile of an open tail.</summary>
    public virtual double EffectiveLow => double.IsFinite(Low) ? Low : Quantile(NeglectedTail);

    /// <summary>Where a grid ends: the support's end, or the quantile that leaves 1e-6 above.</summary>
    public virtual double EffectiveHigh => double.IsFinite(High) ? High : Quantile(1 - NeglectedTail);

    /// <summary>ln p(value); minus infinity outside the support, whose ends belong to it.</summary>
    public abstract double LogDensity(double value);

    /// <summary>The probability of a value below <paramref name="value"/>.</summary>
    public abstract double Cumulative(double value);

    /// <summary>The value below which lies the probability <paramref name="probability"/>, in [0, 1].</summary>
    public abstract double Quantile(double probability);

    /// <summary>The same belief with its ends farther out by a margin, a share of the distance between them; a belief without two ends as it is.</summary>
    /// <param name="margin">The share, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative margin, or one that is not finite.</exception>
    public PriorDistribution Widened(double margin)
    {
        if (!(margin >= 0) || !double.IsFinite(margin)) throw new ArgumentOutOfRangeException(nameof(margin), margin, "the margin of a prior must be finite and not negative");
        var beyond = margin * (High - Low);
        return margin == 0 || double.IsInfinity(beyond) ? this : Between(Low - beyond, High + beyond);
    }

    /// <summary>The same belief between other ends; itself where it has no two ends.</summary>
    private protected virtual PriorDistribution Between(double low, double high) => this;

    private protected static double Finite(double value, string name) => double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} of a prior must be a finite number");

    private protected static double Positive(double value, string name) => double.IsFinite(value) && value > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} of a prior must be finite and above zero");

    private protected static double Above(double high, double low) => Finite(high, nameof(high)) > low
        ? high
        : throw new ArgumentOutOfRangeException(nameof(high), high, $"high of a prior must lie above low, {low}");

    private protected static double Probability(double probability) => probability is >= 0 and <= 1
        ? probability
        : throw new ArgumentOutOfRangeException(nameof(probability), probability, "a probability lies between 0 and 1");
}
