using ClusterSurvey.Physics.Maps;
using ClusterSurvey.Physics.PointSpread;
using ClusterSurvey.Physics.Simulation;

namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// The mean model on the grid of a map set: S_X = R500[kpc] times 2 times the integral of Psi(nH, T(r)) n_e^2(r) dl, plus a constant sky background
/// (counts s^-1 kpc^-2), and counts mu = S_X E + B, with the S_X of the cluster spread by the telescope. One instance is for one thread: it owns its tables.
/// </summary>
public sealed class SurfaceBrightnessModel
{
    // An axis ratio of 1/9 brings the corner to three times its distance.
    private const double ReachInCorners = 3;

    private readonly MapSet maps;
    private readonly Func<double, double> conversion;
    private readonly ProjectedProfile profile;
    private readonly Lazy<PsfConvolution?> convolution;

    /// <summary>The model of a map set.</summary>
    /// <param name="maps">Grid, exposure, background, column density and scale.</param>
    /// <param name="cooling">Psi.</param>
    /// <param name="temperature">T(r).</param>
    /// <param name="psf">The telescope's point spread function; none for a perfect one.</param>
    public SurfaceBrightnessModel(MapSet maps, CoolingFunction cooling, TemperatureProfile temperature, PointSpreadFunction? psf = null)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(cooling);
        ArgumentNullException.ThrowIfNull(temperature);
        this.maps = maps;
        conversion = radius => cooling.Value(maps.ColumnDensityCm2, temperature.At(radius));
        // Whoever asks for radii or emissivities needs none.
        convolution = new(() => psf is null ? null : new PsfConvolution(psf, maps.Width, maps.Height, maps.PixelArcsec, maps.Exposure));
        var r500Kpc = maps.R500Kpc;
        profile = new ProjectedProfile(radius => r500Kpc * conversion(radius), ReachInCorners * FarthestCorner(maps));
    }

    /// <summary>Emissivity eps(r) = Psi(nH, T(r)) n_e^2(r) in counts s^-1 kpc^-3, of the 3-D radius in R500.</summary>
    public Func<double, double> Emissivity(MeanModelParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var density = parameters.Density;
        return radius => conversion(radius) * density.SquareAt(radius);
    }

    /// <summary>Elliptical radius of every pixel in R500.</summary>
    public double[] EllipticalRadius(MeanModelParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var ellipse = parameters.Ellipse(maps.CentreX, maps.CentreY, maps.PixelR500);
        var radii = new double[maps.PixelCount];
        for (var pixel = 0; pixel < radii.Length; pixel++) radii[pixel] = ellipse.Radius(pixel % maps.Width, pixel / maps.Width);
        return radii;
    }

    /// <summary>Angle of every pixel in the frame in which the ellipse is a circle, in radians; row by row.</summary>
    public double[] EllipticalAngle(MeanModelParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var ellipse = parameters.Ellipse(maps.CentreX, maps.CentreY, maps.PixelR500);
        var angles = new double[maps.PixelCount];
        for (var pixel = 0; pixel < angles.Length; pixel++)
        {
            var (u, v) = ellipse.OnDisc(pixel % maps.Width, pixel / maps.Width);
            angles[pixel] = Math.Atan2(v, u);
        }
        return angles;
    }

    /// <summary>S_X in the sky at each of some elliptical radii in R500, sky background included, in counts s^-1 kpc^-2.</summary>
    public double[] Brightness(MeanModelParameters parameters, ReadOnlySpan<double> radiiR500)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var brightness = Cluster(parameters, radiiR500);
        for (var i = 0; i < brightness.Length; i++) brightness[i] += parameters.SkyBackground;
        return brightness;
    }

    /// <summary>The image S_X as the telescope shows it, in counts s^-1 kpc^-2, masked pixels included.</summary>
    public double[] Image(MeanModelParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var image = Cluster(parameters, EllipticalRadius(parameters));
        if (Psf is not null) image = Psf.Image(image);
        for (var i = 0; i < image.Length; i++) image[i] += parameters.SkyBackground;
        return image;
    }

    /// <summary>Expected counts mu = S_X E + B of every pixel; 0 where masked.</summary>
    public double[] Counts(MeanModelParameters parameters)
    {
        var counts = Image(parameters);
        for (var pixel = 0; pixel < counts.Length; pixel++)
            counts[pixel] = maps.Mask[pixel] ? counts[pixel] * maps.Exposure[pixel] + maps.Background[pixel] : 0;
        return counts;
    }

    /// <summary>What the simulators need of these parameters.</summary>
    public ClusterEmission Emission(MeanModelParameters parameters) =>
        new(EllipticalRadius(parameters), Emissivity(parameters), maps.R500Kpc, parameters.SkyBackground);

    /// <summary>What the telescope does to images; null for a perfect one.</summary>
    internal PsfConvolution? Psf => convolution.Value;

    internal MapSet Maps => maps;

    internal ProjectedProfile Profile => profile;

    private double[] Cluster(MeanModelParameters parameters, ReadOnlySpan<double> radiiR500)
    {
        profile.Update(parameters.Density, withDerivatives: false);
        var brightness = new double[radiiR500.Length];
        for (var i = 0; i < brightness.Length; i++) brightness[i] = radiiR500[i] * radiiR500[i];
        profile.Values(brightness);
        return brightness;
    }

    private static double FarthestCorner(MapSet maps)
    {
        var x = Math.Max(Math.Abs(maps.CentreX), Math.Abs(maps.Width - 1 - maps.CentreX));
        var y = Math.Max(Math.Abs(maps.CentreY), Math.Abs(maps.Height - 1 - maps.CentreY));
        return maps.PixelR500 * Math.Sqrt(x * x + y * y) + maps.PixelR500;
    }
}
