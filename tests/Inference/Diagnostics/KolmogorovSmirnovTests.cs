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
