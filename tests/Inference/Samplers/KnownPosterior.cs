using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Tests.Posteriors;

namespace ClusterSurvey.Inference.Tests.Samplers;

/// <summary>A posterior of which it is known how to turn a draw into independent uniform numbers.</summary>
internal sealed record KnownPosterior(Prior Prior, Func<double[], double> LogLikelihood, Func<double[], double[]> Uniform)
{
    private static readonly NormalDistribution Standard = new(0, 1);

    public ILikelihood Likelihood { get; } = new FunctionLikelihood(Prior.Count, LogLikelihood);

    public static KnownPosterior Of(string name) => name switch
    {
        "Gaussian of 2" => Gaussian(2),
        "Gaussian of 4" => Gaussian(4),
        "Gaussian of 8" => Gaussian(8),
        "narrow Gaussian" => Narrow(),
        "two modes" => TwoModes(),
        "banana" => Banana(),
        "edge" => Edge(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such posterior"),
    };

    /// <summary>The smallest p of Kolmogorov and Smirnov over the uniform numbers, times how many they are.</summary>
    public double PValue(double[] draws)
    {
        var d = Prior.Count;
        var uniform = Enumerable.Range(0, draws.Length / d).Select(i => Uniform(draws[(i * d)..((i + 1) * d)])).ToArray();
        return uniform[0].Length * Enumerable.Range(0, uniform[0].Length).Min(j => KolmogorovSmirnov.Uniform([.. uniform.Select(row => row[j])]).PValue);
    }

    /// <summary>Marginals N(j, (1 + j)^2), neighbours correlated by 0.6 (a first-order chain).</summary>
    private static KnownPosterior Gaussian(int d)
    {
        double[] Whitened(double[] theta)
        {
            var white = new double[d];
            for (var j = d - 1; j >= 0; j--)
            {
                var z = (theta[j] - j) / (1 + j);
                white[j] = j == 0 ? z : (z - 0.6 * (theta[j - 1] - j + 1) / j) / 0.8;
            }
            return white;
        }
        return new(Box(Enumerable.Range(0, d).Select(j => (j - 12.0 * (1 + j), j + 12.0 * (1 + j)))), theta => -0.5 * Whitened(theta).Sum(z => z * z),
            theta => Array.ConvertAll(Whitened(theta), Standard.Cumulative));
    }

    /// <summary>Widths of 1e-4 and 3e-4 in a box of 2, correlated by 0.95.</summary>
    private static KnownPosterior Narrow()
    {
        double[] Whitened(double[] theta)
        {
            double a = (theta[0] - 0.3) / 1e-4, b = (theta[1] + 0.4) / 3e-4;
            return [a, (b - 0.95 * a) / Math.Sqrt(1 - 0.95 * 0.95)];
        }
        return new(Box([(-1, 1), (-1, 1)]), theta => -0.5 * Whitened(theta).Sum(z => z * z), theta => Array.ConvertAll(Whitened(theta), Standard.Cumulative));
    }

    private static KnownPosterior TwoModes() => new(Box([(-10, 10), (-10, 10)]),
        t => Math.Log(0.3 * Math.Exp(-0.5 * Math.Pow(t[0] + 2, 2)) + 0.7 * Math.Exp(-0.5 * Math.Pow(t[0] - 2.5, 2))) - 0.5 * t[1] * t[1],
        t => [0.3 * Standard.Cumulative(t[0] + 2) + 0.7 * Standard.Cumulative(t[0] - 2.5), Standard.Cumulative(t[1])]);

    private static KnownPosterior Banana() => new(Box([(-8, 8), (-20, 60)]),
        t => -0.5 * (t[0] * t[0] + Math.Pow((t[1] - t[0] * t[0]) / 0.5, 2)), t => [Standard.Cumulative(t[0]), Standard.Cumulative((t[1] - t[0] * t[0]) / 0.5)]);

    /// <summary>Half of a normal piled up at a hard edge, and an exponential fall against the other.</summary>
    private static KnownPosterior Edge()
    {
        var half = new TruncatedNormalDistribution(0, 0.5, 0, 1);
        return new(Box([(0, 1), (-1, 0)]), t => -2 * t[0] * t[0] + 20 * t[1],
            t => [half.Cumulative(t[0]), (Math.Exp(20 * t[1]) - Math.Exp(-20)) / (1 - Math.Exp(-20))]);
    }

    private static Prior Box(IEnumerable<(double Low, double High)> sides) => new(sides.Select((side, j) => new PriorParameter($"p{j}", new UniformDistribution(side.Low, side.High))));
}
