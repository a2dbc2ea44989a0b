namespace ClusterSurvey.Physics.Sky;

/// <summary>
/// A shape on the sky, sizes in degrees. Angles count from west through north (DS9's sense): with north up and east left
/// they are counter-clockwise from the x axis of the image.
/// </summary>
public abstract record SkyRegion
{
    /// <summary>The shape in the pixels of an image: sizes and angles are those of the projection at the shape's centre.</summary>
    /// <exception cref="ArgumentException">The shape is 90 degrees or more from the tangent point.</exception>
    public abstract PixelRegion ToPixel(Wcs wcs);
}
