using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Diagnostics;

namespace ClusterSurvey.Inference.Tests.Diagnostics;

/// <summary>theta ~ N(0, 1), x = theta + N(0, 0.5^2) twice: the posterior is normal with variance 1/9 and mean 4/9 (x1 + x2).</summary>
public sealed class LocalTwoSampleTestTests
{
    private const int Cases = 400, Trials = 19;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_right_posterior_is_not_told_from_the_truth() => Assert.True(Score((_, _) => (0, 1), 1).PValue > 0.1);

    [Theory]
    [InlineData(0.5, 0.0)]
    [InlineData(1.0, 1.0)]
    public void A_posterior_too_narrow_or_shifted_is_told(double width, double shift)
    {
        var score = Score((_, _) => (shift, width), 0.5);
        Assert.Equal(1.0 / (Trials + 1), score.PValue);
        Assert.True(score.Statistic > 1.5 * score.NullStatistics.Max(), $"{score.Statistic} {score.NullStatistics.Max()}");
    }

    /// <summary>Right where x is negative, shifted where it is not: only the local question tells the two apart.</summary>
    [Fact]
    public void A_fault_is_found_where_it_is_and_not_elsewhere()
    {
        static (double, double) Fault(double x, double y) => (x + y > 0 ? 1.5 : 0, 1);
        var (wrong, right) = (Score(Fault, 1), Score(Fault, -1.2));
        Assert.Equal(1.0 / (Trials + 1), wrong.PValue);
        // A classifier of few cases carries a little of the fault over.
        Assert.True(wrong.Statistic > 3 * right.Statistic, $"{wrong.Statistic} {right.Statistic}");
    }

    [Fact]
    public void The_seed_decides_and_progress_is_told()
    {
        var heard = new List<double>();
        var first = Score((_, _) => (0, 1), 1, new Listener(heard), 100);
        Assert.Equal(first.NullStatistics, Score((_, _) => (0, 1), 1, null, 100).NullStatistics);
        Assert.Equal(Trials, heard.Count);
        Assert.Equal(1, heard[^1], 1e-12);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var (set, x) = Simulate((_, _) => (0, 1));
        Assert.Throws<ArgumentException>(() => LocalTwoSampleTest.Test(new Seed(1), set, x, [1.0], [1.0], Trials, null, Cancellation));
        Assert.Throws<ArgumentException>(() => LocalTwoSampleTest.Test(new Seed(1), set, x, [1.0, double.NaN], [1.0], Trials, null, Cancellation));
        Assert.Throws<ArgumentException>(() => LocalTwoSampleTest.Test(new Seed(1), set, x, [1.0, 1], [], Trials, null, Cancellation));
        Assert.Throws<ArgumentOutOfRangeException>(() => LocalTwoSampleTest.Test(new Seed(1), set, x, [1.0, 1], [1.0], 5, null, Cancellation));
        Array.Fill(x, 3);
        Assert.Throws<ArgumentException>(() => LocalTwoSampleTest.Test(new Seed(1), set, x, [1.0, 1], [1.0], Trials, null, Cancellation));
    }

    private static LocalTwoSampleScore Score(Func<double, double, (double Shift, double Width)> fault, double at, IProgress<double>? progress = null, int cases = Cases)
    {
        var (set, x) = Simulate(fault, cases);
        var stream = new Seed(8).Stream();
        var draws = new double[1000];
        for (var i = 0; i < draws.Length; i++) draws[i] = Posterior(stream, at, at, fault);
        return LocalTwoSampleTest.Test(new Seed(9), set, x, [at, at], draws, Trials, progress, Cancellation);
    }

    private static (CalibrationSet Set, double[] X) Simulate(Func<double, double, (double, double)> fault, int cases = Cases)
    {
        var stream = new Seed(7).Stream();
        double[] truths = new double[cases], draws = new double[cases], x = new double[2 * cases];
        for (var i = 0; i < cases; i++)
        {
            truths[i] = stream.NextNormal();
            (x[2 * i], x[2 * i + 1]) = (truths[i] + 0.5 * stream.NextNormal(), truths[i] + 0.5 * stream.NextNormal());
            draws[i] = Posterior(stream, x[2 * i], x[2 * i + 1], fault);
        }
        return (new CalibrationSet(truths, draws, 1), x);
    }

    // The fault: a shift and a width in units of the right deviation.
    private static double Posterior(RandomStream stream, double x1, double x2, Func<double, double, (double Shift, double Width)> fault)
    {
        var (shift, width) = fault(x1, x2);
        return 4.0 / 9 * (x1 + x2) + (shift + width * stream.NextNormal()) / 3;
    }

    private sealed class Listener(List<double> heard) : IProgress<double>
    {
        public void Report(double value) => heard.Add(value);
    }
}
