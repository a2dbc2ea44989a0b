using ClusterSurvey.Activities.Stored;
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
    private readonly Seed seed;
    private readonly FluctuationAmplitude[] draws;
    private readonly double[] observed;

    /// <param name="seed">Origin of the calibration's scatter: the same for every calibration, so that their difference is no chance.</param>
    /// <param name="posterior">The posterior; its first draws are converted.</param>
    /// <param name="r500">R500, for calibrations that ask for lengths in kpc.</param>
    /// <param name="radiusR500">Radius that stands for the region, in R500.</param>
    /// <param name="scales">The measured scales, in R500, for a posterior without amplitudes.</param>
    /// <param name="calibration">From fluctuation to Mach number.</param>
    public DerivedPosterior(Seed seed, RegionPosterior posterior, Kiloparsec r500, double radiusR500, IReadOnlyList<double> scales, MachCalibration calibration)
    {
        ArgumentNullException.ThrowIfNull(posterior);
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentNullException.ThrowIfNull(scales);
        this.seed = seed.Derive("calibration");
        var amplitudes = posterior.Amplitudes ?? DrawnAmplitudes.Of(posterior.Draws, scales[0], scales[^1]);
        observed = amplitudes.Observed;
        draws = new FluctuationAmplitude[observed.Length];
        for (var i = 0; i < draws.Length; i++)
        {
            var theta = new TurbulenceParameters(posterior.Draws[3 * i], posterior.Draws[3 * i + 1], posterior.Draws[3 * i + 2]);
            draws[i] = new FluctuationAmplitude(theta.Sigma, amplitudes.Peak[i], theta.InjectionScale * r500, radiusR500);
        }
        var mach = MachOf(calibration);
        double[] fraction = [.. mach.Select(value => NonThermalPressure.OverTotal(new MachNumber(value)))];
        SigmaObserved = Summary(observed);
        Clumping = Summary([.. draws.Select(draw => Physics.Conversions.Clumping.FromDensityFluctuation(draw.Sigma).Value)]);
        MachNumber = Summary(mach);
        TurbulentPressureFraction = Summary(fraction);
        HydrostaticBias = Summary([.. fraction.Select(Physics.Conversions.HydrostaticBias.FromConstantFraction)]);
    }

    /// <summary>rms of delta between the smallest and the largest measured scale; none where a single scale was measured.</summary>
    public ParameterSummary? SigmaObserved { get; }

    /// <summary>C = 1 + sigma^2.</summary>
    public ParameterSummary? Clumping { get; }

    /// <summary>Three-dimensional Mach number, with the scatter of its calibration; none where the calibration is defined for less than half of the draws.</summary>
    public ParameterSummary? MachNumber { get; }

    /// <summary>P_turb / P_tot.</summary>
    public ParameterSummary? TurbulentPressureFraction { get; }

    /// <summary>b of M_HSE = (1 - b) M for a constant fraction.</summary>
    public ParameterSummary? HydrostaticBias { get; }

    /// <summary>The Mach number by any calibration, and the part of the draws for which that is defined: a spectrum without a peak has no number that is calibrated at the peak.</summary>
    public (ParameterSummary? Mach, double Defined) Mach(MachCalibration calibration)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        var mach = MachOf(calibration);
        return (Summary(mach), mach.Length == 0 ? 0 : mach.Count(double.IsFinite) / (double)mach.Length);
    }

    /// <summary>The interval of a summary, as tables have it.</summary>
    public static Interval? IntervalOf(ParameterSummary? summary) => summary is { } known ? RunTables.IntervalOf(known) : null;

    private double[] MachOf(MachCalibration calibration)
    {
        var stream = seed.Stream();
        return [.. draws.Select(draw => Math.Max(0, calibration.Apply(draw).Value + calibration.ScatterAt(draw) * stream.NextNormal()))];
    }

    private static ParameterSummary? Summary(double[] values)
    {
        double[] defined = [.. values.Where(double.IsFinite)];
        return defined.Length == 0 || 2 * defined.Length < values.Length ? null : Quantiles.Summarize(defined);
    }
}
