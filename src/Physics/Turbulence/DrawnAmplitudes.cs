namespace ClusterSurvey.Physics.Turbulence;

/// <summary>
/// What conversions ask of draws of the turbulence's parameters beside the parameters themselves: integrals over the spectrum of each draw, which take nearly all of a conversion's time and depend on no calibration.
/// </summary>
/// <param name="Peak">Maximum over k of A(k), draw by draw; NaN where the spectrum has no peak (slope of 3 or less).</param>
/// <param name="Observed">rms of delta between the smallest and the largest measured scale, draw by draw; NaN where a single scale was measured.</param>
public sealed record DrawnAmplitudes(double[] Peak, double[] Observed)
{
    /// <summary>The draws that are converted: enough for percentiles to a few per cent of the width.</summary>
    public const int Most = 500;

    /// <summary>The amplitudes of the first <see cref="Most"/> draws.</summary>
    /// <param name="draws">Draws row by row: log10 sigma, log10 injection scale (R500), slope.</param>
    /// <param name="shortestR500">The smallest measured scale, R500.</param>
    /// <param name="longestR500">The largest measured scale, R500.</param>
    /// <exception cref="ArgumentException">No whole number of draws.</exception>
    public static DrawnAmplitudes Of(ReadOnlySpan<double> draws, double shortestR500, double longestR500)
    {
        if (draws.Length % 3 != 0) throw new ArgumentException($"{draws.Length} values are no rows of 3", nameof(draws));
        var count = Math.Min(Most, draws.Length / 3);
        var (peak, observed) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            var spectrum = TurbulenceSpectrum.From(new TurbulenceParameters(draws[3 * i], draws[3 * i + 1], draws[3 * i + 2]));
            peak[i] = spectrum.PeakAmplitude ?? double.NaN;
            observed[i] = longestR500 > shortestR500 ? Math.Sqrt(spectrum.VarianceBetween(shortestR500, longestR500)) : double.NaN;
        }
        return new DrawnAmplitudes(peak, observed);
    }
}
