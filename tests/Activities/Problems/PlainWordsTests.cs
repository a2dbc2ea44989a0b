namespace ClusterSurvey.Activities.Problems;

public sealed class PlainWordsTests
{
    [Fact]
    public void The_name_of_a_parameter_is_left_out() => Assert.Equal("the mask is empty", new ArgumentException("the mask is empty", "mask").InPlainWords());

    [Fact]
    public void A_refused_value_comes_first() => Assert.Equal("-1.5: a size is above 0", new ArgumentOutOfRangeException("size", -1.5, "a size is above 0").InPlainWords());

    [Fact]
    public void Lines_become_one() => Assert.Equal("no disk is left", new IOException("no disk\n  is left").InPlainWords());
}
