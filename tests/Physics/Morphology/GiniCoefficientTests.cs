using CsCheck;

namespace ClusterSurvey.Physics.Morphology;

public class GiniCoefficientTests
{
    private const int Many = 20_000;

    // Quantiles of a distribution stand for it: uniform from 0 has 1/3, exponential 1/2, a Pareto tail of shape a 1/(2 a - 1).
    [Fact]
    public void Known_distributions_have_their_coefficients()
    {
        Assert.Equal(1.0 / 3, Of(p => p), 1e-4);
        Assert.Equal(0.5, Of(p => -Math.Log(1 - p)), 1e-3);
        Assert.Equal(1 / (2 * 3.0 - 1), Of(p => Math.Pow(1 - p, -1 / 3.0)), 1e-3);
        Assert.Equal(1.0 / 6, Of(p => 1 + p * 2), 1e-4);
    }

    [Fact]
    public void Equal_values_have_none_and_a_single_lit_pixel_nearly_all()
    {
        Assert.Equal(0, GiniCoefficient.OfSorting(new double[] { 3, 3, 3, 3 }), 1e-15);
        Assert.Equal(1 - 1.0 / 50, GiniCoefficient.OfSorting([.. new double[49], 7]), 1e-15);
    }

    [Fact]
    public void It_is_the_mean_difference_of_pairs_over_twice_the_mean() =>
        Gen.Double[-0.5, 5].Array[2, 30].Where(values => values.Sum() > 0.1).Sample(values =>
        {
            var pairs = values.SelectMany(x => values.Select(y => Math.Abs(x - y))).Average();
            Assert.Equal(0.5 * pairs / values.Average(), GiniCoefficient.OfSorting((double[])values.Clone()), 1e-9);
        });

    [Fact]
    public void Light_that_sums_to_nothing_has_no_coefficient()
    {
        Assert.Throws<ArgumentException>(() => GiniCoefficient.OfSorting([1.0, -1.0]));
        Assert.Throws<ArgumentException>(() => GiniCoefficient.OfSorting([1.0]));
    }

    private static double Of(Func<double, double> quantile) => GiniCoefficient.OfSorting([.. Enumerable.Range(0, Many).Select(i => quantile((i + 0.5) / Many))]);
}
