using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Physics;
using ClusterSurvey.Physics.Conversions;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Activities.Survey;

/// <summary>
/// What follows from the posterior of the turbulence by a formula: every draw is converted, and the scatter of the Mach number's
/// calibration is drawn with it.
/// </summary>
public sealed class DerivedPosterior
{
    // Enough for percentiles to a few per cent of the width; each costs a quadrature of its spectrum.
    private const int MostDraws = 500;

    private readonly double[] clumping, mach, fraction, observed;

    /// <param name="seed">Origin of the calibration's scatter.</param>
    /// <param name="draws">Draws row by row: log10 sigma, log10 injection scale, slope.</param>
    /// <param name="r500">R500, for calibrations that ask for lengths in kpc.</param>
    /// <param name="radiusR500">Radius that stands for the region, in R500.</param>
    /// <param name="scales">The measured scales, in R500.</param>
    /// <param name="calibration">From fluctuation to Mach number.</param>
    public DerivedPosterior(
        Seed seed, ReadOnlySpan<double> draws, Kiloparsec r500, double radiusR500, IReadOnlyList<double> scales, MachCalibration calibration)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentNullException.ThrowIfNull(scales);
        var count = Math.Min(MostDraws, draws.Length / 3);
        (clumping, mach, fraction, observed) = (new double[count], new double[count], new double[count], new double[count]);
        var stream = seed.Derive("calibration").Stream();
        for (var i = 0; i < count; i++)
        {
            var theta = new TurbulenceParameters(draws[3 * i], draws[3 * i + 1], draws[3 * i + 2]);
            var spectrum = new TurbulenceSpectrum(theta.Sigma, theta.InjectionScale, theta.Slope);
            var amplitude = new FluctuationAmplitude(theta.Sigma, spectrum.PeakAmplitude ?? double.NaN, theta.InjectionScale * r500, radiusR500);
            var central = calibration.Apply(amplitude);
            var scattered = new MachNumber(Math.Max(0, central.Value + calibration.ScatterAt(central) * stream.NextNormal()));
            clumping[i] = Physics.Conversions.Clumping.FromDensityFluctuation(theta.Sigma).Value;
            mach[i] = scattered.Value;
            fraction[i] = NonThermalPressure.OverTotal(scattered);
            observed[i] = Math.Sqrt(spectrum.VarianceBetween(scales[0], scales[^1]));
        }
    }

    /// <summary>rms of delta between the smallest and the largest measured scale.</summary>
    public Interval SigmaObserved => Of(observed);

    /// <summary>C = 1 + sigma^2.</summary>
    public Interval Clumping => Of(clumping);

    /// <summary>Three-dimensional Mach number, with the scatter of its calibration.</summary>
    public Interval MachNumber => Of(mach);

    /// <summary>P_turb / P_tot.</summary>
    public Interval TurbulentPressureFraction => Of(fraction);

    /// <summary>b of M_HSE = (1 - b) M for a constant fraction.</summary>
    public Interval HydrostaticBias => Of([.. fraction.Select(Physics.Conversions.HydrostaticBias.FromConstantFraction)]);

    /// <summary>The 95 % intervals too, for the report.</summary>
    public (ParameterSummary Clumping, ParameterSummary Mach, ParameterSummary Fraction) Summaries
        => (Quantiles.Summarize(clumping), Quantiles.Summarize(mach), Quantiles.Summarize(fraction));

    private static Interval Of(double[] draws)
    {
        var summary = Quantiles.Summarize(draws);
        return new Interval(summary.Median, summary.Low68, summary.High68);
    }
}
