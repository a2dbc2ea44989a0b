using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Samplers;
using ClusterSurvey.Inference.Tests.Posteriors;

namespace ClusterSurvey.Inference.Tests.Samplers;

public sealed class ImportanceSamplerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Gaussian of 8")]
    [InlineData("banana")]
    public void A_few_thousand_evaluations_do(string posterior)
    {
        var draws = Sample(KnownPosterior.Of(posterior), new ImportanceOptions { EffectiveDraws = 300 });
        Assert.True(draws.Converged);
        Assert.InRange(draws.EffectiveDraws, 300, draws.Weights.Length);
        Assert.Equal(1, draws.Weights.Sum(), 1e-12);
        Assert.InRange(draws.Evaluations, 1, 12_000);
    }

    [Fact]
    public void The_seed_decides_every_bit()
    {
        var known = KnownPosterior.Of("banana");
        ImportanceDraws first = Sample(known, new()), second = Sample(known, new());
        Assert.Equal(first.Theta, second.Theta);
        Assert.Equal(first.Weights, second.Weights);
        Assert.Equal(first.Draw(new Seed(1), 100), second.Draw(new Seed(1), 100));
        Assert.NotEqual(first.Draw(new Seed(1), 100), first.Draw(new Seed(2), 100));
    }

    [Fact]
    public void A_run_that_must_not_evaluate_more_has_not_converged()
    {
        var draws = Sample(KnownPosterior.Of("Gaussian of 8"), new ImportanceOptions { EffectiveDraws = 1e6, MostEvaluations = 5000 });
        Assert.False(draws.Converged);
        Assert.InRange(draws.Evaluations, 800, 5000);
        Assert.Equal(80, draws.Draw(new Seed(1), 10).Length);
    }

    [Fact]
    public void A_draw_comes_as_often_as_its_weight_says()
    {
        var known = KnownPosterior.Of("edge");
        var draws = Sample(known, new ImportanceOptions { EffectiveDraws = 100 });
        const int Count = 100_000;
        var often = draws.Draw(new Seed(3), Count).Chunk(known.Prior.Count).CountBy(row => row[0]).ToDictionary();
        for (var i = 0; i < draws.Weights.Length; i++) Assert.Equal(draws.Weights[i] * Count, often.GetValueOrDefault(draws.Theta[i * known.Prior.Count]), 1.0);
    }

    [Fact]
    public void A_likelihood_that_is_nowhere_is_refused()
    {
        var known = KnownPosterior.Of("edge");
        var nowhere = new FunctionLikelihood(known.Prior.Count, _ => double.NegativeInfinity);
        var error = Assert.Throws<ArgumentException>(() => ImportanceSampler.Sample(new Seed(1), known.Prior, nowhere, [0.0], null, null, Cancellation));
        Assert.Contains("none of 500 draws", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        foreach (var options in (ImportanceOptions[])[new() { EffectiveDraws = 9 }, new() { DrawsPerRound = 99 }, new() { Components = 0 }, new() { Components = 51 }])
            Assert.Throws<ArgumentException>(() => Sample(KnownPosterior.Of("edge"), options));
    }

    /// <summary>Weights of a generalised Pareto distribution have its shape: of 10 000, to a standard error of (1 + k) / sqrt(300).</summary>
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.7)]
    [InlineData(1.2)]
    public void The_shape_of_the_largest_weights_is_found(double shape)
    {
        var stream = new Seed(9).Stream();
        var weights = Enumerable.Range(0, 10_000).Select(_ => (Math.Pow(1 - stream.NextDouble(), -shape) - 1) / shape).ToArray();
        Assert.Equal(shape, ParetoShape.OfTail(weights), 3 * (1 + shape) / Math.Sqrt(300));
    }

    [Fact]
    public void Equal_weights_have_no_tail_and_few_have_none_to_tell_of()
    {
        Assert.Equal(double.NegativeInfinity, ParetoShape.OfTail([.. Enumerable.Repeat(0.01, 100)]));
        Assert.Equal(double.PositiveInfinity, ParetoShape.OfTail([0.1, 0.2, 0.7]));
    }

    private static ImportanceDraws Sample(KnownPosterior known, ImportanceOptions options) => ImportanceSampler.Sample(new Seed(11), known.Prior, known.Likelihood, [0.0], options, null, Cancellation);
}
