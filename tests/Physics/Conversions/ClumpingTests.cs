namespace ClusterSurvey.Physics.Conversions;

public class ClumpingTests
{
    [Fact]
    public void Clumping_is_one_plus_the_variance()
    {
        var clumping = Clumping.FromDensityFluctuation(0.3);
        Assert.Equal(1.09, clumping.Value, 1e-12);
        Assert.Equal(Math.Sqrt(1.09), clumping.DensityBias, 1e-12);
    }
}
