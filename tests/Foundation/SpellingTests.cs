namespace ClusterSurvey.Foundation.Tests;

public sealed class SpellingTests
{
    private static readonly string[] Known = ["redshift", "r500_kpc", "theta500_arcmin", "name"];

    [Theory]
    [InlineData("redshfit", "redshift")]
    [InlineData("Redshift", "redshift")]
    [InlineData("r500kpc", "r500_kpc")]
    [InlineData("nmae", "name")]
    [InlineData("temperature", null)]
    [InlineData("xy", null)]
    public void The_nearest_name_is_found_or_none(string typed, string? meant) => Assert.Equal(meant, Spelling.Nearest(typed, Known));

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("abc", "acb", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void Distances_count_edits(string a, string b, int edits) => Assert.Equal(edits, Spelling.Distance(a, b));

    [Fact]
    public void A_stranger_gets_the_list()
    {
        Assert.Equal("did you mean 'name'?", Spelling.Suggest("nmae", Known));
        Assert.Equal("choose from grid, scales", Spelling.Suggest("telescope", ["scales", "grid"]));
        Assert.Equal("there is nothing to choose from", Spelling.Suggest("telescope", []));
    }
}
