using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Tests.Posteriors;

public sealed class GridPosteriorTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly Prior Box = new([new("a", new UniformDistribution(-2, 1)), new("b", new UniformDistribution(-2, 1)), new("c", new UniformDistribution(0, 7))]);
    private static readonly double[] Centre = [-0.5, -0.71, 3.6];

    // Cubics reproduce a Gaussian's logarithm; what is left is the cut of the box at 5.3 deviations and the linear pieces of a
    // thousand to an axis: below 0.001 of a deviation.
    [Theory]
    [InlineData(0.3, 0.2, 0.6, 0.0)]
    [InlineData(0.1, 0.1, 0.3, 0.9)]
    [InlineData(0.001, 0.0003, 0.002, 0.5)]
    [InlineData(0.05, 0.05, 0.02, -0.98)]
    public void A_Gaussian_likelihood_in_a_wide_box_gives_its_own_posterior(double a, double b, double c, double correlation)
    {
        double[] deviations = [a, b, c];
        var posterior = GridPosterior.Compute(Box, new GaussianLikelihood(deviations, correlation), Centre, cancellation: Cancellation);
        var summaries = posterior.Summarize();
        for (var j = 0; j < 3; j++)
        {
            var (x, s) = (Centre[j], deviations[j]);
            Assert.Equal(0, (summaries[j].Median - x) / s, 0.001);
            Assert.Equal(-1, (summaries[j].Low68 - x) / s, 0.001);
            Assert.Equal(1, (summaries[j].High68 - x) / s, 0.001);
            Assert.Equal(-1.959964, (summaries[j].Low95 - x) / s, 0.001);
            Assert.Equal(1.959964, (summaries[j].High95 - x) / s, 0.001);
            Assert.Equal(1, summaries[j].StandardDeviation / s, 0.001);
        }
        Assert.Equal(-Math.Log(3 * 3 * 7), posterior.LogEvidence, 1e-4);
    }

    /// <summary>
    /// What networks say of data that are like nothing they know: hundreds of thousands of nats between neighbours, in no order. There is no posterior in it; but one such survey among many
    /// has numbers as the others have, wrong as they are, and a density that is zero to the last bit at most nodes has no logarithm that could be interpolated.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_likelihood_without_order_has_finite_summaries_and_draws(int seed)
    {
        var grid = ParameterGrid.Over(Box, 12);
        var stream = new Seed((ulong)seed).Stream();
        double[] values = [.. Enumerable.Range(0, grid.NodeCount).Select(_ => -Math.Pow(10, stream.NextUniform(5, 9)))];
        var posterior = GridPosterior.From(Box, new LikelihoodCube(grid, values), new GridPosteriorOptions { DensityNodes = 49 });
        output.WriteLine($"{posterior.Density.ToArray().Count(density => density > 0)} of {posterior.Density.Length} nodes, {posterior.Grid}");
        foreach (var (summary, i) in posterior.Summarize().Select((summary, i) => (summary, i)))
        {
            Assert.InRange(summary.Mean, Box[i].Low, Box[i].High);
            Assert.InRange(summary.StandardDeviation, 0, Box[i].High - Box[i].Low);
        }
        Assert.All(posterior.Sample(new Seed(1), 50), value => Assert.True(double.IsFinite(value)));
        Assert.InRange(posterior.ProbabilityNearEnds(0.1), 0, 1);
    }

    [Fact]
    public void The_mass_near_the_ends_of_the_prior_is_found()
    {
        var grid = ParameterGrid.Over(Box, 41);
        double Near(double a, double width)
        {
            var likelihood = new LikelihoodCube(grid, [.. Nodes(grid).Select(theta => -0.5 * (Square((theta[0] - a) / width) + Square((theta[1] + 0.5) / 0.1) + Square((theta[2] - 3.5) / 0.2)))]);
            return GridPosterior.From(Box, likelihood).ProbabilityNearEnds(0.1);
        }
        Assert.InRange(Near(-0.5, 0.1), 0, 1e-9);
        // Half of a normal density lies beyond its centre, a tenth of the range from the end.
        Assert.InRange(Near(-1.7, 0.05), 0.46, 0.54);
        Assert.InRange(Near(0.9, 0.05), 0.95, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => GridPosterior.From(Box, new LikelihoodCube(grid, new double[grid.NodeCount])).ProbabilityNearEnds(0.5));

        static double Square(double value) => value * value;
        static IEnumerable<double[]> Nodes(ParameterGrid grid)
        {
            var all = new double[grid.NodeCount * grid.Dimensions];
            grid.ReadNodes(0, all);
            return all.Chunk(grid.Dimensions);
        }
    }

    [Fact]
    public void Uneven_depths_raise_no_false_peak()
    {
        // A Gaussian, and beyond a radius of one what a network may say there: ten thousand nats and more below, up and down.
        var prior = new Prior(((string[])["a", "b", "c"]).Select(name => new PriorParameter(name, new UniformDistribution(-1, 1))));
        var likelihood = new FunctionLikelihood(3, t =>
        {
            var square = t[0] * t[0] + t[1] * t[1] + t[2] * t[2];
            return -0.5 * square / (0.15 * 0.15) - (square > 1 ? 1e4 * (2 + Math.Sin(40 * t[0]) * Math.Sin(40 * t[1]) * Math.Sin(40 * t[2])) : 0);
        });
        var summary = GridPosterior.Compute(prior, likelihood, [0.0], cancellation: TestContext.Current.CancellationToken).Summarize();
        Assert.All(summary, s => Assert.Equal(0, s.Median, 0.002));
        Assert.All(summary, s => Assert.Equal(0.15, s.StandardDeviation, 0.002));
    }

    [Fact]
    public void A_Gaussian_prior_and_likelihood_give_the_conjugate_posterior_and_evidence()
    {
        var prior = new Prior([new("a", new NormalDistribution(1, 2)), new("b", new NormalDistribution(-1, 0.5))]);
        double[] x = [3, 0.2], noise = [1, 0.3], mean = [1, -1], width = [2, 0.5];
        var posterior = GridPosterior.Compute(prior, new GaussianLikelihood(noise), x, cancellation: Cancellation);
        var logEvidence = 0.0;
        for (var j = 0; j < 2; j++)
        {
            var precision = 1 / (noise[j] * noise[j]) + 1 / (width[j] * width[j]);
            var expected = (x[j] / (noise[j] * noise[j]) + mean[j] / (width[j] * width[j])) / precision;
            var summary = posterior.Marginal(j).Summarize();
            Assert.Equal(expected, summary.Mean, 0.002 / Math.Sqrt(precision));
            Assert.Equal(1, summary.StandardDeviation * Math.Sqrt(precision), 0.002);
            logEvidence += new NormalDistribution(mean[j], Math.Sqrt(noise[j] * noise[j] + width[j] * width[j])).LogDensity(x[j]);
        }
        Assert.Equal(logEvidence, posterior.LogEvidence, 1e-4);
    }

    // a ~ N(0, 1), b | a ~ N(a^2, 0.3^2): mean of b 1, variance 2 + 0.09, evidence 1 / 10 / 20 of the flat box.
    [Fact]
    public void A_banana_gives_its_moments_and_evidence()
    {
        var posterior = Banana();
        var (a, b) = (posterior.Marginal(0), posterior.Marginal(1));
        Assert.Equal(0, a.Mean, 0.002);
        Assert.Equal(1, a.StandardDeviation, 0.002);
        Assert.Equal(1, b.Mean, 0.003);
        Assert.Equal(Math.Sqrt(2.09), b.StandardDeviation, 0.004);
        Assert.Equal(-Math.Log(10 * 30), posterior.LogEvidence, 0.002);
    }

    [Fact]
    public void Draws_are_the_exact_draws_of_a_banana_by_every_test()
    {
        const int count = 20_000;
        var draws = Banana().Sample(new Seed(4), count);
        var stream = new Seed(5).Stream();
        var exact = new double[2 * count];
        for (var i = 0; i < count; i++)
        {
            exact[2 * i] = stream.NextNormal();
            exact[2 * i + 1] = exact[2 * i] * exact[2 * i] + 0.3 * stream.NextNormal();
        }
        Func<double, double, double>[] views = [(a, _) => a, (_, b) => b, (a, b) => b - a * a, (a, b) => a + b];
        foreach (var view in views)
        {
            var p = KolmogorovSmirnov.TwoSample(View(draws, view), View(exact, view)).PValue;
            Assert.True(p > 0.001, $"p = {p}");
        }
        // The known-bad control: draws rounded to a lattice of a tenth fail the same test.
        var rounded = Array.ConvertAll(draws, value => Math.Round(value, 1));
        Assert.True(KolmogorovSmirnov.TwoSample(View(rounded, views[2]), View(exact, views[2])).PValue < 0.001);
    }

    [Fact]
    public void Draws_of_a_narrow_ridge_are_as_narrow_as_the_ridge()
    {
        // Correlation 0.98: across the ridge a cell is a good part of the width, and linear pieces alone would be 2 % too wide.
        double[] s = [0.05, 0.05, 0.3];
        var draws = GridPosterior.Compute(Box, new GaussianLikelihood(s, 0.98), Centre, cancellation: Cancellation).Sample(new Seed(8), 100_000);
        var across = Enumerable.Range(0, 100_000).Select(i => (draws[3 * i] - Centre[0]) / s[0] - (draws[3 * i + 1] - Centre[1]) / s[1]).ToArray();
        // Variance 2 - 2 x 0.98; the standard error of the width is 0.22 %.
        Assert.Equal(1, Quantiles.Summarize(across).StandardDeviation / 0.2, 0.007);
    }

    [Fact]
    public void Draws_are_continuous_and_follow_the_seed()
    {
        var posterior = GridPosterior.Compute(Box, new GaussianLikelihood([0.3, 0.2, 0.6]), Centre, new() { DensityNodes = 12 }, cancellation: Cancellation);
        var draws = posterior.Sample(new Seed(1), 3000);
        Assert.Equal(draws, posterior.Sample(new Seed(1), 3000));
        Assert.NotEqual(draws, posterior.Sample(new Seed(2), 3000));
        Assert.Equal(3000, Enumerable.Range(0, 3000).Select(i => draws[3 * i]).Distinct().Count());
        // Within any one cell the marginal of the draws is that of the density: the cumulative distribution spreads them evenly.
        var marginal = posterior.Marginal(2);
        Assert.True(KolmogorovSmirnov.Uniform([.. Enumerable.Range(0, 3000).Select(i => marginal.Cumulative(draws[3 * i + 2]))]).PValue > 0.001);
    }

    [Fact]
    public void A_peak_narrower_than_a_cell_of_the_search_is_found_wherever_it_hides()
    {
        for (var i = 0; i < 6; i++)
        {
            var x = Box.Sample(new Seed(31).Derive(i), 1);
            var posterior = GridPosterior.Compute(Box, new GaussianLikelihood([1e-5, 1e-4, 1e-3], 0.8), x, cancellation: Cancellation);
            Assert.Equal(-Math.Log(63), posterior.LogEvidence, 0.01);
            Assert.Equal(1, posterior.Marginal(0).StandardDeviation / 1e-5, 0.01);
        }
    }

    [Fact]
    public void A_posterior_cut_by_the_prior_keeps_its_edge()
    {
        // Uniform on [0, 1] times N(0, 0.5^2): a half normal cut at two deviations.
        var prior = new Prior([new("a", new UniformDistribution(0, 1))]);
        var posterior = GridPosterior.Compute(prior, new GaussianLikelihood([0.5]), [0.0], cancellation: Cancellation);
        var expected = new TruncatedNormalDistribution(0, 0.5, 0, 1);
        foreach (var p in (double[])[0.01, 0.16, 0.5, 0.84, 0.99]) Assert.Equal(expected.Quantile(p), posterior.Marginal(0).Quantile(p), 1e-5);
        Assert.All(posterior.Sample(new Seed(1), 1000), draw => Assert.InRange(draw, 0, 1));
        Assert.Equal(expected.LogDensity(0.3), posterior.LogDensity([0.3]), 1e-4);
        Assert.Equal(double.NegativeInfinity, posterior.LogDensity([1.1]));
    }

    [Fact]
    public void Two_far_modes_keep_their_shares()
    {
        var prior = new Prior([new("a", new UniformDistribution(-10, 10)), new("b", new UniformDistribution(-10, 10))]);
        var likelihood = new FunctionLikelihood(2, t => LogSum(
            Math.Log(0.3) - 0.5 * (Square((t[0] + 5) / 0.4) + Square((t[1] - 3) / 0.4)),
            Math.Log(0.7) - 0.5 * (Square((t[0] - 6) / 0.4) + Square((t[1] + 4) / 0.4))));
        var posterior = GridPosterior.Compute(prior, likelihood, [0.0], cancellation: Cancellation);
        Assert.Equal(0.3, posterior.Marginal(0).Cumulative(0), 0.001);
        Assert.Equal(Math.Log(2 * Math.PI * 0.16 / 400), posterior.LogEvidence, 0.001);
    }

    [Fact]
    public void Highest_density_regions_and_pair_levels_of_a_Gaussian_have_their_known_size()
    {
        double[] s = [0.1, 0.2, 0.3];
        var posterior = GridPosterior.Compute(Box, new GaussianLikelihood(s), Centre, cancellation: Cancellation);
        // Chi squared of 3 degrees: half the mass within radius 1.53817, 95 % within 2.79548.
        foreach (var (p, radius) in (ReadOnlySpan<(double, double)>)[(0.5, 1.538172), (0.95, 2.795483)])
        {
            var region = posterior.HighestDensityRegion(p);
            Assert.Equal(1, region.Volume / (4 * Math.PI / 3 * Math.Pow(radius, 3) * s[0] * s[1] * s[2]), 0.005);
            Assert.Equal(-0.5 * radius * radius, Math.Log(region.Level / posterior.HighestDensityRegion(1e-9).Level), 0.02);
        }
        // Two parameters: the contour of mass p is at exp(-r^2 / 2) = 1 - p of the peak.
        var pair = posterior.Pair(0, 2);
        Assert.Equal(0.32, pair.CredibleLevel(0.68) / pair.CredibleLevel(1e-9), 0.005);
    }

    [Fact]
    public void A_cube_on_the_prior_gives_the_same_posterior_as_the_likelihood_while_it_resolves_it()
    {
        double[] deviations = [0.1, 0.15, 0.4];
        var likelihood = new GaussianLikelihood(deviations, 0.6);
        var cube = LikelihoodCube.Evaluate(likelihood, Centre, ParameterGrid.Over(Box), cancellation: Cancellation);
        var summaries = GridPosterior.From(Box, cube).Summarize();
        for (var j = 0; j < 3; j++)
        {
            Assert.Equal(0, (summaries[j].Median - Centre[j]) / deviations[j], 0.001);
            Assert.Equal(1, summaries[j].StandardDeviation / deviations[j], 0.001);
        }
    }

    [Fact]
    public void Four_parameters_are_served_and_five_are_sent_to_the_sampler()
    {
        Prior Of(int n) => new(Enumerable.Range(0, n).Select(i => new PriorParameter($"p{i}", new UniformDistribution(-5, 5))));
        double[] s = [0.5, 0.3, 0.7, 0.1];
        var posterior = GridPosterior.Compute(Of(4), new GaussianLikelihood(s, 0.5), [0, 1, 2, -1.0], cancellation: Cancellation);
        for (var j = 0; j < 4; j++) Assert.Equal(1, posterior.Marginal(j).StandardDeviation / s[j], 0.002);
        Assert.Throws<ArgumentException>(() => GridPosterior.Compute(Of(5), new GaussianLikelihood([1, 1, 1, 1, 1]), new double[5], cancellation: Cancellation));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var likelihood = new GaussianLikelihood([1, 1, 1]);
        Assert.Throws<ArgumentException>(() => GridPosterior.Compute(Box, likelihood, [1, 2], cancellation: Cancellation));
        Assert.Throws<ArgumentException>(() => GridPosterior.Compute(Box, likelihood, [1, 2, double.NaN], cancellation: Cancellation));
        Assert.Throws<ArgumentException>(() => GridPosterior.Compute(Box, new GaussianLikelihood([1, 1]), [1, 2], cancellation: Cancellation));
        Assert.Throws<ArgumentException>(() => GridPosterior.Compute(Box, new FunctionLikelihood(3, _ => double.NaN), [0], cancellation: Cancellation));
        var cube = LikelihoodCube.Evaluate(likelihood, Centre, ParameterGrid.Over(Box, 8), cancellation: Cancellation);
        Assert.Throws<ArgumentException>(() => GridPosterior.From(new Prior([new("z", new UniformDistribution(0, 1))]), cube));
    }

    private static GridPosterior Banana()
    {
        var prior = new Prior([new("a", new UniformDistribution(-5, 5)), new("b", new UniformDistribution(-5, 25))]);
        var likelihood = new FunctionLikelihood(2, t => -0.5 * (t[0] * t[0] + Square((t[1] - t[0] * t[0]) / 0.3)) - Math.Log(2 * Math.PI * 0.3));
        return GridPosterior.Compute(prior, likelihood, [0.0], cancellation: Cancellation);
    }

    private static double[] View(double[] draws, Func<double, double, double> view) =>
        [.. Enumerable.Range(0, draws.Length / 2).Select(i => view(draws[2 * i], draws[2 * i + 1]))];

    private static double Square(double x) => x * x;

    private static double LogSum(double a, double b) => Math.Max(a, b) + Math.Log(1 + Math.Exp(-Math.Abs(a - b)));
}
