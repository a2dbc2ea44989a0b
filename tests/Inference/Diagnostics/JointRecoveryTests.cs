using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Tests.Posteriors;

namespace ClusterSurvey.Inference.Tests.Diagnostics;

/// <summary>Simulated surveys of Gaussian objects, recovered with the right likelihood and with wrong ones.</summary>
public sealed class JointRecoveryTests
{
    private const int Surveys = 200;

    private static readonly double[] widths = [0.3, 0.4];
    private static readonly Prior prior = new([new("a", new UniformDistribution(-1, 1)), new("b", new UniformDistribution(-1, 1))]);
    private static readonly ParameterGrid grid = ParameterGrid.Over(prior, 48);

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(64)]
    public void Right_likelihoods_recover_the_truth(int objects)
    {
        var recovery = Recover(objects, 1, 0);
        Assert.All(Holm.Adjust([.. recovery.Tests().Select(test => test.PValue)]), p => Assert.True(p > 0.05, $"{p}"));
        foreach (var credibility in (double[])[0.68, 0.95])
        {
            var (share, error) = recovery.Coverage(credibility);
            Assert.InRange(share, credibility - 3 * error, credibility + 3 * error);
        }
        for (var parameter = 0; parameter < 2; parameter++)
        {
            var (mean, error, scatter) = recovery.Pull(parameter);
            Assert.InRange(mean, -3 * error, 3 * error);
            Assert.InRange(scatter, 0.8, 1.2);
            Assert.Equal(scatter / Math.Sqrt(Surveys), error, 12);
        }
    }

    [Fact]
    public void Surveys_near_the_ends_of_the_prior_are_told_from_the_others()
    {
        var recovery = Recover(12, 1, 0);
        var (away, near) = recovery.ByEnds(prior, 0.1);
        Assert.All(away!.Cases, one => Assert.All(one.Truth, value => Assert.InRange(value, -0.8, 0.8)));
        Assert.All(near!.Cases, one => Assert.Contains(one.Truth, value => Math.Abs(value) > 0.8));
        Assert.Equal(Surveys, away.Cases.Count + near.Cases.Count);
        // Right likelihoods are right in both.
        foreach (var part in (JointRecovery[])[away, near]) Assert.InRange(part.Coverage(0.68).Share, 0.68 - 3 * part.Coverage(0.68).Error, 0.68 + 3 * part.Coverage(0.68).Error);
        Assert.Null(away.ByEnds(prior, 0.1).Near);
    }

    [Fact]
    public void Overconfidence_of_a_fifth_is_found()
    {
        var recovery = Recover(12, 0.8, 0);
        Assert.Contains(Holm.Adjust([.. recovery.Tests().Select(test => test.PValue)]), p => p < 0.05);
        var (share, error) = recovery.Coverage(0.68);
        Assert.True(share < 0.68 - 3 * error, $"{share}");
    }

    [Fact]
    public void A_bias_that_one_object_hides_shows_in_many()
    {
        // A tenth of the width of one object is eight tenths of the width of the joint posterior of 64.
        const double Bias = 0.1;
        var one = Recover(1, 1, Bias);
        Assert.All(Holm.Adjust([.. one.Tests().Select(test => test.PValue)]), p => Assert.True(p > 0.05, $"{p}"));
        var many = Recover(64, 1, Bias);
        Assert.Contains(Holm.Adjust([.. many.Tests().Select(test => test.PValue)]), p => p < 1e-6);
        Assert.True(Math.Abs(many.Pull(0).Mean) > 0.5, $"{many.Pull(0)}");
        Assert.True(Math.Abs(many.Pull(1).Mean) < 3 * many.Pull(1).Error, $"{many.Pull(1)}");
    }

    [Fact]
    public void A_survey_is_recovered_the_same_whatever_was_recovered_before()
    {
        var (objects, truths) = Simulate(3);
        RecoveredCase Third() => JointRecovery.Recover(new Seed(8), prior, Tested(objects, 1, 0), 2, truths.AsSpan(4, 2), grid, 100, cancellation: TestContext.Current.CancellationToken);
        var (first, again) = (Third(), Third());
        Assert.Equal(first.Mean, again.Mean);
        Assert.Equal(first.Ranks, again.Ranks);
        Assert.Equal(first.Credibility, again.Credibility);
    }

    [Fact]
    public void A_shift_of_the_data_is_told_in_standard_deviations_and_chance_cancels()
    {
        var (observations, truths) = Simulate(3);
        JointRecovery Recovered(double bias, int surveys) => JointRecovery.Of(["a", "b"], [.. Enumerable.Range(0, surveys).Select(survey =>
            JointRecovery.Recover(new Seed(7).Derive(survey), prior, Tested(observations, 1, bias), survey, truths.AsSpan(2 * survey, 2), grid, 200, cancellation: TestContext.Current.CancellationToken))]);
        var (without, with) = (Recovered(0, 12), Recovered(0.5, 10));
        // Three objects, each off by half of its width: by half of a root of three of the joint width, but where the prior's edge is near.
        var shift = RecoveryShift.Of(without, with, 0);
        Assert.Equal(0.5 * Math.Sqrt(3), shift.Mean, 0.1);
        Assert.InRange(shift.Error, 0, 0.05);
        Assert.Equal(0, RecoveryShift.Of(without, with, 1).Mean, 0.01);
        Assert.Throws<ArgumentException>(() => RecoveryShift.Of(with, without, 0));
    }

    [Fact]
    public void Limits_and_the_lowest_tenth_of_the_prior_are_those_of_the_posterior()
    {
        var (observations, truths) = Simulate(3);
        var one = JointRecovery.Recover(new Seed(8), prior, Tested(observations, 1, 0), 2, truths.AsSpan(4, 2), grid, 4000, cancellation: TestContext.Current.CancellationToken);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(1.645, (one.UpperLimits[i] - one.Mean[i]) / one.StandardDeviation[i], 0.15);
            var edge = prior[i].Quantile(0.1);
            Assert.Equal(MathNet.Numerics.Distributions.Normal.CDF(one.Mean[i], one.StandardDeviation[i], edge), one.LowestTenth[i], 0.03);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var likelihood = new GaussianLikelihood(widths);
        Assert.Throws<ArgumentException>(() => new TestedObject("one", likelihood, [1, 2, 3], 2));
        Assert.Throws<ArgumentException>(() => JointRecovery.Of(["a", "b"], []));
        Assert.Throws<ArgumentException>(() => JointRecovery.Of(["a"], [new([0, 0], [0, 0], [1, 1], [0.5, 0.5], 0.5, [1, 1], [0, 0])]));
        Assert.Throws<ArgumentException>(() => JointRecovery.Recover(new Seed(1), prior, [new TestedObject("one", likelihood, [0, 0], 2)], 0, [0.0], grid, 10, cancellation: TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentOutOfRangeException>(() => JointRecovery.Of(["a"], [new([0], [0], [1], [0.5], 0.5, [1], [0])]).Coverage(1));
    }

    /// <summary>Recovers with likelihoods whose widths are the true ones times a factor, and whose first number is off by a fraction of its width.</summary>
    private static JointRecovery Recover(int objects, double factor, double bias)
    {
        var (observations, truths) = Simulate(objects);
        var tested = Tested(observations, factor, bias);
        return JointRecovery.Of(["a", "b"],
            [.. Enumerable.Range(0, Surveys).Select(survey => JointRecovery.Recover(new Seed(7).Derive(survey), prior, tested, survey, truths.AsSpan(2 * survey, 2), grid, 200, cancellation: TestContext.Current.CancellationToken))]);
    }

    private static TestedObject[] Tested(double[][] observations, double factor, double bias) => [.. observations.Select((rows, i) =>
        new TestedObject($"{i}", new GaussianLikelihood([factor * widths[0], factor * widths[1]]), [.. rows.Select((value, k) => k % 2 == 0 ? value + bias * widths[0] : value)], 2))];

    private static (double[][] Observations, double[] Truths) Simulate(int objects)
    {
        var truths = prior.Sample(new Seed(3), Surveys);
        double[] Observe(int one)
        {
            var stream = new Seed(4).Derive(one).Stream();
            return [.. truths.Select((truth, k) => truth + widths[k % 2] * stream.NextNormal())];
        }
        return ([.. Enumerable.Range(0, objects).Select(Observe)], truths);
    }
}
