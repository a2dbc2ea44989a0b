using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Diagnostics;

namespace ClusterSurvey.Inference.Tests.Diagnostics;

/// <summary>Replicas are normal with deviations 1 and 2, correlated by 0.9.</summary>
public sealed class PredictiveCheckTests
{
    private static readonly double[] Replicas = Draw(new Seed(3), 1000);

    [Fact]
    public void One_replica_among_others_passes_as_often_as_the_level_says()
    {
        var others = Draw(new Seed(4), 200);
        var checks = Enumerable.Range(0, 200).Select(i => PredictiveCheck.Of(others.AsSpan(2 * i, 2), Replicas, 0.1)).ToArray();
        // Holm over three dependent probabilities fails fewer than one in ten.
        Assert.InRange(checks.Count(check => !check.Passes), 5, 25);
        Assert.True(KolmogorovSmirnov.Uniform([.. checks.Select(check => check.JointProbability)]).PValue > 0.01);
        Assert.True(KolmogorovSmirnov.Uniform([.. checks.Select(check => check.TailProbabilities[0])]).PValue > 0.01);
    }

    [Fact]
    public void One_datum_far_out_fails()
    {
        var check = PredictiveCheck.Of([5, 9], Replicas);
        Assert.False(check.Passes);
        Assert.True(check.TailProbabilities[0] < 0.01);
    }

    [Fact]
    public void Data_that_contradict_each_other_fail_together_though_each_alone_would_pass()
    {
        var check = PredictiveCheck.Of([1.2, -2.4], Replicas);
        Assert.All(check.TailProbabilities, p => Assert.True(p > 0.1));
        Assert.True(check.JointProbability < 0.01);
        Assert.False(check.Passes);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => PredictiveCheck.Of([1.0, 2, 3], Replicas.AsSpan(0, 100)));
        Assert.Throws<ArgumentException>(() => PredictiveCheck.Of([1.0, double.NaN], Replicas));
        Assert.Throws<ArgumentException>(() => PredictiveCheck.Of([1.0, 2], Replicas.AsSpan(0, 118)));
        Assert.Throws<ArgumentOutOfRangeException>(() => PredictiveCheck.Of([1.0, 2], Replicas, 0));
    }

    private static double[] Draw(Seed seed, int count)
    {
        var stream = seed.Stream();
        var x = new double[2 * count];
        for (var i = 0; i < count; i++)
        {
            x[2 * i] = stream.NextNormal();
            x[2 * i + 1] = 2 * (0.9 * x[2 * i] + Math.Sqrt(1 - 0.81) * stream.NextNormal());
        }
        return x;
    }
}
