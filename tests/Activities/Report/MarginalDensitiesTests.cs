using ClusterSurvey.Activities.Report;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Activities.Tests.Report;

public sealed class MarginalDensitiesTests
{
    private static double[] Grid(int points) => [.. Enumerable.Range(0, points).Select(i => -3 + 6.0 * i / (points - 1))];

    [Fact]
    public void A_cube_is_summed_over_the_parameters_not_shown()
    {
        double[][] grids = [Grid(11), Grid(13), Grid(15)];
        var cube = new double[11 * 13 * 15];
        for (var i = 0; i < 11; i++)
            for (var j = 0; j < 13; j++)
                for (var k = 0; k < 15; k++) cube[(i * 13 + j) * 15 + k] = -0.5 * (grids[0][i] * grids[0][i] + 4 * grids[1][j] * grids[1][j] + 9 * grids[2][k] * grids[2][k]) - 1e4;
        var densities = MarginalDensities.FromCube(grids, cube);
        Assert.Equal(Math.Exp(-0.5 * 9), densities.Single[0][0] / densities.Single[0][5], 1e-12);
        Assert.Equal(Math.Exp(-0.5 * 4 * 9), densities.Pair(0, 1)[5] / densities.Pair(0, 1)[6 * 11 + 5], 1e-12);
        Assert.Equal(Math.Exp(-0.5 * 9 * 9), densities.Pair(1, 2)[6] / densities.Pair(1, 2)[7 * 13 + 6], 1e-12);
        Assert.Equal(Math.Exp(-0.5 * 9), densities.Pair(0, 2)[7 * 11] / densities.Pair(0, 2)[7 * 11 + 5], 1e-12);
    }

    [Fact]
    public void A_cube_of_another_size_is_refused() => Assert.Throws<ArgumentException>(() => MarginalDensities.FromCube([Grid(3), Grid(3), Grid(3)], new double[26]));

    [Fact]
    public void The_density_of_a_flat_posterior_does_not_sag_at_the_prior()
    {
        var stream = new Seed(3).Stream();
        double[] Flat(PriorRange prior) => [.. Enumerable.Range(0, 20_000).Select(_ => stream.NextUniform(prior.Low, prior.High))];
        var densities = MarginalDensities.FromDraws([Flat(SampleSurvey.Prior[0]), Flat(SampleSurvey.Prior[1]), Flat(SampleSurvey.Prior[2])], SampleSurvey.Prior);
        foreach (var density in densities.Single)
        {
            var mean = density.Average();
            Assert.InRange(density[0] / mean, 0.9, 1.1);
            Assert.InRange(density[^1] / mean, 0.9, 1.1);
        }
    }

    [Fact]
    public void Quantiles_of_draws_are_those_of_the_distribution()
    {
        var summary = PosteriorSummary.FromDraws([.. Enumerable.Range(0, 1001).Select(i => i / 1000.0)]);
        Assert.Equal((0.5, 0.16, 0.84, 0.025, 0.975), (summary.Median, Math.Round(summary.Low68, 9), Math.Round(summary.High68, 9), Math.Round(summary.Low95, 9), Math.Round(summary.High95, 9)));
        Assert.Throws<ArgumentException>(() => PosteriorSummary.FromDraws([]));
    }
}
