namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// Cooling function folded through an instrument's soft-band response, in counts s^-1 cm^6 kpc^-3:
/// Psi(nH, T) = L0 exp(-sigma nH / 1e22) t^-a1 [0.5 (1 + t^(1/D))]^((a1 - a2) D) with t = kT / kT_break
/// (Dupourque et al. 2023, sec. 3). Psi multiplies n_e^2, so an error of L0 is absorbed by the density's normalisation and
/// leaves fluctuations untouched.
/// </summary>
/// <param name="Normalisation">L0.</param>
/// <param name="Absorption">sigma: effective cross-section of the band per 1e22 cm^-2.</param>
/// <param name="BreakKeV">kT_break in keV.</param>
/// <param name="LowSlope">a1, the slope below the break, where lines add to the continuum.</param>
/// <param name="HighSlope">a2, the slope above the break.</param>
/// <param name="Width">D, the width of the break.</param>
public sealed record CoolingFunction(double Normalisation, double Absorption, double BreakKeV, double LowSlope, double HighSlope, double Width)
{
    /// <summary>
    /// Effective cross-section of 0.7-1.2 keV per 1e22 cm^-2, from folding photoelectric absorption with the EPIC pn response;
    /// nearly independent of nH and temperature.
    /// </summary>
    public const double EpicAbsorption = 2.09;

    private const double StartPointDistanceMpc = 277;

    /// <summary>The parameters from which the authors start their fit of Psi: right in shape, for a cluster at 277 Mpc.</summary>
    public static CoolingFunction StartPoint { get; } = new(0.01, 3, 1.65, 1.7, 0.14, 0.13);

    /// <summary>
    /// The start point's shape with the absorption of EPIC's response, dimmed with the square of the comoving distance; good to
    /// about 40 % in its normalisation, which the density absorbs.
    /// </summary>
    public static CoolingFunction At(Redshift redshift, Cosmology cosmology)
    {
        ArgumentNullException.ThrowIfNull(cosmology);
        if (!(redshift.Value > 0)) throw new ArgumentOutOfRangeException(nameof(redshift), redshift.Value, "a cluster's redshift is above 0");
        var dimming = StartPointDistanceMpc / cosmology.ComovingDistanceMpc(redshift);
        return StartPoint with { Normalisation = StartPoint.Normalisation * dimming * dimming, Absorption = EpicAbsorption };
    }

    /// <summary>Psi at a column density in cm^-2 and a temperature in keV.</summary>
    public double Value(double columnDensityCm2, double temperatureKeV)
    {
        var t = temperatureKeV / BreakKeV;
        var bend = Math.Pow(0.5 * (1 + Math.Pow(t, 1 / Width)), (LowSlope - HighSlope) * Width);
        return Normalisation * Math.Exp(-Absorption * columnDensityCm2 / 1e22) * Math.Pow(t, -LowSlope) * bend;
    }
}
