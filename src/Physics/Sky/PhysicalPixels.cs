namespace ClusterSurvey.Physics.Sky;

/// <summary>
/// The physical coordinates of an image that was cut from, or binned from, a larger one: image = scale x physical + offset
/// along each axis, where the first pixel of the image has the coordinate 1 (the keywords LTM and LTV of IRAF).
/// </summary>
/// <param name="Scale">Image pixels per physical pixel, the same along both axes, above 0.</param>
/// <param name="OffsetX">LTV1.</param>
/// <param name="OffsetY">LTV2.</param>
public readonly record struct PhysicalPixels(double Scale, double OffsetX, double OffsetY)
{
    /// <summary>The place in the image, counted from 0, of a physical coordinate.</summary>
    public PixelPosition ToPixel(double physicalX, double physicalY) => new(Scale * physicalX + OffsetX - 1, Scale * physicalY + OffsetY - 1);
}
