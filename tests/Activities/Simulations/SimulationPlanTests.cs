using ClusterSurvey.Activities.Simulations;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Activities.Tests.Simulations;

public sealed class SimulationPlanTests
{
    private static readonly Prior Box = new(new[] { "log10_sigma", "log10_injection_scale", "slope" }.Select(name => new PriorParameter(name, new UniformDistribution(0, 1))));

    [Fact]
    public void Rows_of_a_field_share_injection_scale_and_slope_and_differ_in_sigma()
    {
        var plan = SimulationPlan.FromPrior(new Seed(1), Box, 10, 4);
        Assert.Equal((10, 3), (plan.RowCount, plan.FieldCount));
        Assert.Equal([(0, 4), (4, 4), (8, 2)], Enumerable.Range(0, 3).Select(plan.RowsOf));
        for (var row = 1; row < 4; row++)
        {
            Assert.Equal(plan.Theta(0)[1..].ToArray(), plan.Theta(row)[1..].ToArray());
            Assert.NotEqual(plan.Theta(0)[0], plan.Theta(row)[0]);
        }
        Assert.NotEqual(plan.Theta(0)[1], plan.Theta(4)[1]);
    }

    [Fact]
    public void The_first_rows_do_not_depend_on_how_many_there_are()
    {
        var (few, many) = (SimulationPlan.FromPrior(new Seed(1), Box, 8, 4), SimulationPlan.FromPrior(new Seed(1), Box, 800, 4));
        for (var row = 0; row < 8; row++) Assert.Equal(few.Theta(row).ToArray(), many.Theta(row).ToArray());
    }

    [Fact]
    public void Given_rows_are_repeated_each_with_a_field_of_its_own()
    {
        var plan = SimulationPlan.Repeat([1, 2, 3, 4, 5, 6], 5);
        Assert.Equal((5, 5), (plan.RowCount, plan.FieldCount));
        Assert.Equal([1, 2, 3], plan.Theta(4).ToArray());
        Assert.Equal([4, 5, 6], plan.Theta(3).ToArray());
        Assert.Throws<ArgumentException>(() => SimulationPlan.Repeat([1, 2], 5));
    }
}
