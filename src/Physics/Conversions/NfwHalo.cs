using MathNet.Numerics.RootFinding;

namespace ClusterSurvey.Physics.Conversions;

/// <summary>
/// The mass profile of Navarro, Frenk and White (1997, ApJ 490, 493) with the mean concentration of Duffy et al. (2008, MNRAS 390, L64; their full sample, c200 = 5.71 (M200 / 2e12 Msun/h)^-0.084 (1+z)^-0.47):
/// takes a cluster from R500 to other overdensities. Overdensities are of the critical density at the cluster's redshift unless the name says mean.
/// </summary>
/// <param name="M200">Mass within R200.</param>
/// <param name="C200">Concentration R200 / r_s.</param>
/// <param name="R200">R200 in units of R500.</param>
/// <param name="R200Mean">R200m in units of R500: within it the mean density is 200 times that of the Universe.</param>
public sealed record NfwHalo(SolarMass M200, double C200, double R200, double R200Mean)
{
    private const double Overdensity = 200, OverdensityOfR500 = 500;

    /// <summary>The halo of a cluster with this R500.</summary>
    /// <param name="r500">R500.</param>
    /// <param name="redshift">Its redshift.</param>
    /// <param name="cosmology">The cosmology of R500.</param>
    /// <exception cref="ArgumentOutOfRangeException">R500 is not above 0.</exception>
    public static NfwHalo Of(Kiloparsec r500, Redshift redshift, Cosmology cosmology)
    {
        ArgumentNullException.ThrowIfNull(cosmology);
        if (!(r500.Value > 0)) throw new ArgumentOutOfRangeException(nameof(r500), r500.Value, "R500 is a length above 0");
        var m500 = cosmology.M500(r500, redshift).Value;
        // M200 / M500 lies between 1 and 2.5 for every profile that falls outwards.
        var ratio = Brent.FindRoot(candidate => candidate * MassWithin(RadiusOf(OverdensityOfR500, Concentration(candidate * m500, redshift, cosmology))) / MassWithin(Concentration(candidate * m500, redshift, cosmology)) - 1,
            1, OverdensityOfR500 / Overdensity, 1e-10);
        var c200 = Concentration(ratio * m500, redshift, cosmology);
        var c500 = RadiusOf(OverdensityOfR500, c200);
        var mean = Overdensity * cosmology.MatterDensity * Math.Pow(redshift.Stretch, 3) / Math.Pow(cosmology.ExpansionRate(redshift), 2);
        return new NfwHalo(new SolarMass(ratio * m500), c200, c200 / c500, RadiusOf(mean, c200) / c500);
    }

    private static double Concentration(double m200, Redshift redshift, Cosmology cosmology)
        => 5.71 * Math.Pow(m200 * cosmology.HubbleConstant / 100 / 2e12, -0.084) * Math.Pow(redshift.Stretch, -0.47);

    // ln(1 + x) - x / (1 + x): the mass within x scale radii, but for a constant.
    private static double MassWithin(double x) => Math.Log(1 + x) - x / (1 + x);

    // The radius, in scale radii, within which the mean density is this many times the critical one.
    private static double RadiusOf(double overdensity, double c200)
        => Brent.FindRoot(x => MassWithin(x) / (x * x * x) / (MassWithin(c200) / (c200 * c200 * c200)) - overdensity / Overdensity, 1e-3, 1e3, 1e-10);
}
