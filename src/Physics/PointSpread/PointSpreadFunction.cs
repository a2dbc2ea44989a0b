using System.Text.Json.Serialization;

namespace ClusterSurvey.Physics.PointSpread;

/// <summary>
/// The point spread function of a mosaic: a weighted sum of profiles, cut off at a radius and normalised within it, so that it moves light and loses none. The
/// same over
/// the whole field: that mirrors are less sharp off their axis is left out.
/// </summary>
public sealed class PointSpreadFunction
{
    /// <summary>Radius beyond which there is no light, arcsec: that to which the encircled energy of XMM's mirrors is normalised.</summary>
    public const double UsualCutArcsec = 300;

    // Rings in which the light is summed: narrow in the core, where they are this part of the half-energy width, then in proportion to the radius.
    private const int Rings = 1000;
    private const double CorePart = 0.1;

    private readonly double[] ringRadius, ringEnergy;

    /// <param name="profiles">The profiles and their weights, of any sum above 0.</param>
    /// <param name="cutArcsec">Radius beyond which there is no light, arcsec.</param>
    /// <exception cref="ArgumentException">There is no profile, a weight is negative or all are 0, or the cut is not above 0.</exception>
    public PointSpreadFunction(IEnumerable<(PsfProfile Profile, double Weight)> profiles, double cutArcsec = UsualCutArcsec)
        : this([.. profiles.Select(part => new PsfPart(part.Profile, part.Weight))], cutArcsec)
    {
    }

    /// <summary>The same from its parts.</summary>
    [JsonConstructor]
    public PointSpreadFunction(IReadOnlyList<PsfPart> parts, double cutArcsec)
    {
        ArgumentNullException.ThrowIfNull(parts);
        Parts = parts;
        if (parts.Count == 0 || !parts.All(part => part.Weight >= 0) || !(parts.Sum(part => part.Weight) > 0))
            throw new ArgumentException("a point spread function has at least one profile, and weights of 0 or more that are not all 0", nameof(parts));
        if (!(cutArcsec > 0) || !double.IsFinite(cutArcsec))
            throw new ArgumentException($"a cut at {cutArcsec} arcsec: expected finite and above 0", nameof(cutArcsec));
        CutArcsec = cutArcsec;
        HalfEnergyWidthArcsec = 2 * RadiusOf(0.5);
        (ringRadius, ringEnergy) = MakeRings();
    }

    /// <summary>One profile; a Gaussian so wide that the usual cut would touch it keeps six of its widths.</summary>
    public static PointSpreadFunction Of(PsfProfile profile) =>
        new([(profile, 1)], profile is GaussianProfile gaussian ? Math.Max(UsualCutArcsec, 6 * gaussian.SigmaArcsec) : UsualCutArcsec);

    /// <summary>The profiles and their weights.</summary>
    public IReadOnlyList<PsfPart> Parts { get; }

    /// <summary>Radius beyond which there is no light, arcsec.</summary>
    public double CutArcsec { get; }

    /// <summary>Diameter within which half of the light falls, arcsec.</summary>
    [JsonIgnore]
    public double HalfEnergyWidthArcsec { get; }

    /// <summary>What it is made of, for tables and manifests.</summary>
    [JsonIgnore]
    public string InWords => string.Join(" + ", Parts.Select(part => Parts.Count == 1 ? $"{part.Profile}"
        : FormattableString.Invariant($"{part.Weight / Parts.Sum(other => other.Weight):0.###} of ({part.Profile})"))) + FormattableString.Invariant($", cut at {CutArcsec} arcsec");

    /// <summary>The part of the light within a radius, 1 from the cut on.</summary>
    /// <param name="radiusArcsec">The radius, arcsec, 0 or more.</param>
    public double EnergyWithin(double radiusArcsec) => radiusArcsec >= CutArcsec ? 1 : Sum(radiusArcsec) / Sum(CutArcsec);

    /// <summary>
    /// The factor by which the amplitude of a wave is lowered, <c>2 pi int P(r) J0(2 pi k r) r dr</c>; 1 at k = 0. For a Gaussian <c>exp(-2 pi^2 sigma^2
    /// k^2)</c>, for a
    /// King profile of slope 3/2 without a cut <c>exp(-2 pi rc k)</c>. Good to 1e-4.
    /// </summary>
    /// <param name="wavenumberPerArcsec">k = 1/length, arcsec^-1, without 2 pi.</param>
    public double Transfer(double wavenumberPerArcsec)
    {
        var sum = 0.0;
        for (var i = 0; i < ringRadius.Length; i++) sum += ringEnergy[i] * BesselJ0.At(2 * Math.PI * wavenumberPerArcsec * ringRadius[i]);
        return sum;
    }

    private double Sum(double radius) => Parts.Sum(part => part.Weight * part.Profile.EnergyWithin(radius));

    // By halving: the light within a radius grows with it.
    private double RadiusOf(double energy)
    {
        var (low, high) = (0.0, CutArcsec);
        while (high - low > 1e-9 * CutArcsec)
        {
            var middle = (low + high) / 2;
            if (EnergyWithin(middle) < energy) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    private (double[] Radius, double[] Energy) MakeRings()
    {
        double[] radius = new double[Rings], energy = new double[Rings];
        var core = CorePart * HalfEnergyWidthArcsec;
        var step = Math.Asinh(CutArcsec / core) / Rings;
        for (var i = 0; i < Rings; i++)
        {
            radius[i] = core * Math.Sinh((i + 0.5) * step);
            energy[i] = EnergyWithin(core * Math.Sinh((i + 1) * step)) - EnergyWithin(core * Math.Sinh(i * step));
        }
        energy[^1] += 1 - energy.Sum();
        return (radius, energy);
    }
}

/// <summary>One profile of a point spread function.</summary>
/// <param name="Profile">The profile.</param>
/// <param name="Weight">Its part of the light, in any unit.</param>
public sealed record PsfPart(PsfProfile Profile, double Weight);
