using MathNet.Numerics;

namespace ClusterSurvey.Inference.Priors;

/// <summary>The normal density of mean 0 and variance 1.</summary>
internal static class StandardNormal
{
    private const double HalfLogTwoPi = 0.91893853320467274;

    public static double LogDensity(double score) => -0.5 * score * score - HalfLogTwoPi;

    public static double Cumulative(double score) => 0.5 * SpecialFunctions.Erfc(-score / Constants.Sqrt2);

    public static double Quantile(double probability) => -Constants.Sqrt2 * SpecialFunctions.ErfcInv(2 * probability);
}
