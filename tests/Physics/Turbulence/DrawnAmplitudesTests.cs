namespace ClusterSurvey.Physics.Turbulence;

public class DrawnAmplitudesTests
{
    [Fact]
    public void Amplitudes_are_those_of_each_draws_spectrum_and_a_shallow_one_has_no_peak()
    {
        var found = DrawnAmplitudes.Of([-0.7, -0.5, 11.0 / 3, -0.7, -0.5, 2.9], 0.1, 1);
        var spectrum = new TurbulenceSpectrum(Math.Pow(10, -0.7), Math.Pow(10, -0.5), 11.0 / 3);
        Assert.Equal(spectrum.PeakAmplitude!.Value, found.Peak[0], 1e-15);
        Assert.Equal(Math.Sqrt(spectrum.VarianceBetween(0.1, 1)), found.Observed[0], 1e-15);
        Assert.True(double.IsNaN(found.Peak[1]));
        Assert.True(found.Observed[1] > 0 && found.Observed[1] < Math.Pow(10, -0.7));
    }

    [Fact]
    public void No_more_draws_are_converted_than_percentiles_need_and_one_scale_alone_has_no_rms()
    {
        double[] draws = [.. Enumerable.Range(0, DrawnAmplitudes.Most + 3).SelectMany(_ => new[] { -0.7, -0.5, 4.0 })];
        var found = DrawnAmplitudes.Of(draws, 0.5, 0.5);
        Assert.Equal(DrawnAmplitudes.Most, found.Peak.Length);
        Assert.All(found.Observed, rms => Assert.True(double.IsNaN(rms)));
        Assert.Throws<ArgumentException>(() => DrawnAmplitudes.Of([1, 2], 0.1, 1));
    }
}
