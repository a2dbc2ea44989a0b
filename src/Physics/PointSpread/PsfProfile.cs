using System.Text.Json.Serialization;

namespace ClusterSurvey.Physics.PointSpread;

/// <summary>The image of a point in one camera: a function of the angle from the point, alike in all directions.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "profile")]
[JsonDerivedType(typeof(KingProfile), "king")]
[JsonDerivedType(typeof(GaussianProfile), "gaussian")]
public abstract record PsfProfile
{
    /// <summary>The part of the light that falls within a radius, of all that the profile holds out to infinity.</summary>
    /// <param name="radiusArcsec">The radius, arcsec, 0 or more.</param>
    public abstract double EnergyWithin(double radiusArcsec);
}

/// <summary>
/// The profile of King (1962) as it is fitted to X-ray mirrors: <c>(1 + (r/rc)^2)^-alpha</c>, whose light within r is <c>1 - (1 + (r/rc)^2)^(1 - alpha)</c>.
/// </summary>
public sealed record KingProfile : PsfProfile
{
    /// <param name="coreRadiusArcsec">rc, arcsec, above 0.</param>
    /// <param name="slope">alpha, above 1: below, the light has no end.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public KingProfile(double coreRadiusArcsec, double slope)
    {
        if (!(coreRadiusArcsec > 0) || !double.IsFinite(coreRadiusArcsec))
            throw new ArgumentOutOfRangeException(nameof(coreRadiusArcsec), coreRadiusArcsec, "a core radius is finite and above 0 (in arcsec)");
        if (!(slope > 1) || !double.IsFinite(slope))
            throw new ArgumentOutOfRangeException(nameof(slope), slope, "the slope of a King profile is finite and above 1");
        (CoreRadiusArcsec, Slope) = (coreRadiusArcsec, slope);
    }

    /// <summary>rc, arcsec.</summary>
    public double CoreRadiusArcsec { get; }

    /// <summary>alpha.</summary>
    public double Slope { get; }

    /// <inheritdoc/>
    public override double EnergyWithin(double radiusArcsec) =>
        1 - Math.Pow(1 + radiusArcsec * radiusArcsec / (CoreRadiusArcsec * CoreRadiusArcsec), 1 - Slope);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"King, core radius {CoreRadiusArcsec} arcsec, slope {Slope}");
}

/// <summary>A Gaussian, <c>exp(-r^2 / (2 sigma^2))</c>; its half-energy width is <c>2 sqrt(2 ln 2) sigma</c>.</summary>
public sealed record GaussianProfile : PsfProfile
{
    /// <param name="sigmaArcsec">sigma along one axis, arcsec, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public GaussianProfile(double sigmaArcsec)
    {
        if (!(sigmaArcsec > 0) || !double.IsFinite(sigmaArcsec))
            throw new ArgumentOutOfRangeException(nameof(sigmaArcsec), sigmaArcsec, "the width of a Gaussian is finite and above 0 (in arcsec)");
        SigmaArcsec = sigmaArcsec;
    }

    /// <summary>sigma along one axis, arcsec.</summary>
    public double SigmaArcsec { get; }

    /// <summary>The Gaussian of a half-energy width.</summary>
    /// <param name="halfEnergyWidthArcsec">Diameter that holds half of the light, arcsec, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static GaussianProfile OfHalfEnergyWidth(double halfEnergyWidthArcsec) => new(halfEnergyWidthArcsec / (2 * Math.Sqrt(2 * Math.Log(2))));

    /// <inheritdoc/>
    public override double EnergyWithin(double radiusArcsec) => 1 - Math.Exp(-radiusArcsec * radiusArcsec / (2 * SigmaArcsec * SigmaArcsec));

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"Gaussian, half-energy width {2 * Math.Sqrt(2 * Math.Log(2)) * SigmaArcsec:0.##} arcsec");
}
