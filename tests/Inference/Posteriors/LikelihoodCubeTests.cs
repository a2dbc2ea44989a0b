using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Tests.Posteriors;

public sealed class LikelihoodCubeTests
{
    private static readonly ParameterGrid Grid = new([new("a", 0, 1, 5), new("b", -1, 1, 3)]);

    [Fact]
    public void Values_stand_in_C_order_with_the_last_parameter_fastest()
    {
        var cube = LikelihoodCube.Evaluate(new FunctionLikelihood(2, t => 10 * t[0] + t[1]), [0.0], Grid, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([-1.0, 0, 1, 1.5, 2.5, 3.5], cube.LogLikelihood[..6].ToArray());
        Assert.Equal(14, cube.PeakNode);
        Assert.Equal(LikelihoodFlags.PeakAtEdge, cube.Flags);
    }

    [Fact]
    public void What_is_no_number_is_impossible_and_flagged()
    {
        var cube = LikelihoodCube.Evaluate(new FunctionLikelihood(2, t => t[0] == 0 ? double.NaN : t[0] == 1 ? double.PositiveInfinity : -t[1] * t[1] - t[0] * t[0]), [0.0], Grid,
            cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(double.NegativeInfinity, cube.LogLikelihood[0]);
        Assert.Equal(double.NegativeInfinity, cube.LogLikelihood[^1]);
        Assert.Equal(LikelihoodFlags.UndefinedValues, cube.Flags);
    }

    [Fact]
    public void Data_that_say_nothing_are_flagged() =>
        Assert.Equal(LikelihoodFlags.Uninformative, LikelihoodCube.Evaluate(new FunctionLikelihood(2, t => 0.05 * t[0]), [0.0], Grid, null, TestContext.Current.CancellationToken).Flags);

    [Fact]
    public void A_floor_raises_only_what_lies_below()
    {
        var cube = new LikelihoodCube(new ParameterGrid([new("a", 0, 1, 4)]), [0, -5, double.NegativeInfinity, -1]);
        var floored = cube.Floored(3);
        Assert.Equal([0.0, -3, -3, -1], floored.LogLikelihood.ToArray());
        Assert.True(floored.Flags.HasFlag(LikelihoodFlags.Floored));
        Assert.False(new LikelihoodCube(cube.Grid, [0, -1, -2, -1]).Floored(3).Flags.HasFlag(LikelihoodFlags.Floored));
    }

    [Fact]
    public void Evaluation_reports_progress_and_can_be_cancelled()
    {
        var grid = ParameterGrid.Over(new Prior([new("a", new UniformDistribution(0, 1)), new("b", new UniformDistribution(0, 1))]), 100);
        var told = new List<double>();
        LikelihoodCube.Evaluate(new FunctionLikelihood(2, t => t[0]), [0.0], grid, new Immediate(told), TestContext.Current.CancellationToken);
        Assert.Equal([0.4096, 0.8192, 1], told);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => LikelihoodCube.Evaluate(new FunctionLikelihood(2, t => t[0]), [0.0], grid, null, cancelled.Token));
    }

    private sealed class Immediate(List<double> told) : IProgress<double>
    {
        public void Report(double value) => told.Add(value);
    }
}
