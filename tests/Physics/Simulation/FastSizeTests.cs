namespace ClusterSurvey.Physics.Simulation;

public class FastSizeTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(97, 98)]
    [InlineData(101, 108)]
    [InlineData(128, 128)]
    [InlineData(397, 400)]
    public void The_next_even_product_of_small_primes(int length, int expected) => Assert.Equal(expected, FastSize.AtLeast(length));
}
