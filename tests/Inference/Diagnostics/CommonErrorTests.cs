using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Tests.Posteriors;

namespace ClusterSurvey.Inference.Tests.Diagnostics;

/// <summary>
/// Objects with Gaussian likelihoods whose data are all off by one error that differs from survey to survey, with a variance of so many parts of that of an object: that part is what the
/// common error is, by its definition.
/// </summary>
public class CommonErrorTests(ITestOutputHelper output)
{
    private const int Surveys = 300;

    private static readonly double[] wide = [0.5, 0.3], narrow = [0.05, 0.03];

    private static readonly Prior prior = new([new("a", new UniformDistribution(-3, 3)), new("b", new NormalDistribution(0, 1))]);

    /// <summary>Measured with 12 objects: 0.002 +- 0.005, 0.067 +- 0.010 and 0.247 +- 0.020.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    [InlineData(0.2)]
    public void It_is_measured_within_its_error(double share)
    {
        var (objects, truths) = Simulate(12, share);
        var found = Measure(objects, truths);
        output.WriteLine($"{share}: {found.Share:0.0000} +- {found.StandardError:0.0000}");
        Assert.InRange(found.StandardError, 0.002, 0.04);
        Assert.InRange((found.Share - share) / found.StandardError, -2.5, 2.5);
    }

    /// <summary>What was measured on twelve objects serves six of them: 68 % regions hold the truth in so many surveys. Without it they do not (the control).</summary>
    [Fact]
    public void Posteriors_that_take_account_of_it_are_calibrated_and_others_are_not()
    {
        var (objects, truths) = Simulate(12, 0.2);
        var common = Measure(objects, truths);
        foreach (var count in new[] { 12, 6 })
        {
            var right = Coverage(objects[..count], truths, common);
            var wrong = Coverage(objects[..count], truths, CommonError.None);
            output.WriteLine($"{count}: {right:0.000}, without {wrong:0.000}");
            Assert.InRange(right, 0.68 - 3 * 0.027, 0.68 + 3 * 0.027);
            Assert.True(wrong < 0.68 - 3 * 0.027, $"{count} objects: {wrong}");
        }
    }

    [Fact]
    public void The_power_falls_from_one_with_the_number_of_objects_and_one_object_is_left_alone()
    {
        var common = new CommonError(0.05, 0.01);
        Assert.Equal(1, common.Exponent(1));
        Assert.Equal(1 / 1.55, common.Exponent(12), 12);
        Assert.Equal(1, CommonError.None.Exponent(118));
        var nothing = new CommonErrorScore(new double[26], new double[26]);
        Assert.Equal(CommonError.None, CommonErrorTest.Estimate([.. Enumerable.Repeat(nothing, 10)], 1));
        Assert.Throws<ArgumentException>(() => CommonErrorTest.Estimate([.. Enumerable.Repeat(nothing, 9)], 12));
        Assert.Throws<ArgumentOutOfRangeException>(() => common.Exponent(0));
    }

    /// <summary>
    /// Where likelihoods are wrong together near the ends of the prior only (0.5 of the variance of an object there, nothing elsewhere), both numbers are found, and 68 % regions of either part
    /// of the surveys hold the truth as often as regions of right likelihoods do. With one number for both (the control) they do so too often away from the ends.
    /// </summary>
    [Fact]
    public void An_error_that_differs_near_the_ends_of_the_prior_is_found_apart()
    {
        double At(int survey, double[] drawn) => Near(drawn.AsSpan(2 * survey, 2)) ? 0.5 : 0;
        var (objects, truths) = Simulate(12, At, narrow);
        var found = Measure(objects, truths);
        var (away, near) = Assert.NotNull(found.ByEnds);
        output.WriteLine($"{found.Share:0.000}: {away:0.000} and {near:0.000}");
        Assert.InRange(away, 0, 0.03);
        Assert.InRange(near, 0.3, 0.8);

        var (apart, together) = (Recover(objects, truths, found), Recover(objects, truths, found with { ByEnds = null }));
        var (rightAway, rightNear) = apart.ByEnds(prior, CommonError.End);
        var (wrongAway, wrongNear) = together.ByEnds(prior, CommonError.End);
        output.WriteLine($"{rightAway!.Cases.Count}: {rightAway.Coverage(0.68)} and {rightNear!.Coverage(0.68)}; with one number {wrongAway!.Coverage(0.68)} and {wrongNear!.Coverage(0.68)}");
        Assert.InRange(rightAway.Coverage(0.68).Share, 0.68 - 3 * rightAway.Coverage(0.68).Error, 0.68 + 3 * rightAway.Coverage(0.68).Error);
        Assert.InRange(rightNear.Coverage(0.68).Share, 0.68 - 3 * rightNear.Coverage(0.68).Error, 0.68 + 3 * rightNear.Coverage(0.68).Error);
        Assert.True(wrongAway.Coverage(0.68).Share > 0.68 + 3 * wrongAway.Coverage(0.68).Error);
    }

    /// <summary>Of likelihoods that are wrong alike everywhere, and of such that are right, one number is found.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    public void Two_numbers_are_not_found_where_one_is_enough(double share)
    {
        var (objects, truths) = Simulate(12, share);
        Assert.Null(Measure(objects, truths).ByEnds);
    }

    private static bool Near(ReadOnlySpan<double> theta)
    {
        for (var i = 0; i < theta.Length; i++) if (prior[i].Cumulative(theta[i]) is < CommonError.End or > 1 - CommonError.End) return true;
        return false;
    }

    private static CommonError Measure(TestedObject[] objects, double[] truths) => CommonErrorTest.Estimate(
        [.. Enumerable.Range(0, Surveys).Select(survey => CommonErrorTest.Score(prior, objects, survey, truths.AsSpan(2 * survey, 2), TestContext.Current.CancellationToken))], objects.Length);

    private static double Coverage(TestedObject[] objects, double[] truths, CommonError common) => Recover(objects, truths, common).Coverage(0.68).Share;

    private static JointRecovery Recover(TestedObject[] objects, double[] truths, CommonError common)
    {
        var grid = ParameterGrid.Over(prior, 49);
        return JointRecovery.Of(prior.Names, [.. Enumerable.Range(0, Surveys).Select(survey =>
            JointRecovery.Recover(new Seed(7).Derive(survey), prior, objects, survey, truths.AsSpan(2 * survey, 2), grid, 200, common, TestContext.Current.CancellationToken))]);
    }

    private static (TestedObject[] Objects, double[] Truths) Simulate(int count, double share) => Simulate(count, (_, _) => share, wide);

    private static (TestedObject[] Objects, double[] Truths) Simulate(int count, Func<int, double[], double> share, double[] widths)
    {
        var truths = prior.Sample(new Seed(3), Surveys);
        var errors = new Seed(5).Stream();
        double[] common = [.. truths.Select((_, k) => Math.Sqrt(share(k / 2, truths)) * widths[k % 2] * errors.NextNormal())];
        TestedObject Observe(int one)
        {
            var stream = new Seed(4).Derive(one).Stream();
            return new TestedObject($"{one}", new GaussianLikelihood(widths), [.. truths.Select((truth, k) => truth + common[k] + widths[k % 2] * stream.NextNormal())], 2);
        }
        return ([.. Enumerable.Range(0, count).Select(Observe)], truths);
    }
}
