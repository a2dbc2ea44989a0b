using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Posteriors;

namespace ClusterSurvey.Inference.Trends;

/// <summary>A median with its central 68 % interval.</summary>
public readonly record struct Interval68(double Median, double Low, double High);

/// <summary>
/// How an inferred parameter of many objects goes with a known quantity of theirs. Two kinds of uncertainty stand apart: that of the posteriors, by taking
/// one draw of every object again and again, and that of which objects are in the sample, by drawing objects with replacement (their posteriors' medians
/// scatter by both). The slope's posterior holds both kinds, through errors and intrinsic scatter.
/// </summary>
public sealed record Trend
{
    private const int Pairings = 20_000, MostDraws = 1000, Resamples = 1000;

    /// <summary>Spearman's correlation of the quantity with the medians of the posteriors.</summary>
    public required double Spearman { get; init; }

    /// <summary>The correlation over draws of the posteriors: errors of measurement, which weaken a correlation, so that its median lies nearer to 0.</summary>
    public required Interval68 SpearmanOfDraws { get; init; }

    /// <summary>The correlation of the medians over objects drawn with replacement.</summary>
    public required Interval68 SpearmanOfObjects { get; init; }

    /// <summary>Probability of a correlation of the medians at least as strong among unrelated quantities (<see cref="RankCorrelation.PValue"/>).</summary>
    public required double PValue { get; init; }

    /// <summary>The slope of a line with intrinsic scatter, its posterior (<see cref="ScatteredLine"/>).</summary>
    public required Interval68 Slope { get; init; }

    /// <summary>The mean of the slope's posterior over objects drawn with replacement.</summary>
    public required Interval68 SlopeOfObjects { get; init; }

    /// <summary>The intrinsic scatter about the line, its posterior.</summary>
    public required Interval68 Scatter { get; init; }

    /// <summary>The mean of the quantity.</summary>
    public required double Pivot { get; init; }

    /// <summary>The line's value there.</summary>
    public required double Level { get; init; }

    /// <summary>Whether a trend can be had: enough objects, and a quantity that differs among them.</summary>
    public static bool IsIn(IReadOnlyList<double> quantity)
    {
        ArgumentNullException.ThrowIfNull(quantity);
        return quantity.Count > ScatteredLine.FewestPoints && quantity.Distinct().Skip(1).Any();
    }

    /// <summary>The trend of a parameter with a quantity.</summary>
    /// <param name="seed">Origin of pairings, draws and resamples.</param>
    /// <param name="quantity">The quantity of each object, without error.</param>
    /// <param name="draws">Draws of the parameter's posterior, object by object.</param>
    /// <exception cref="ArgumentException">Too few objects, or a quantity that is the same for all (<see cref="IsIn"/>).</exception>
    public static Trend Of(Seed seed, IReadOnlyList<double> quantity, IReadOnlyList<double[]> draws)
    {
        ArgumentNullException.ThrowIfNull(quantity);
        ArgumentNullException.ThrowIfNull(draws);
        if (quantity.Count != draws.Count || !IsIn(quantity))
            throw new ArgumentException($"{quantity.Count} quantities and {draws.Count} posteriors: a trend needs {ScatteredLine.FewestPoints + 1} objects or more whose quantity differs", nameof(quantity));
        double[] x = [.. quantity];
        var summaries = draws.Select(posterior => Quantiles.Summarize(posterior)).ToArray();
        var (medians, errors) = (Array.ConvertAll(summaries, summary => summary.Median), Array.ConvertAll(summaries, summary => summary.StandardDeviation));
        var line = new ScatteredLine(x, medians, errors);
        var (correlations, slopes) = Resample(seed.Derive("objects"), x, medians, errors);
        return new Trend
        {
            Spearman = RankCorrelation.Spearman(x, medians),
            SpearmanOfDraws = Interval(OverDraws(seed.Derive("draws"), x, draws)),
            SpearmanOfObjects = Interval(correlations),
            PValue = RankCorrelation.PValue(seed.Derive("pairings"), x, medians, Pairings),
            Slope = new(line.Slope(0.5), line.Slope(0.16), line.Slope(0.84)),
            SlopeOfObjects = Interval(slopes),
            Scatter = new(line.Scatter(0.5), line.Scatter(0.16), line.Scatter(0.84)),
            Pivot = line.Pivot,
            Level = line.Level,
        };
    }

    // Draws of different objects are independent: any one of each is a draw of all.
    private static double[] OverDraws(Seed seed, double[] x, IReadOnlyList<double[]> draws)
    {
        var stream = seed.Stream();
        var correlations = new double[MostDraws];
        var y = new double[x.Length];
        for (var i = 0; i < MostDraws; i++)
        {
            for (var j = 0; j < y.Length; j++) y[j] = draws[j][stream.NextInt32(draws[j].Length)];
            correlations[i] = RankCorrelation.Spearman(x, y);
        }
        return correlations;
    }

    private static (double[] Correlations, double[] Slopes) Resample(Seed seed, double[] x, double[] y, double[] errors)
    {
        var stream = seed.Stream();
        var (correlations, slopes) = (new double[Resamples], new double[Resamples]);
        for (var i = 0; i < Resamples;)
        {
            int[] chosen = [.. Enumerable.Range(0, x.Length).Select(_ => stream.NextInt32(x.Length))];
            // A resample of one value of x, or of one object again and again, has neither correlation nor slope.
            if (chosen.Select(j => x[j]).Distinct().Count() < 2 || chosen.Select(j => y[j]).Distinct().Count() < 2) continue;
            var (sameX, sameY) = (Array.ConvertAll(chosen, j => x[j]), Array.ConvertAll(chosen, j => y[j]));
            correlations[i] = RankCorrelation.Spearman(sameX, sameY);
            slopes[i++] = new ScatteredLine(sameX, sameY, Array.ConvertAll(chosen, j => errors[j])).MeanSlope;
        }
        return (correlations, slopes);
    }

    private static Interval68 Interval(double[] draws)
    {
        var quantiles = Quantiles.Of(draws, [], 0.5, 0.16, 0.84);
        return new Interval68(quantiles[0], quantiles[1], quantiles[2]);
    }
}
