using MathNet.Numerics.Integration;

namespace ClusterSurvey.Physics;

/// <summary>
/// Flat LCDM cosmology without radiation: distances, angular scales, and what an overdensity of 500 times the critical
/// density means (Hogg 1999, astro-ph/9905116).
/// </summary>
/// <param name="HubbleConstant">H0 in km/s/Mpc.</param>
/// <param name="MatterDensity">Omega_m; the rest is a cosmological constant.</param>
public sealed record Cosmology(double HubbleConstant = 70, double MatterDensity = 0.3)
{
    private const double LightSpeedKmS = 299792.458;
    private const double RadiansPerArcminute = Math.PI / (180 * 60);
    private const double Overdensity = 500;

    /// <summary>The gravitational constant in kpc (km/s)^2 / Msun.</summary>
    public const double GravitationalConstant = 4.300917270e-6;

    /// <summary>H0 = 70 km/s/Mpc, Omega_m = 0.3: the cosmology of the X-COP and CHEX-MATE papers.</summary>
    public static Cosmology Standard { get; } = new();

    /// <summary>E(z) = H(z) / H0 = sqrt(Omega_m (1+z)^3 + 1 - Omega_m).</summary>
    public double ExpansionRate(Redshift z)
    {
        var stretch = z.Stretch;
        return Math.Sqrt(MatterDensity * stretch * stretch * stretch + 1 - MatterDensity);
    }

    /// <summary>Comoving distance along the line of sight in Mpc: c/H0 times the integral of 1/E from 0 to z.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The redshift is negative or not finite.</exception>
    public double ComovingDistanceMpc(Redshift z)
    {
        if (!(z.Value >= 0) || double.IsInfinity(z.Value)) throw new ArgumentOutOfRangeException(nameof(z), z.Value, "a redshift is finite and not negative");
        return LightSpeedKmS / HubbleConstant * GaussLegendreRule.Integrate(x => 1 / ExpansionRate(new Redshift(x)), 0, z.Value, 32);
    }

    /// <summary>Angular diameter distance in Mpc: the comoving distance over 1+z.</summary>
    public double AngularDiameterDistanceMpc(Redshift z) => ComovingDistanceMpc(z) / z.Stretch;

    /// <summary>Proper length seen under one arcminute.</summary>
    public Kiloparsec LengthPerArcminute(Redshift z) => new(AngularDiameterDistanceMpc(z) * 1000 * RadiansPerArcminute);

    /// <summary>Critical density 3 H(z)^2 / (8 pi G) in Msun / kpc^3.</summary>
    public double CriticalDensity(Redshift z)
    {
        var hubbleKmSKpc = HubbleConstant * ExpansionRate(z) / 1000;
        return 3 * hubbleKmSKpc * hubbleKmSKpc / (8 * Math.PI * GravitationalConstant);
    }

    /// <summary>The angle under which a length is seen at a redshift: theta500 of an R500.</summary>
    public Arcminute Angle(Kiloparsec length, Redshift z) => new(length / LengthPerArcminute(z));

    /// <summary>The length that an angle spans at a redshift: R500 of a theta500.</summary>
    public Kiloparsec Length(Arcminute angle, Redshift z) => angle.Value * LengthPerArcminute(z);

    /// <summary>M500 = 4/3 pi R500^3 times 500 critical densities.</summary>
    public SolarMass M500(Kiloparsec r500, Redshift z) => new(4.0 / 3 * Math.PI * Overdensity * CriticalDensity(z) * Math.Pow(r500.Value, 3));

    /// <summary>R500 of an M500: the inverse of <see cref="M500"/>.</summary>
    public Kiloparsec R500(SolarMass m500, Redshift z) => new(Math.Cbrt(m500.Value / (4.0 / 3 * Math.PI * Overdensity * CriticalDensity(z))));
}
