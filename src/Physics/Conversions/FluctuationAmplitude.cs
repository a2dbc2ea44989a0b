namespace ClusterSurvey.Physics.Conversions;

/// <summary>What a Mach calibration needs to know of the density fluctuations of a region.</summary>
/// <param name="Sigma">sigma, the rms of delta integrated over all scales.</param>
/// <param name="PeakAmplitude">Maximum over k of A(k) = sqrt(4 pi k^3 P3D(k)); NaN when the spectrum has no peak (slope of 3 or less).</param>
/// <param name="InjectionScale">Injection scale l_inj.</param>
/// <param name="RadiusR500">Radius of the region in R500: the middle of its range.</param>
public readonly record struct FluctuationAmplitude(double Sigma, double PeakAmplitude, Kiloparsec InjectionScale, double RadiusR500)
{
    /// <summary>
    /// sigma_LN, the rms of ln n of a log-normal field of median 1 whose standard deviation is sigma:
    /// sigma_LN^2 = ln((1 + sqrt(1 + 4 sigma^2)) / 2).
    /// </summary>
    public double LogNormalSigma => Math.Sqrt(Math.Log((1 + Math.Sqrt(1 + 4 * Sigma * Sigma)) / 2));

    /// <summary>xi = 2 sqrt(2 ln 2) / ln 10 sigma_LN = 1.0227 sigma_LN: the full width at half maximum of log10 n.</summary>
    public double LogNormalWidth => 2 * Math.Sqrt(2 * Math.Log(2)) / Math.Log(10) * LogNormalSigma;
}
