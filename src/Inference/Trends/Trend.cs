using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Samplers;

namespace ClusterSurvey.Inference.Trends;

/// <summary>A median with its central 68 % interval.</summary>
public readonly record struct Interval68(double Median, double Low, double High);

/// <summary>
/// How an inferred parameter y of many objects goes with a known quantity x of theirs: y_i ~ N(level + slope (x_i - mean x), scatter^2), with each object's likelihood and not its posterior, so that an object of which little is
/// known says little: posteriors of faint objects lie where their prior has them, and where faintness goes with x their medians go with x too. (The model of Kelly 2007, for likelihoods of any shape.)
/// </summary>
public sealed record Trend
{
    /// <summary>A slope and a scatter need more objects than that have numbers.</summary>
    public const int FewestObjects = 5;

    private const int EffectiveDraws = 2000, RankDraws = 1000;

    /// <summary>The slope; its prior is flat, for lines that stay in the range of y.</summary>
    public required Interval68 Slope { get; init; }

    /// <summary>The scatter about the line beyond errors; its prior is flat in the logarithm, from a hundredth of the range of y to all of it.</summary>
    public required Interval68 Scatter { get; init; }

    /// <summary>The correlation of y with x without errors of measurement: slope deviation(x) / sqrt(slope^2 variance(x) + scatter^2).</summary>
    public required Interval68 Correlation { get; init; }

    /// <summary>Twice the probability that the slope has the other sign: of so strong a trend, or a stronger one, where there is none. Not below one over the effective draws.</summary>
    public required double PValue { get; init; }

    /// <summary>Spearman's correlation over draws of y, each from its own likelihood with a flat prior: errors of measurement weaken it, and the prior's middle, where what is unknown lies, can feign one.</summary>
    public required Interval68 SpearmanOfDraws { get; init; }

    /// <summary>The mean of the quantity.</summary>
    public required double Pivot { get; init; }

    /// <summary>The line's y there, the median.</summary>
    public required double Level { get; init; }

    /// <summary>Whether the sampler had the draws it was asked for.</summary>
    public required bool Converged { get; init; }

    /// <summary>Whether a trend can be had: enough objects, and a quantity that differs among them.</summary>
    public static bool IsIn(IReadOnlyList<double> quantity)
    {
        ArgumentNullException.ThrowIfNull(quantity);
        return quantity.Count >= FewestObjects && quantity.Distinct().Skip(1).Any();
    }

    /// <summary>The trend of a parameter with a quantity.</summary>
    /// <param name="seed">Origin of draws.</param>
    /// <param name="quantity">The quantity of each object, without error.</param>
    /// <param name="likelihoods">The likelihood of each object's parameter, to any factor: its posterior with a flat prior.</param>
    /// <param name="low">Lower end of the parameter's range.</param>
    /// <param name="high">Upper end of the parameter's range.</param>
    /// <param name="cancellation">Looked at between batches of evaluations.</param>
    /// <exception cref="ArgumentException">Too few objects, or a quantity that is the same for all (<see cref="IsIn"/>).</exception>
    public static Trend Of(Seed seed, IReadOnlyList<double> quantity, IReadOnlyList<MarginalDensity> likelihoods, double low, double high, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(quantity);
        ArgumentNullException.ThrowIfNull(likelihoods);
        if (quantity.Count != likelihoods.Count || !IsIn(quantity))
            throw new ArgumentException($"{quantity.Count} quantities and {likelihoods.Count} likelihoods: a trend needs {FewestObjects} objects or more whose quantity differs", nameof(quantity));
        if (!(high > low)) throw new ArgumentException($"a range from {low} to {high}: its upper end is above its lower one", nameof(high));
        // A steeper line leaves the range.
        var steepest = (high - low) / (quantity.Max() - quantity.Min());
        var prior = new Prior([
            new("level", new UniformDistribution(low, high)), new("ln_scatter", new UniformDistribution(Math.Log(0.01 * (high - low)), Math.Log(high - low))), new("slope", new UniformDistribution(-steepest, steepest)),
        ]);
        var draws = ImportanceSampler.Sample(seed.Derive("line"), prior, new LineLikelihood(quantity, likelihoods, low, high), [], new ImportanceOptions { EffectiveDraws = EffectiveDraws }, null, cancellation);
        var mean = quantity.Average();
        var deviation = Math.Sqrt(quantity.Average(x => (x - mean) * (x - mean)));
        double[] Column(Func<double, double, double, double> number) => [.. draws.Theta.Chunk(3).Select(row => number(row[0], Math.Exp(row[1]), row[2]))];
        Interval68 Interval(double[] column) => Quantile(column, draws.Weights);
        var slopes = Column((_, _, slope) => slope);
        var rising = slopes.Zip(draws.Weights, (slope, weight) => slope > 0 ? weight : 0).Sum();
        return new Trend
        {
            Slope = Interval(slopes),
            Scatter = Interval(Column((_, scatter, _) => scatter)),
            Correlation = Interval(Column((_, scatter, slope) => slope * deviation / Math.Sqrt(slope * slope * deviation * deviation + scatter * scatter))),
            PValue = Math.Clamp(2 * Math.Min(rising, 1 - rising), 1 / draws.EffectiveDraws, 1),
            SpearmanOfDraws = Quantile(Ranks(seed.Derive("ranks"), [.. quantity], likelihoods), []),
            Pivot = mean,
            Level = Interval(Column((level, _, _) => level)).Median,
            Converged = draws.Converged,
        };
    }

    // Draws of different objects are independent: any one of each is a draw of all.
    private static double[] Ranks(Seed seed, double[] x, IReadOnlyList<MarginalDensity> likelihoods)
    {
        var stream = seed.Stream();
        var correlations = new double[RankDraws];
        var y = new double[x.Length];
        for (var i = 0; i < correlations.Length; i++)
        {
            for (var j = 0; j < y.Length; j++) y[j] = likelihoods[j].Quantile(stream.NextDouble());
            correlations[i] = RankCorrelation.Spearman(x, y);
        }
        return correlations;
    }

    private static Interval68 Quantile(double[] draws, double[] weights)
    {
        var quantiles = Quantiles.Of(draws, weights, 0.5, 0.16, 0.84);
        return new Interval68(quantiles[0], quantiles[1], quantiles[2]);
    }
}
