using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Samplers;

namespace ClusterSurvey.Inference.Tests.Samplers;

public sealed class RankDiagnosticsTests
{
    // A first-order autoregression with coefficient r is worth (1 - r) / (1 + r) of its length.
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void The_effective_size_of_an_autoregression_is_found(double r)
    {
        var chains = Chains(4, 5000, r);
        var expected = 20_000 * (1 - r) / (1 + r);
        Assert.Equal(1, RankDiagnostics.BulkEffectiveSize(chains) / expected, 0.12);
        // The signs of the tails are less correlated than the numbers themselves.
        Assert.InRange(RankDiagnostics.TailEffectiveSize(chains), 0.9 * expected, 20_000 * 1.1);
    }

    [Fact]
    public void Chains_that_swing_are_worth_more_than_independent_draws() => Assert.InRange(RankDiagnostics.BulkEffectiveSize(Chains(4, 2000, -0.5)), 2 * 8000, 4 * 8000);

    [Fact]
    public void Chains_that_agree_have_R_hat_one() => Assert.InRange(RankDiagnostics.RHat(Chains(4, 2000, 0.3)), 0.999, 1.005);

    [Fact]
    public void A_shift_a_drift_and_another_width_are_seen()
    {
        var shifted = Chains(4, 2000, 0);
        for (var i = 0; i < 2000; i++) shifted[0][i] += 0.5;
        Assert.InRange(RankDiagnostics.RHat(shifted), 1.02, 1.1);
        var drifting = Chains(4, 2000, 0);
        foreach (var chain in drifting) for (var i = 0; i < 2000; i++) chain[i] += i / 2000.0;
        Assert.True(RankDiagnostics.RHat(drifting) > 1.02);
        // The means agree: only distances from the median tell.
        var wide = Chains(4, 2000, 0);
        for (var i = 0; i < 2000; i++) wide[0][i] *= 2;
        Assert.True(RankDiagnostics.RHat(wide) > 1.02);
    }

    [Fact]
    public void Only_ranks_count()
    {
        var chains = Chains(4, 500, 0.4);
        var stretched = Array.ConvertAll(chains, chain => Array.ConvertAll(chain, v => Math.Exp(5 * v)));
        Assert.Equal(RankDiagnostics.BulkEffectiveSize(chains), RankDiagnostics.BulkEffectiveSize(stretched), 1e-6);
        Assert.Equal(RankDiagnostics.TailEffectiveSize(chains), RankDiagnostics.TailEffectiveSize(stretched), 1e-6);
    }

    [Fact]
    public void Chains_that_cannot_be_compared_are_refused()
    {
        Assert.Throws<ArgumentException>(() => RankDiagnostics.RHat([]));
        Assert.Throws<ArgumentException>(() => RankDiagnostics.RHat([new double[7]]));
        Assert.Throws<ArgumentException>(() => RankDiagnostics.RHat([new double[20], new double[21]]));
        Assert.Equal(double.PositiveInfinity, RankDiagnostics.RHat([[.. Enumerable.Repeat(1.0, 8)], [.. Enumerable.Repeat(2.0, 8)]]));
    }

    private static double[][] Chains(int count, int length, double r)
    {
        var stream = new Seed(15).Stream();
        var chains = new double[count][];
        for (var c = 0; c < count; c++)
        {
            chains[c] = new double[length];
            var value = stream.NextNormal();
            for (var i = 0; i < length; i++) chains[c][i] = value = r * value + Math.Sqrt(1 - r * r) * stream.NextNormal();
        }
        return chains;
    }
}
