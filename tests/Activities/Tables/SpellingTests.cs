namespace ClusterSurvey.Activities.Tables;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("redshift", "redshift", 0)]
    [InlineData("Redshift", "redshift", 0)]
    [InlineData("redhsift", "redshift", 1)]
    [InlineData("redshif", "redshift", 1)]
    [InlineData("", "abc", 3)]
    public void The_distance_counts_letters(string left, string right, int distance) => Assert.Equal(distance, Spelling.Distance(left, right));

    [Fact]
    public void The_nearest_name_is_suggested_and_a_stranger_gets_the_list()
    {
        Assert.Equal("simulations", Spelling.Nearest("simulation", ["grid", "simulations", "scales"]));
        Assert.Null(Spelling.Nearest("telescope", ["grid", "scales"]));
        Assert.Equal("choose from grid, scales", Spelling.Suggest("telescope", ["grid", "scales"]));
    }
}
