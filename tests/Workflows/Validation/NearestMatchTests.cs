using ClusterSurvey.Workflows.Validation;

namespace ClusterSurvey.Workflows.Tests.Validation;

public sealed class NearestMatchTests
{
    [Theory]
    [InlineData("MesureSpectrum", "MeasureSpectrum")]
    [InlineData("measurespectrum", "MeasureSpectrum")]
    [InlineData("LaodMaps", "LoadMaps")]
    [InlineData("SomethingElse", null)]
    public void Nearest_is_the_one_with_the_fewest_edits_and_none_when_all_are_far(string text, string? nearest)
        => Assert.Equal(nearest, NearestMatch.Of(text, ["LoadMaps", "MeasureSpectrum", "WriteReport"]));
}
