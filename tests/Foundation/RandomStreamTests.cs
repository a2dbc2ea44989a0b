namespace ClusterSurvey.Foundation.Tests;

public sealed class RandomStreamTests
{
    // Known answers of the Random123 distribution (kat_vectors, philox4x32 10).
    [Theory]
    [InlineData(0UL, 0UL, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, uint.MaxValue, uint.MaxValue, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x85a308d3243f6a88UL, 0x0370734413198a2eUL, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdcceBu, 0x5001e420u, 0x24126ea1u)]
    public void The_generator_gives_the_known_answers_of_its_authors(ulong low, ulong high, uint keyA, uint keyB, uint a, uint b, uint c, uint d)
    {
        var words = new uint[4];
        RandomStream.Block(low, keyA, keyB, words, high);
        Assert.Equal([a, b, c, d], words);
    }

    [Fact]
    public void Equal_seeds_give_equal_numbers_and_other_paths_give_others()
    {
        var seed = new Seed(42);
        Assert.Equal(seed.Derive("A2142").Stream().NextUInt64(), seed.Derive("A2142").Stream().NextUInt64());
        var values = Enumerable.Range(0, 1000).Select(i => seed.Derive(i)).ToHashSet();
        Assert.Equal(1000, values.Count);
        Assert.NotEqual(seed.Derive("a").Derive("b"), seed.Derive("b").Derive("a"));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(4)]
    [InlineData(9.99)]
    [InlineData(10)]
    [InlineData(55)]
    [InlineData(2000)]
    public void Poisson_numbers_have_their_mean_and_variance(double mean)
    {
        const int Count = 200_000;
        var stream = new Seed(7).Stream();
        double sum = 0, squares = 0;
        for (var i = 0; i < Count; i++)
        {
            var deviation = stream.NextPoisson(mean) - mean;
            sum += deviation;
            squares += deviation * deviation;
        }
        Assert.InRange(sum / Count, -5 * Math.Sqrt(mean / Count), 5 * Math.Sqrt(mean / Count));
        var varianceError = Math.Sqrt((2 * mean * mean + mean) / Count);
        Assert.InRange(squares / Count, mean - 5 * varianceError, mean + 5 * varianceError);
    }

    [Theory]
    [InlineData(3.5)]
    [InlineData(25)]
    public void Poisson_numbers_follow_their_distribution(double mean)
    {
        const int Count = 200_000;
        var seen = new long[200];
        var stream = new Seed(11).Stream();
        for (var i = 0; i < Count; i++) seen[stream.NextPoisson(mean)]++;
        var probability = Math.Exp(-mean);
        var chiSquare = 0.0;
        var degrees = 0;
        for (var k = 0; k < 200; k++)
        {
            var expected = Count * probability;
            if (expected > 20)
            {
                chiSquare += (seen[k] - expected) * (seen[k] - expected) / expected;
                degrees++;
            }
            probability *= mean / (k + 1);
        }
        Assert.InRange(chiSquare, 0, degrees + 5 * Math.Sqrt(2 * degrees));
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_a_normal()
    {
        const int Count = 400_000;
        var values = new double[Count];
        new Seed(3).Stream().FillNormal(values);
        Assert.InRange(values.Average(), -5 / Math.Sqrt(Count), 5 / Math.Sqrt(Count));
        Assert.InRange(values.Average(v => v * v), 1 - 5 * Math.Sqrt(2.0 / Count), 1 + 5 * Math.Sqrt(2.0 / Count));
        Assert.InRange(values.Average(v => v * v * v * v), 3 - 5 * Math.Sqrt(96.0 / Count), 3 + 5 * Math.Sqrt(96.0 / Count));
    }

    [Fact]
    public void Bounded_integers_are_uniform()
    {
        var seen = new int[7];
        var stream = new Seed(5).Stream();
        for (var i = 0; i < 70_000; i++) seen[stream.NextInt32(7)]++;
        Assert.All(seen, count => Assert.InRange(count, 10_000 - 500, 10_000 + 500));
    }
}
