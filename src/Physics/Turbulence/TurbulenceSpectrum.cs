using MathNet.Numerics;

namespace ClusterSurvey.Physics.Turbulence;

/// <summary>
/// The three-dimensional power spectrum of delta = n/n0 - 1 (Dupourque et al. 2023, A&amp;A 673 A91):
/// <c>P3D(k) = sigma^2 exp(-(k_inj/k)^2) exp(-(k/k_dis)^2) k^-alpha / N</c>, with N such that the integral of
/// <c>4 pi k^2 P3D</c> over all k is sigma^2. Wavenumbers are k = 1/length, without 2 pi; lengths are in R500.
/// </summary>
public sealed class TurbulenceSpectrum
{
    /// <summary>The dissipation scale of the survey, R500.</summary>
    public const double DefaultDissipationScale = 1e-3;

    private const int QuadraturePoints = 1000;

    private readonly double kInj, kDis;

    /// <summary>A spectrum with these parameters.</summary>
    /// <param name="sigma">rms of delta over all scales; 0 or more.</param>
    /// <param name="injectionScale">l_inj = 1/k_inj in R500; above 0.</param>
    /// <param name="slope">alpha of k^-alpha; 11/3 is Kolmogorov's.</param>
    /// <param name="dissipationScale">l_dis = 1/k_dis in R500; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length or sigma is negative, zero where it may not be, or not finite.</exception>
    public TurbulenceSpectrum(double sigma, double injectionScale, double slope, double dissipationScale = DefaultDissipationScale)
    {
        RequirePositive(injectionScale, nameof(injectionScale));
        RequirePositive(dissipationScale, nameof(dissipationScale));
        if (!(sigma >= 0) || !double.IsFinite(sigma)) throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "sigma is an rms: finite and not negative");
        if (!double.IsFinite(slope)) throw new ArgumentOutOfRangeException(nameof(slope), slope, "the slope is a finite number");
        (Sigma, InjectionScale, Slope, DissipationScale) = (sigma, injectionScale, slope, dissipationScale);
        (kInj, kDis) = (1 / injectionScale, 1 / dissipationScale);
        Normalisation = IntegrateInLogarithm(kInj / 20, 20 * kDis);
    }

    /// <summary>The spectrum of theta, with the survey's dissipation scale.</summary>
    public static TurbulenceSpectrum From(TurbulenceParameters theta) => new(theta.Sigma, theta.InjectionScale, theta.Slope);

    /// <summary>sigma, the rms of delta over all scales (not the rms on any grid).</summary>
    public double Sigma { get; }

    /// <summary>l_inj in R500.</summary>
    public double InjectionScale { get; }

    /// <summary>alpha.</summary>
    public double Slope { get; }

    /// <summary>l_dis in R500.</summary>
    public double DissipationScale { get; }

    /// <summary>N: the integral of 4 pi k^2 exp(-(k_inj/k)^2) exp(-(k/k_dis)^2) k^-alpha, by the trapezoid rule in ln k on 1000 points from k_inj/20 to 20 k_dis.</summary>
    public double Normalisation { get; }

    /// <summary>
    /// Where A(k) peaks for l_dis -> 0: <c>k_inj sqrt(2/(alpha-3))</c>, in 1/R500; none for alpha &lt;= 3, whose amplitude grows up to the dissipation scale.
    /// </summary>
    public double? PeakWavenumber => Slope > 3 ? kInj * Math.Sqrt(2 / (Slope - 3)) : null;

    /// <summary>A at <see cref="PeakWavenumber"/>; none for alpha &lt;= 3.</summary>
    public double? PeakAmplitude => PeakWavenumber is { } k ? Amplitude(k) : null;

    /// <summary>P3D(k) in R500^3; 0 at k = 0.</summary>
    /// <param name="k">Wavenumber in 1/R500, not negative.</param>
    public double Power(double k) => k > 0 ? Sigma * Sigma * Shape(k) / Normalisation : 0;

    /// <summary>The characteristic amplitude <c>A(k) = sqrt(4 pi k^3 P3D(k))</c>.</summary>
    /// <param name="k">Wavenumber in 1/R500, not negative.</param>
    public double Amplitude(double k) => Math.Sqrt(4 * Math.PI * k * k * k * Power(k));

    /// <summary>The variance of delta that lies between two lengths: what a survey of those scales sees of sigma^2.</summary>
    /// <param name="shortestR500">Shorter length, R500.</param>
    /// <param name="longestR500">Longer length, R500.</param>
    public double VarianceBetween(double shortestR500, double longestR500)
    {
        RequirePositive(shortestR500, nameof(shortestR500));
        if (!(longestR500 > shortestR500)) throw new ArgumentOutOfRangeException(nameof(longestR500), longestR500, $"must be longer than {shortestR500} R500");
        return Sigma * Sigma * IntegrateInLogarithm(1 / longestR500, 1 / shortestR500) / Normalisation;
    }

    /// <summary>N for l_dis -> 0 and alpha above 3: <c>2 pi k_inj^(3-alpha) Gamma((alpha-3)/2)</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The slope is 3 or less: the integral diverges.</exception>
    public static double NormalisationWithoutDissipation(double injectionScale, double slope)
    {
        RequirePositive(injectionScale, nameof(injectionScale));
        if (!(slope > 3)) throw new ArgumentOutOfRangeException(nameof(slope), slope, "without dissipation the variance is finite only for slopes above 3");
        return 2 * Math.PI * Math.Pow(injectionScale, slope - 3) * SpecialFunctions.Gamma((slope - 3) / 2);
    }

    private double Shape(double k)
    {
        double below = kInj / k, above = k / kDis;
        return Math.Exp(-below * below - above * above - Slope * Math.Log(k));
    }

    private double IntegrateInLogarithm(double kLow, double kHigh)
    {
        var start = Math.Log(kLow);
        var step = (Math.Log(kHigh) - start) / (QuadraturePoints - 1);
        var sum = 0.0;
        for (var i = 0; i < QuadraturePoints; i++)
        {
            var k = Math.Exp(start + i * step);
            var weight = i is 0 or QuadraturePoints - 1 ? 0.5 : 1;
            sum += weight * k * k * k * Shape(k);
        }
        return 4 * Math.PI * step * sum;
    }

    private static void RequirePositive(double value, string name)
    {
        if (!(value > 0) || !double.IsFinite(value)) throw new ArgumentOutOfRangeException(name, value, "a length is finite and above 0 (in R500)");
    }
}
