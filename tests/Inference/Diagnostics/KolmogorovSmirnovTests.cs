using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Diagnostics;

namespace ClusterSurvey.Inference.Tests.Diagnostics;

public sealed class KolmogorovSmirnovTests
{
    [Fact]
    public void Right_values_give_uniform_probabilities()
    {
        var p = new double[500];
        for (var i = 0; i < p.Length; i++)
        {
            var stream = new Seed(8).Derive(i).Stream();
            p[i] = KolmogorovSmirnov.Uniform([.. Enumerable.Range(0, 30).Select(_ => stream.NextDouble())]).PValue;
        }
        Assert.True(KolmogorovSmirnov.Uniform(p).PValue > 0.01);
    }

    // scipy.stats.kstest(low + (high - low) * arange(n) / (n - 1), "uniform"), exact to n = 10000.
    [Theory]
    [InlineData(5, 0.1, 0.8, 0.19999999999999996, 0.9616)]
    [InlineData(50, 0.01, 0.9, 0.09999999999999998, 0.6623112704658186)]
    [InlineData(300, 0, 0.93, 0.07000000000000006, 0.10078935259647226)]
    [InlineData(1000, 0.02, 1, 0.02, 0.8108971656895577)]
    [InlineData(5000, 0, 0.985, 0.014999999999999902, 0.20846142096186793)]
    public void Distances_and_probabilities_are_those_of_scipy(int count, double low, double high, double statistic, double pValue)
    {
        var found = KolmogorovSmirnov.Uniform([.. Enumerable.Range(0, count).Select(i => low + (high - low) * i / (count - 1))]);
        Assert.Equal(statistic, found.Statistic, 1e-12);
        Assert.Equal(1, found.PValue / pValue, count > 1000 || pValue < 0.01 ? 0.02 : 1e-6);
    }

    [Fact]
    public void Values_outside_the_unit_interval_are_refused()
    {
        Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.Uniform([0.5, 1.01]));
        Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.Uniform([]));
        Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.TwoSample([1], []));
    }

    [Fact]
    public void Two_sets_that_do_not_overlap_are_at_distance_one()
    {
        var (statistic, p) = KolmogorovSmirnov.TwoSample([1, 2, 3, 4, 5, 6, 7, 8], [11, 12, 13, 14, 15, 16, 17, 18]);
        Assert.Equal(1, statistic);
        Assert.InRange(p, 0, 1e-3);
    }

    [Fact]
    public void A_set_is_at_distance_zero_from_itself_ties_included() =>
        Assert.Equal((0, 1), KolmogorovSmirnov.TwoSample([3, 1, 2, 2, 2], [2, 3, 1, 2, 2]));
}
