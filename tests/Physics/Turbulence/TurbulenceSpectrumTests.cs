using CsCheck;

namespace ClusterSurvey.Physics.Turbulence;

public class TurbulenceSpectrumTests
{
    private const double Kolmogorov = 11.0 / 3;

    [Theory]
    [InlineData(Kolmogorov, 0.1, 3.37168166)]
    [InlineData(Kolmogorov, 0.3, 7.28809861)]
    [InlineData(Kolmogorov, 1, 16.5770471)]
    [InlineData(3, 0.1, 50.6230878)]
    [InlineData(3, 0.3, 64.4231939)]
    [InlineData(3, 1, 79.5519991)]
    [InlineData(4.5, 0.1, 0.242617044)]
    [InlineData(4.5, 0.3, 1.26425599)]
    [InlineData(4.5, 1, 7.69859051)]
    public void Normalisation_has_its_reference_value(double slope, double injectionScale, double expected)
    {
        var spectrum = new TurbulenceSpectrum(1, injectionScale, slope);
        Assert.Equal(1, spectrum.Normalisation / expected, 2e-9);
    }

    [Theory]
    [InlineData(3, 7.108390e-4)]
    [InlineData(10, 2.644970e-5)]
    public void Power_has_its_reference_value(double k, double expected) =>
        Assert.Equal(1, new TurbulenceSpectrum(1, 0.3, Kolmogorov).Power(k) / expected, 2e-7);

    [Theory]
    [InlineData(Kolmogorov)]
    [InlineData(4)]
    [InlineData(5)]
    public void Normalisation_tends_to_the_closed_form_without_dissipation(double slope)
    {
        var withDissipation = new TurbulenceSpectrum(1, 0.3, slope, 1e-9).Normalisation;
        // What is missing falls as (l_dis/l_inj)^(alpha-3).
        Assert.Equal(1, withDissipation / TurbulenceSpectrum.NormalisationWithoutDissipation(0.3, slope), 1e-5);
    }

    [Theory]
    [InlineData(Kolmogorov, 0.609)]
    [InlineData(4, 0.696)]
    [InlineData(4.5, 0.788)]
    [InlineData(5, 0.858)]
    public void The_amplitude_peaks_where_and_as_high_as_the_closed_form_says(double slope, double peakOverSigma)
    {
        var spectrum = new TurbulenceSpectrum(0.2, 0.3, slope, 1e-8);
        var peak = spectrum.PeakWavenumber!.Value;
        Assert.Equal(peakOverSigma, spectrum.PeakAmplitude!.Value / 0.2, 5.1e-4);
        Assert.True(spectrum.Amplitude(peak * 1.01) < spectrum.PeakAmplitude && spectrum.Amplitude(peak / 1.01) < spectrum.PeakAmplitude);
    }

    [Theory]
    [InlineData(Kolmogorov, 0.620)]
    [InlineData(4, 0.698)]
    public void Dissipation_raises_the_peak_by_the_variance_that_it_removes(double slope, double peakOverSigma) =>
        Assert.Equal(peakOverSigma, new TurbulenceSpectrum(1, 0.3, slope).PeakAmplitude!.Value, 5.1e-4);

    [Theory]
    [InlineData(3)]
    [InlineData(2.5)]
    [InlineData(0)]
    public void Shallow_slopes_have_no_peak(double slope)
    {
        var spectrum = new TurbulenceSpectrum(1, 0.3, slope);
        Assert.Null(spectrum.PeakWavenumber);
        Assert.Null(spectrum.PeakAmplitude);
    }

    [Fact]
    public void The_variance_of_all_scales_is_sigma_squared_and_of_fewer_is_less() =>
        Gen.Select(Gen.Double[0.01, 3], Gen.Double[0.03, 3], Gen.Double[0.5, 6]).Sample((sigma, injectionScale, slope) =>
        {
            var spectrum = new TurbulenceSpectrum(sigma, injectionScale, slope);
            Assert.Equal(1, spectrum.VarianceBetween(1e-3 / 20, 20 * injectionScale) / (sigma * sigma), 1e-9);
            Assert.InRange(spectrum.VarianceBetween(0.05, 1), 0, sigma * sigma);
        }, iter: 200);

    // k = 1/length: with 2 pi in it, the cut-off would stand at another scale.
    [Fact]
    public void A_wavenumber_is_one_over_a_length()
    {
        var spectrum = new TurbulenceSpectrum(1, 0.5, 4, 1e-9);
        var (k, steep) = (1 / 0.5, 1 / 0.05);
        Assert.Equal(Math.Exp(-1 + 0.01) * Math.Pow(k / steep, -4), spectrum.Power(k) / spectrum.Power(steep), 1e-9 * Math.Pow(steep / k, 4));
    }

    [Fact]
    public void No_power_without_wavenumber() => Assert.Equal(0, new TurbulenceSpectrum(1, 0.3, Kolmogorov).Power(0));

    [Theory]
    [InlineData(-1, 0.3, 4)]
    [InlineData(1, 0, 4)]
    [InlineData(1, double.NaN, 4)]
    [InlineData(1, 0.3, double.PositiveInfinity)]
    public void Impossible_parameters_are_refused(double sigma, double injectionScale, double slope) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TurbulenceSpectrum(sigma, injectionScale, slope));
}
