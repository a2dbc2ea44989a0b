namespace ClusterSurvey.Physics.MeanModel;

/// <summary>The Cash (1979) statistic per pixel, C = 2 (mu - k + k ln(k / mu)), and its moments for Poisson k (Kaastra 2017, A&amp;A 605, A51).</summary>
public static class CStatistic
{
    private const double LargeMean = 60;

    /// <summary>The statistic of counts k against an expectation mu above 0.</summary>
    public static double Of(double counts, double mean) => counts > 0 ? 2 * (mean - counts + counts * Math.Log(counts / mean)) : 2 * mean;

    /// <summary>Mean and variance of the statistic when counts are Poisson: summed over k, or for large means the series in 1/mu.</summary>
    public static (double Mean, double Variance) Moments(double mean) => mean > LargeMean ? Series(mean) : Sum(mean);

    private static (double Mean, double Variance) Sum(double mean)
    {
        var probability = Math.Exp(-mean);
        double first = 0, second = 0;
        var last = (int)(mean + 12 * Math.Sqrt(mean) + 25);
        for (var k = 0; k <= last; k++)
        {
            if (k > 0) probability *= mean / k;
            var value = Of(k, mean);
            first += probability * value;
            second += probability * value * value;
        }
        return (first, second - first * first);
    }

    // Kaastra 2017: leading terms in 1/mu for large mu.
    private static (double Mean, double Variance) Series(double mean) => (1 + 1 / (6 * mean), 2 + 2 / (3 * mean));
}
