using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Maps;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// A mock of an XMM-Newton mosaic: overlapping circular fields of view whose effective area falls off the axis, gaps between the detectors, a flat
/// particle background, and holes where point sources were cut out. Numbers are those of EPIC in round figures: field of view 14' in radius, area
/// down to 0.3 of the axis at its edge, gaps of 4", pointings 8' from the centre.
/// </summary>
public sealed record MockPointing
{
    private const double FieldOfViewArcmin = 14, EdgeVignetting = 0.3, GapArcmin = 4.0 / 60, GapPitchArcmin = 6.6;

    /// <summary>Pixels along each side of the square image.</summary>
    public required int Pixels { get; init; }

    /// <summary>Side of a pixel, arcmin.</summary>
    public required double PixelArcmin { get; init; }

    /// <summary>Exposure of each pointing on its axis, ks.</summary>
    public required double ExposureKs { get; init; }

    /// <summary>Pointings around the central one.</summary>
    public int OffsetPointings { get; init; } = 4;

    /// <summary>Distance of these from the centre, arcmin.</summary>
    public double OffsetArcmin { get; init; } = 8;

    /// <summary>Particle background, counts s^-1 arcmin^-2 over all detectors.</summary>
    public double ParticleRate { get; init; } = 2e-3;

    /// <summary>Point sources that are cut out, per square degree.</summary>
    public double SourcesPerSquareDegree { get; init; } = 200;

    /// <summary>
    /// Part of the exposed pixels that further holes at random places cover, 0 to <see cref="MostHoles"/>: what masks do to spectra, and what they should not.
    /// </summary>
    public double HoleFraction { get; init; }

    /// <summary>The largest <see cref="HoleFraction"/>.</summary>
    public const double MostHoles = 0.5;

    /// <summary>Radius of a hole, arcmin.</summary>
    public double HoleRadiusArcmin { get; init; } = 0.5;

    /// <summary>The maps of the mosaic.</summary>
    /// <param name="seed">Roll angle, exact pointing directions and sources follow from it.</param>
    /// <exception cref="ArgumentException">A size or number is out of range.</exception>
    public MockMosaic Observe(Seed seed)
    {
        Validate();
        double[] exposure = new double[Pixels * Pixels], background = new double[Pixels * Pixels];
        foreach (var pointing in Pointings(seed.Derive("pointings").Stream())) Expose(pointing, exposure, background);
        var sources = Sources(seed.Derive("sources").Stream());
        var mask = new bool[Pixels * Pixels];
        for (var i = 0; i < mask.Length; i++) mask[i] = exposure[i] > 0 && !InAnyHole(i, sources);
        var holes = RandomHoles.Cut(seed.Derive("holes").Stream(), (Pixels, Pixels), HoleRadiusArcmin / PixelArcmin, HoleFraction, [.. exposure.Select(seconds => seconds > 0)], mask);
        return new MockMosaic(exposure, background, mask, [.. sources, .. holes]);
    }

    private readonly record struct Axis(double X, double Y, double Roll);

    private IEnumerable<Axis> Pointings(RandomStream stream)
    {
        var start = stream.NextUniform(0, 2 * Math.PI);
        yield return Jitter(0, 0);
        for (var i = 0; i < OffsetPointings; i++)
        {
            var angle = start + 2 * Math.PI * i / OffsetPointings;
            yield return Jitter(OffsetArcmin * Math.Cos(angle), OffsetArcmin * Math.Sin(angle));
        }

        Axis Jitter(double x, double y) => new(x + 0.3 * stream.NextNormal(), y + 0.3 * stream.NextNormal(), stream.NextUniform(0, Math.PI));
    }

    private void Expose(Axis pointing, double[] exposure, double[] background)
    {
        var seconds = 1000 * ExposureKs;
        var (sin, cos) = Math.SinCos(pointing.Roll);
        for (var i = 0; i < exposure.Length; i++)
        {
            var (x, y) = Position(i);
            double dx = x - pointing.X, dy = y - pointing.Y;
            var offAxis = Math.Sqrt(dx * dx + dy * dy);
            if (offAxis > FieldOfViewArcmin) continue;
            var live = (1 - CoveredByGap(dx * cos + dy * sin)) * (1 - CoveredByGap(dy * cos - dx * sin));
            var vignetting = 1 - (1 - EdgeVignetting) * Math.Pow(offAxis / FieldOfViewArcmin, 2);
            exposure[i] += seconds * vignetting * live;
            background[i] += seconds * ParticleRate * PixelArcmin * PixelArcmin * live;
        }
    }

    // The part of a pixel that lies in a gap between detectors, along one axis of the camera.
    private double CoveredByGap(double position)
    {
        var toGap = Math.Abs(position - GapPitchArcmin * Math.Round(position / GapPitchArcmin));
        var overlap = Math.Min(toGap + PixelArcmin / 2, GapArcmin / 2) - Math.Max(toGap - PixelArcmin / 2, -GapArcmin / 2);
        return Math.Clamp(overlap / PixelArcmin, 0, 1);
    }

    private (double X, double Y)[] Sources(RandomStream stream)
    {
        var side = Pixels * PixelArcmin;
        var count = stream.NextPoisson(SourcesPerSquareDegree * side * side / 3600);
        var sources = new (double X, double Y)[count];
        for (var i = 0; i < sources.Length; i++) sources[i] = (stream.NextUniform(0, Pixels) - 0.5, stream.NextUniform(0, Pixels) - 0.5);
        return sources;
    }

    private bool InAnyHole(int pixel, (double X, double Y)[] sources)
    {
        var radius = HoleRadiusArcmin / PixelArcmin;
        foreach (var (x, y) in sources)
        {
            double dx = pixel % Pixels - x, dy = pixel / Pixels - y;
            if (dx * dx + dy * dy <= radius * radius) return true;
        }
        return false;
    }

    // Arcmin from the image's centre.
    private (double X, double Y) Position(int pixel)
    {
        var centre = (Pixels - 1) / 2.0;
        return ((pixel % Pixels - centre) * PixelArcmin, (pixel / Pixels - centre) * PixelArcmin);
    }

    private void Validate()
    {
        if (!(HoleFraction is >= 0 and <= MostHoles)) throw new ArgumentException($"hole fraction: found {HoleFraction}, expected 0 to {MostHoles}");
        if (HoleFraction > 0 && !(HoleRadiusArcmin >= PixelArcmin / 100))
            throw new ArgumentException($"holes of {HoleRadiusArcmin} arcmin in pixels of {PixelArcmin} arcmin: they would miss every pixel's centre");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Pixels);
        ArgumentOutOfRangeException.ThrowIfNegative(OffsetPointings);
        foreach (var (name, value) in new[] { ("pixel, arcmin", PixelArcmin), ("exposure, ks", ExposureKs) })
            if (!(value > 0) || !double.IsFinite(value)) throw new ArgumentException($"{name}: found {value}, expected finite and above 0");
        foreach (var (name, value) in new[] { ("particle rate", ParticleRate), ("sources per square degree", SourcesPerSquareDegree), ("hole radius, arcmin", HoleRadiusArcmin), ("offset, arcmin", OffsetArcmin) })
            if (!(value >= 0) || !double.IsFinite(value)) throw new ArgumentException($"{name}: found {value}, expected finite and not negative");
    }
}
