using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Samplers;

namespace ClusterSurvey.Inference.Tests.Samplers;

public sealed class ChainDiagnosticsTests
{
    // A first-order autoregression with coefficient r has tau = (1 + r) / (1 - r).
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void The_autocorrelation_time_of_an_autoregression_is_found(double r)
    {
        var tau = ChainDiagnostics.AutocorrelationTime(Autoregression(20, 5000, r, 0));
        Assert.Equal(1, tau / ((1 + r) / (1 - r)), 0.1);
    }

    [Fact]
    public void R_hat_is_one_for_chains_that_agree_and_sees_shifts_and_drifts()
    {
        Assert.InRange(ChainDiagnostics.SplitRHat(Autoregression(8, 2000, 0.3, 0), 2), 0.999, 1.005);
        // Four ensembles, one shifted by half a deviation; and a drift that only splitting sees.
        var shifted = Autoregression(8, 2000, 0, 0);
        foreach (var walker in shifted[..2]) for (var i = 0; i < walker.Length; i++) walker[i] += 0.5;
        Assert.InRange(ChainDiagnostics.SplitRHat(shifted, 2), 1.01, 1.1);
        Assert.True(ChainDiagnostics.SplitRHat(Autoregression(8, 2000, 0, 1), 2) > 1.02);
    }

    [Fact]
    public void Walkers_that_stand_still_are_worth_nothing()
    {
        double[][] still = [[1, 1, 1, 1], [2, 2, 2, 2]];
        Assert.Equal(double.PositiveInfinity, ChainDiagnostics.SplitRHat(still, 1));
        Assert.Equal(4, ChainDiagnostics.AutocorrelationTime([[1, 1, 1, 1]]));
        Assert.Throws<ArgumentException>(() => ChainDiagnostics.AutocorrelationTime([]));
        Assert.Throws<ArgumentException>(() => ChainDiagnostics.SplitRHat(still, 3));
    }

    private static double[][] Autoregression(int walkers, int steps, double r, double drift)
    {
        var stream = new Seed(14).Stream();
        var series = new double[walkers][];
        for (var w = 0; w < walkers; w++)
        {
            series[w] = new double[steps];
            var value = stream.NextNormal();
            for (var i = 0; i < steps; i++)
            {
                value = r * value + Math.Sqrt(1 - r * r) * stream.NextNormal();
                series[w][i] = value + drift * i / steps;
            }
        }
        return series;
    }
}
