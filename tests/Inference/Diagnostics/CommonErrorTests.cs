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

    private static readonly double[] widths = [0.5, 0.3];

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
        Assert.Equal(CommonError.None, CommonErrorTest.Estimate([.. Enumerable.Repeat(new double[26], 10)], 1));
        Assert.Throws<ArgumentException>(() => CommonErrorTest.Estimate([.. Enumerable.Repeat(new double[26], 9)], 12));
        Assert.Throws<ArgumentOutOfRangeException>(() => common.Exponent(0));
    }

    private static CommonError Measure(TestedObject[] objects, double[] truths) => CommonErrorTest.Estimate(
        [.. Enumerable.Range(0, Surveys).Select(survey => CommonErrorTest.Scores(prior, objects, survey, truths.AsSpan(2 * survey, 2), TestContext.Current.CancellationToken))], objects.Length);

    private static double Coverage(TestedObject[] objects, double[] truths, CommonError common)
    {
        var grid = ParameterGrid.Over(prior, 49);
        return JointRecovery.Of(prior.Names, [.. Enumerable.Range(0, Surveys).Select(survey =>
            JointRecovery.Recover(new Seed(7).Derive(survey), prior, objects, survey, truths.AsSpan(2 * survey, 2), grid, 200, common, TestContext.Current.CancellationToken))]).Coverage(0.68).Share;
    }

    private static (TestedObject[] Objects, double[] Truths) Simulate(int count, double share)
    {
        var truths = prior.Sample(new Seed(3), Surveys);
        var errors = new Seed(5).Stream();
        double[] common = [.. truths.Select((_, k) => Math.Sqrt(share) * widths[k % 2] * errors.NextNormal())];
        TestedObject Observe(int one)
        {
            var stream = new Seed(4).Derive(one).Stream();
            return new TestedObject($"{one}", new GaussianLikelihood(widths), [.. truths.Select((truth, k) => truth + common[k] + widths[k % 2] * stream.NextNormal())], 2);
        }
        return ([.. Enumerable.Range(0, count).Select(Observe)], truths);
    }
}
