namespace ClusterSurvey.Physics.Turbulence;

/// <summary>
/// theta of the survey, in its fixed order: log10 sigma, log10 of the injection scale in R500, slope alpha.
/// </summary>
/// <param name="Log10Sigma">log10 of sigma, the rms of delta = n/n0 - 1 integrated over all scales.</param>
/// <param name="Log10InjectionScale">log10 of the injection scale l_inj in R500.</param>
/// <param name="Slope">alpha of P3D ~ k^-alpha; 11/3 is Kolmogorov's.</param>
public readonly record struct TurbulenceParameters(double Log10Sigma, double Log10InjectionScale, double Slope)
{
    /// <summary>The parameters' names in files, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["log10_sigma", "log10_injection_scale", "slope"];

    /// <summary>sigma.</summary>
    public double Sigma => Math.Pow(10, Log10Sigma);

    /// <summary>l_inj in R500.</summary>
    public double InjectionScale => Math.Pow(10, Log10InjectionScale);
}
