namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// What a smooth factor over the mean model takes up of a map. The expected counts C0 = c + b of the cluster and of what lies before and behind it become c exp(f) + b exp(g): f is the sum of a
/// function of the elliptical radius and of two more times the cosine and sine of once and twice the elliptical angle, each linear between knots, g a constant. Their coefficients have the highest
/// Poisson likelihood times normal priors of deviation 1, by Fisher scoring. A fit of the mean model takes part of the fluctuations up, the more the larger they are; what such a factor
/// leaves hardly depends on how much, as all that a mean model can do is smooth as well (docs/adr/0040). Safe for concurrent use.
/// </summary>
internal sealed class SmoothFactorFit
{
    // A posterior that can gain less than this has been found: its log is known to a thousandth of what one standard deviation changes.
    private const double NegligibleGain = 5e-4;

    // A step changes no coefficient by more than the longest; where the search has not ended after the last, its place is taken.
    private const int MostSteps = 30;
    private const double LongestStep = 1;

    private readonly SmoothFactorBlock[] blocks;
    private readonly int coefficients;

    /// <param name="radius">Elliptical radius of every pixel, R500.</param>
    /// <param name="angle">Elliptical angle of every pixel, radians; null for a factor that depends on the radius alone.</param>
    /// <param name="used">Pixels that are fitted.</param>
    public SmoothFactorFit(double[] radius, double[]? angle, bool[] used)
    {
        blocks = [.. SmoothFactorBlock.All(radius, angle, used)];
        coefficients = SmoothFactorBlock.Functions(angle is not null) + 1;
    }

    /// <summary>Fits the factor.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="cluster">Counts expected of the cluster alone.</param>
    /// <param name="expected">Counts expected in all; receives those after the fit.</param>
    public void Apply(ReadOnlySpan<double> counts, ReadOnlySpan<double> cluster, Span<double> expected)
    {
        var place = new double[coefficients];
        var system = new SmoothFactorEquations(coefficients);
        var work = new SmoothFactorBlock.Room();
        for (var iteration = 0; iteration < MostSteps; iteration++)
        {
            system.Clear();
            foreach (var block in blocks) block.Add(counts, cluster, expected, place, system, work);
            var (step, gain) = system.Solve(place);
            var length = Math.Min(1, LongestStep / step.AbsoluteMaximum());
            for (var k = 0; k < coefficients; k++) place[k] += length * step[k];
            if (gain < NegligibleGain) break;
        }
        foreach (var block in blocks) block.Expect(cluster, expected, place, work);
    }
}
