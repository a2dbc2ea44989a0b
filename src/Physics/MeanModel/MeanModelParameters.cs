namespace ClusterSurvey.Physics.MeanModel;

/// <summary>The ten parameters of the mean surface-brightness model (Dupourque et al. 2023, sec. 3).</summary>
public sealed record MeanModelParameters
{
    /// <summary>The parameters' names in files, in the order of <see cref="ToArray"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "angle_rad", "eccentricity", "offset_x_r500", "offset_y_r500", "log10_sky_background", "log10_density_squared", "log10_core_radius",
        "log10_scale_radius", "beta", "epsilon",
    ];

    /// <summary>Angle of the ellipse in radians, -pi/2 to pi/2 (<see cref="Ellipse"/>).</summary>
    public required double Angle { get; init; }

    /// <summary>Eccentricity of the ellipse, 0 to 0.99.</summary>
    public required double Eccentricity { get; init; }

    /// <summary>The model's centre minus the catalogue's along x, in R500.</summary>
    public required double OffsetX { get; init; }

    /// <summary>The model's centre minus the catalogue's along y, in R500.</summary>
    public required double OffsetY { get; init; }

    /// <summary>log10 of the sky background in counts s^-1 kpc^-2.</summary>
    public required double Log10SkyBackground { get; init; }

    /// <summary>log10 of the central squared electron density in cm^-6.</summary>
    public required double Log10DensitySquared { get; init; }

    /// <summary>log10 of the core radius in R500.</summary>
    public required double Log10CoreRadius { get; init; }

    /// <summary>log10 of the scale radius in R500.</summary>
    public required double Log10ScaleRadius { get; init; }

    /// <summary>beta of the density profile.</summary>
    public required double Beta { get; init; }

    /// <summary>epsilon of the density profile.</summary>
    public required double Epsilon { get; init; }

    /// <summary>Sky background in counts s^-1 kpc^-2.</summary>
    public double SkyBackground => Math.Pow(10, Log10SkyBackground);

    /// <summary>The density profile of these parameters.</summary>
    public DensityProfile Density =>
        new(Math.Pow(10, Log10DensitySquared), Math.Pow(10, Log10CoreRadius), Math.Pow(10, Log10ScaleRadius), Beta, Epsilon);

    /// <summary>The ellipse of these parameters around a catalogue centre in pixels.</summary>
    public Ellipse Ellipse(double catalogueX, double catalogueY, double pixelR500) =>
        new(catalogueX + OffsetX / pixelR500, catalogueY + OffsetY / pixelR500, Angle, Eccentricity, pixelR500);

    /// <summary>The ten numbers in the order of <see cref="Names"/>.</summary>
    public double[] ToArray() =>
        [Angle, Eccentricity, OffsetX, OffsetY, Log10SkyBackground, Log10DensitySquared, Log10CoreRadius, Log10ScaleRadius, Beta, Epsilon];

    /// <summary>The parameters from ten numbers in the order of <see cref="Names"/>.</summary>
    /// <exception cref="ArgumentException">Not ten numbers.</exception>
    public static MeanModelParameters FromArray(ReadOnlySpan<double> values)
    {
        if (values.Length != Names.Count) throw new ArgumentException($"a mean model has {Names.Count} parameters, found {values.Length}", nameof(values));
        return new MeanModelParameters
        {
            Angle = values[0],
            Eccentricity = values[1],
            OffsetX = values[2],
            OffsetY = values[3],
            Log10SkyBackground = values[4],
            Log10DensitySquared = values[5],
            Log10CoreRadius = values[6],
            Log10ScaleRadius = values[7],
            Beta = values[8],
            Epsilon = values[9],
        };
    }
}
