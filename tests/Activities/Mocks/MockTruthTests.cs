using ClusterSurvey.Activities.Tables;

namespace ClusterSurvey.Activities.Mocks;

public sealed class MockTruthTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_truth_is_three_numbers() => Assert.Equal(3.6, Read("""{"log10_sigma": -0.7, "log10_injection_scale": -0.5, "slope": 3.6}""").Slope);

    [Theory]
    [InlineData("""{"log10_sigma": 300, "log10_injection_scale": -0.5, "slope": 3.6}""", "log10_sigma")]
    [InlineData("""{"log10_sigma": -0.7, "log10_injection_scale": -300, "slope": 3.6}""", "log10_injection_scale")]
    [InlineData("""{"log10_sigma": -0.7, "log10_injection_scale": -0.5, "slope": "NaN"}""", "slope")]
    [InlineData("""{"log10_sigma": -0.7, "log10_injection_scale": -0.5, "slope": 3.6, "slope": 3.7}""", "slope")]
    [InlineData("""{"log10_sigma": -0.7, "log10_injection_scale": -0.5, "slpoe": 3.6}""", "slpoe")]
    [InlineData("null", "null")]
    public void A_truth_that_no_gas_has_is_refused(string text, string says)
        => Assert.Contains(says, Refused.Message(() => Read(text)), StringComparison.Ordinal);

    private Physics.Turbulence.TurbulenceParameters Read(string text) => MockSample.ReadTruth(folder.Write("truth.json", text));
}
