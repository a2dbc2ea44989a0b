using ClusterSurvey.Inference.Priors;
using CsCheck;

namespace ClusterSurvey.Inference.Tests.Priors;

public sealed class PriorDistributionTests
{
    public static TheoryData<PriorDistribution> Families =>
    [
        new UniformDistribution(-2, 1),
        new NormalDistribution(3, 0.5),
        new LogNormalDistribution(Math.Log(0.4), 0.5),
        new TruncatedNormalDistribution(0, 1, -0.5, 2),
        new TruncatedNormalDistribution(-4, 0.5, 0, 1),
        new TruncatedNormalDistribution(4, 0.5, 0, 1),
    ];

    [Theory]
    [MemberData(nameof(Families))]
    public void The_density_integrates_to_the_cumulative_and_to_the_moments(PriorDistribution family)
    {
        double low = family.Quantile(1e-12), high = family.Quantile(1 - 1e-12);
        const int cells = 200_000;
        double total = 0, mean = 0, square = 0, step = (high - low) / cells;
        for (var i = 0; i < cells; i++)
        {
            var x = low + (i + 0.5) * step;
            var mass = Math.Exp(family.LogDensity(x)) * step;
            (total, mean, square) = (total + mass, mean + mass * x, square + mass * x * x);
            if (i == cells / 3) Assert.Equal(total - mass / 2, family.Cumulative(x), 1e-6);
        }
        Assert.Equal(1, total, 1e-6);
        Assert.Equal(family.Mean, mean, 1e-6);
        Assert.Equal(family.StandardDeviation, Math.Sqrt(square - mean * mean), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Quantile_and_cumulative_are_inverse(PriorDistribution family) =>
        Gen.Double[1e-4, 1 - 1e-4].Sample(p => Math.Abs(family.Cumulative(family.Quantile(p)) - p) < 1e-9);

    [Theory]
    [MemberData(nameof(Families))]
    public void The_effective_range_is_finite_and_inside_the_support(PriorDistribution family)
    {
        Assert.True(double.IsFinite(family.EffectiveLow) && double.IsFinite(family.EffectiveHigh) && family.EffectiveLow < family.EffectiveHigh);
        Assert.True(family.EffectiveLow >= family.Low && family.EffectiveHigh <= family.High);
        Assert.True(family.Cumulative(family.EffectiveHigh) - family.Cumulative(family.EffectiveLow) > 1 - 3e-6);
        if (double.IsFinite(family.High)) Assert.Equal(double.NegativeInfinity, family.LogDensity(family.High + 0.01));
        if (double.IsFinite(family.Low)) Assert.Equal(double.NegativeInfinity, family.LogDensity(family.Low - 0.01));
    }

    [Fact]
    public void A_margin_moves_both_ends_and_nothing_else()
    {
        Assert.Equal(new UniformDistribution(-2.5, 1.5), new UniformDistribution(-2, 1).Widened(0.5 / 3));
        Assert.Equal(new TruncatedNormalDistribution(0, 1, -0.75, 2.25), new TruncatedNormalDistribution(0, 1, -0.5, 2).Widened(0.1));
        foreach (var endless in (PriorDistribution[])[new NormalDistribution(3, 0.5), new LogNormalDistribution(0, 1)]) Assert.Same(endless, endless.Widened(0.1));
        foreach (var margin in (double[])[-0.1, double.NaN, double.PositiveInfinity]) Assert.Throws<ArgumentOutOfRangeException>(() => new UniformDistribution(0, 1).Widened(margin));
        var prior = new Prior([new("a", new UniformDistribution(0, 1)), new("b", new NormalDistribution(0, 1))]).Widened(0.5);
        Assert.Equal(["a", "b"], prior.Names);
        Assert.Equal((-0.5, 1.5), (prior[0].Low, prior[0].High));
    }

    // Computed with 30 digits (mpmath): the far tail of a normal, eight standard deviations out.
    [Fact]
    public void A_far_tail_keeps_its_digits()
    {
        var tail = new TruncatedNormalDistribution(-4, 0.5, 0, 1);
        Assert.Equal(FarTailMean, tail.Mean, 1e-9);
        Assert.Equal(FarTailMedian, tail.Quantile(0.5), 1e-9);
        Assert.Equal(FarTailLogDensity, tail.LogDensity(0.1), 1e-9);
    }

    [Fact]
    public void Impossible_numbers_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new UniformDistribution(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UniformDistribution(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NormalDistribution(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogNormalDistribution(double.PositiveInfinity, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TruncatedNormalDistribution(0, 1, 60, 61));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NormalDistribution(0, 1).Quantile(1.1));
    }

    private const double FarTailMean = 0.060684044011923455, FarTailMedian = 0.04245550294936348, FarTailLogDensity = 1.1676458195184984;
}
