using ClusterSurvey.Physics.Sky;

namespace ClusterSurvey.Activities.Regions;

/// <summary>One shape of a region file: on the sky, or in the pixels of the image that the file was drawn on.</summary>
/// <param name="IsSubtracted">True after a leading minus.</param>
/// <param name="Line">Where it stands in the file, from 1.</param>
public abstract record RegionEntry(bool IsSubtracted, int Line)
{
    /// <summary>The shape in the pixels of an image.</summary>
    /// <exception cref="ArgumentException">The shape is on the sky, and out of the projection's sight.</exception>
    public abstract PixelRegion ToPixel(Wcs wcs);

    /// <summary>One statement of a DS9 region file, without its frame.</summary>
    public sealed override string ToString() => RegionPrinter.Print(this);
}

/// <summary>A shape on the sky (frames fk5 and icrs).</summary>
public sealed record SkyEntry(SkyRegion Region, bool IsSubtracted, int Line) : RegionEntry(IsSubtracted, Line)
{
    public override PixelRegion ToPixel(Wcs wcs) => Region.ToPixel(wcs);
}

/// <summary>A shape in pixels (frames image and physical); it goes with the image it was drawn on, before any crop or rebinning.</summary>
public sealed record PixelEntry(PixelRegion Region, bool IsSubtracted, int Line) : RegionEntry(IsSubtracted, Line)
{
    public override PixelRegion ToPixel(Wcs wcs) => Region;
}
