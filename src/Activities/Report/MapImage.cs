namespace ClusterSurvey.Activities.Report;

/// <summary>An image of a cluster. Pixel (x, y) stands at y * Width + x, the first row is drawn at the bottom, as FITS viewers do.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Values">The values.</param>
/// <param name="Usable">True where the mask allows the pixel; the others are drawn in grey.</param>
/// <param name="Unit">Unit of the values, as rich text (<see cref="Markup.RichText"/>).</param>
public sealed record MapImage(int Width, int Height, double[] Values, bool[] Usable, string Unit);

/// <summary>
/// The ellipse that elliptical radii refer to: rho = pixel * sqrt(x~^2 (1-e^2)^(-1/2) + y~^2 (1-e^2)^(1/2)),
/// x~ = dx cos(angle) - dy sin(angle), y~ = dy cos(angle) + dx sin(angle).
/// </summary>
/// <param name="CentreX">Column of the centre, from 0 at the centre of the first pixel.</param>
/// <param name="CentreY">Row of the centre, likewise.</param>
/// <param name="AngleRadians">Angle.</param>
/// <param name="Eccentricity">e, from 0 to below 1.</param>
public sealed record MapEllipse(double CentreX, double CentreY, double AngleRadians, double Eccentricity);

/// <summary>The images of a cluster on one grid of pixels.</summary>
public sealed record ClusterMaps
{
    /// <summary>Side of a pixel in R500.</summary>
    public required double PixelR500 { get; init; }

    public required MapEllipse Ellipse { get; init; }

    /// <summary>The surface-brightness fluctuation, e.g. (C - C0) / (2 E).</summary>
    public required MapImage Fluctuation { get; init; }

    public MapImage? Counts { get; init; }

    public MapImage? MeanModel { get; init; }

    public MapImage? Exposure { get; init; }

    /// <summary>The counts less the background over the exposure.</summary>
    public MapImage? SurfaceBrightness { get; init; }

    /// <summary>One where a pixel is used; the others are not usable.</summary>
    public MapImage? Mask { get; init; }
}
