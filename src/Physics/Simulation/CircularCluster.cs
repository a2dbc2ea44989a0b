namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// A circular cluster under uniform exposure, for tests of the simulator and for studies without data: emissivity
/// <c>(1+(r/rc)^2)^(-3 beta) (1+(r/rs)^3)^(-epsilon/3)</c> (the modified model of Vikhlinin et al. 2006 with alpha = 0 and gamma = 3), centred in a
/// square image, scaled to a number of counts.
/// </summary>
public sealed record CircularCluster
{
    // Any value: R500 and the exposure cancel in the fluctuation statistics.
    private const double R500Kpc = 1000, ExposureSeconds = 1e5;

    /// <summary>Angle of R500, arcmin, against which a point spread function is measured; default that of A2142.</summary>
    public double Theta500Arcmin { get; init; } = 14.13;

    /// <summary>Pixels along each side.</summary>
    public int Pixels { get; init; } = 128;

    /// <summary>Side of the image, R500.</summary>
    public double BoxR500 { get; init; } = 2;

    /// <summary>Depth of the field's box, R500.</summary>
    public double DepthR500 { get; init; } = 10;

    /// <summary>Cells of the field's box in depth, even.</summary>
    public int DepthCells { get; init; } = 512;

    /// <summary>rc in R500.</summary>
    public double CoreRadius { get; init; } = 0.1;

    /// <summary>rs in R500.</summary>
    public double SteepeningRadius { get; init; } = 0.7;

    /// <summary>beta.</summary>
    public double Beta { get; init; } = 0.6;

    /// <summary>epsilon.</summary>
    public double Epsilon { get; init; } = 2.5;

    /// <summary>Expected counts of the cluster inside R500.</summary>
    public double SourceCounts { get; init; } = 3e5;

    /// <summary>Background counts inside R500, as a fraction of the cluster's; flat over the image.</summary>
    public double BackgroundFraction { get; init; } = 0.25;

    /// <summary>The settings of the field's box: the image's own, as deep as said.</summary>
    public CubeSettings Cube => new() { SmallestBoxR500 = 0, DepthR500 = DepthR500, DepthCells = DepthCells };

    /// <summary>Side of a pixel, R500.</summary>
    public double PixelR500 => BoxR500 / Pixels;

    /// <summary>The cluster's emission, scaled to <see cref="SourceCounts"/>.</summary>
    /// <exception cref="ArgumentException">A size, length or number of counts is out of range.</exception>
    public ClusterEmission Emission()
    {
        Validate();
        var unscaled = new ClusterEmission(Radii(), Profile, R500Kpc, 0);
        using var cube = new CubeSimulator(Pixels, Pixels, PixelR500, Cube);
        var brightness = cube.Unperturbed(unscaled, []);
        var inside = 0.0;
        for (var i = 0; i < brightness.Length; i++)
            if (unscaled.EllipticalRadius[i] < 1) inside += brightness[i] * ExposurePerPixel;
        var scale = SourceCounts / inside;
        return unscaled with { Emissivity = radius => scale * Profile(radius) };
    }

    /// <summary>Uniform exposure, flat particle background, nothing masked.</summary>
    /// <exception cref="ArgumentException">A size, length or number of counts is out of range.</exception>
    public FieldGeometry Geometry()
    {
        Validate();
        var pixelsInside = Radii().Count(radius => radius < 1);
        var count = Pixels * Pixels;
        return new FieldGeometry
        {
            Width = Pixels,
            Height = Pixels,
            PixelR500 = PixelR500,
            PixelArcsec = 60 * Theta500Arcmin * PixelR500,
            Exposure = [.. Enumerable.Repeat(ExposurePerPixel, count)],
            Background = [.. Enumerable.Repeat(BackgroundFraction * SourceCounts / pixelsInside, count)],
            Mask = [.. Enumerable.Repeat(true, count)],
        };
    }

    /// <summary>Angle of every pixel about the centre in radians, row by row.</summary>
    public double[] Angles()
    {
        var angles = new double[Pixels * Pixels];
        var centre = (Pixels - 1) / 2.0;
        for (var i = 0; i < angles.Length; i++) angles[i] = Math.Atan2(i / Pixels - centre, i % Pixels - centre);
        return angles;
    }

    private double ExposurePerPixel => ExposureSeconds * PixelR500 * PixelR500 * R500Kpc * R500Kpc;

    private double Profile(double radius)
    {
        double core = radius / CoreRadius, steep = radius / SteepeningRadius;
        return Math.Pow(1 + core * core, -3 * Beta) * Math.Pow(1 + steep * steep * steep, -Epsilon / 3);
    }

    private double[] Radii()
    {
        var radii = new double[Pixels * Pixels];
        var centre = (Pixels - 1) / 2.0;
        for (var i = 0; i < radii.Length; i++) radii[i] = PixelR500 * Math.Sqrt(Math.Pow(i % Pixels - centre, 2) + Math.Pow(i / Pixels - centre, 2));
        return radii;
    }

    private void Validate()
    {
        if (Pixels < 8) throw new ArgumentException($"pixels: found {Pixels}, expected 8 or more along a side");
        if (DepthCells < 4 || DepthCells % 2 != 0) throw new ArgumentException($"depth cells: found {DepthCells}, expected an even number, 4 or more");
        foreach (var (name, value) in new[] { ("box", BoxR500), ("depth", DepthR500), ("rc", CoreRadius), ("rs", SteepeningRadius), ("beta", Beta), ("source counts", SourceCounts), ("theta500, arcmin", Theta500Arcmin) })
            if (!(value > 0) || !double.IsFinite(value)) throw new ArgumentException($"{name}: found {value}, expected finite and above 0");
        if (!(Epsilon >= 0) || !(BackgroundFraction >= 0)) throw new ArgumentException($"epsilon {Epsilon} and background fraction {BackgroundFraction}: expected 0 or more");
    }
}
