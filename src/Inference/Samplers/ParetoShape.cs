namespace ClusterSurvey.Inference.Samplers;

/// <summary>The shape k of the generalised Pareto distribution that the largest importance weights follow: moments of the weights exist up to the order 1 / k (Vehtari, Simpson, Gelman, Yao and Gabry 2024).</summary>
internal static class ParetoShape
{
    private const int FewestInTail = 5;

    // The shape that a prior worth ten of the tail's weights pulls towards.
    private const double Expected = 0.5;
    private const int ExpectedWorth = 10;

    /// <summary>The shape of the largest weights, as many as the smaller of a fifth of all and three times the square root of their number; infinite when they are too few.</summary>
    public static double OfTail(double[] weights)
    {
        var count = (int)Math.Min(0.2 * weights.Length, 3 * Math.Sqrt(weights.Length));
        if (count < FewestInTail) return double.PositiveInfinity;
        var sorted = weights.Order().ToArray();
        var threshold = sorted[^(count + 1)];
        var excess = sorted[^count..].Select(weight => weight - threshold).ToArray();
        // Equal weights have no tail.
        return excess[^1] <= 1e-12 * sorted[^1] ? double.NegativeInfinity : Of(excess);
    }

    /// <summary>The shape of excesses over a threshold in rising order, by the mean over a profile likelihood (Zhang and Stephens 2009).</summary>
    public static double Of(double[] excess)
    {
        var n = excess.Length;
        var candidates = 30 + (int)Math.Sqrt(n);
        var quartile = excess[(int)(n / 4.0 + 0.5) - 1];
        double[] theta = new double[candidates], profile = new double[candidates];
        for (var i = 0; i < candidates; i++)
        {
            theta[i] = 1 / excess[^1] + (1 - Math.Sqrt(candidates / (i + 0.5))) / (3 * Math.Max(quartile, double.Epsilon));
            var k = Shape(theta[i]);
            profile[i] = n * (Math.Log(-theta[i] / k) - k - 1);
        }
        var highest = profile.Where(double.IsFinite).Max();
        var weights = Array.ConvertAll(profile, log => double.IsFinite(log) ? Math.Exp(log - highest) : 0);
        var mean = Enumerable.Range(0, candidates).Sum(i => weights[i] == 0 ? 0 : weights[i] * theta[i]) / weights.Sum();
        return (n * Shape(mean) + ExpectedWorth * Expected) / (n + ExpectedWorth);

        double Shape(double at) => excess.Average(x => Math.Log(Math.Max(1 - at * x, double.Epsilon)));
    }
}
