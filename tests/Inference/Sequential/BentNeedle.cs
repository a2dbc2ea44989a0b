using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Sequential;

namespace ClusterSurvey.Inference.Tests.Sequential;

/// <summary>x = theta bent, plus noise of a hundredth of the prior's width: the posterior is narrow and known on a grid.</summary>
internal static class BentNeedle
{
    public const double Noise = 0.04;

    public static Prior Prior { get; } = new([new("a", new UniformDistribution(-2, 2)), new("b", new UniformDistribution(-2, 2))]);

    public static Simulator Simulator { get; } = (seed, theta, x) =>
    {
        Mean(theta, x);
        var random = seed.Stream();
        x[0] += Noise * random.NextNormal();
        x[1] += Noise * random.NextNormal();
    };

    public static void Mean(ReadOnlySpan<double> theta, Span<double> x) => (x[0], x[1]) = (theta[0] + 0.5 * theta[1] * theta[1], theta[1] + 0.5 * Math.Sin(2 * theta[0]));

    /// <summary>Half the integral of |p - q| over a box around the truth that holds both.</summary>
    public static double TotalVariation(ReadOnlySpan<double> x, ReadOnlySpan<double> truth, Action<double[], double[]> logDensity)
    {
        const int side = 120;
        double half = 8 * Noise, cell = 4 * half * half / (side * side);
        double[] theta = new double[2 * side * side], learnt = new double[side * side], exact = new double[side * side], mean = new double[2];
        for (var i = 0; i < exact.Length; i++)
        {
            theta[2 * i] = truth[0] - half + (i / side + 0.5) * 2 * half / side;
            theta[2 * i + 1] = truth[1] - half + (i % side + 0.5) * 2 * half / side;
            Mean(theta.AsSpan(2 * i, 2), mean);
            exact[i] = Math.Exp(-0.5 * (Math.Pow((x[0] - mean[0]) / Noise, 2) + Math.Pow((x[1] - mean[1]) / Noise, 2)));
        }
        logDensity(theta, learnt);
        var evidence = exact.Sum() * cell;
        var inside = learnt.Sum(Math.Exp) * cell;
        return 0.5 * (exact.Zip(learnt, (p, q) => Math.Abs(p / evidence - Math.Exp(q))).Sum() * cell + Math.Max(0, 1 - inside));
    }
}
