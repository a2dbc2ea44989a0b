namespace ClusterSurvey.Physics.Sky;

/// <summary>A polygon on the sky; its sides are straight lines in the image.</summary>
/// <param name="Corners">At least three corners, in order; the last joins the first.</param>
public sealed record SkyPolygon(IReadOnlyList<SkyPosition> Corners) : SkyRegion
{
    /// <summary>The corners.</summary>
    public IReadOnlyList<SkyPosition> Corners { get; } = [.. ShapeArguments.Corners(Corners).Select(corner => ShapeArguments.Place(corner, nameof(Corners)))];

    /// <inheritdoc/>
    public override PixelRegion ToPixel(Wcs wcs) => new PixelPolygon([.. Corners.Select(wcs.ToPixel)]);

    /// <summary>Equal when the corners are the same in the same order.</summary>
    public bool Equals(SkyPolygon? other) => other is not null && Corners.SequenceEqual(other.Corners);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Corners.Count, Corners[0]);
}

/// <summary>A polygon in an image; where it crosses itself, points with an odd number of turns around them are inside.</summary>
/// <param name="Corners">At least three corners, in order; the last joins the first.</param>
public sealed record PixelPolygon(IReadOnlyList<PixelPosition> Corners) : PixelRegion
{
    /// <summary>The corners.</summary>
    public IReadOnlyList<PixelPosition> Corners { get; } = [.. ShapeArguments.Corners(Corners).Select(corner => ShapeArguments.Place(corner, nameof(Corners)))];

    /// <inheritdoc/>
    public override PixelBounds Bounds => new(Corners.Min(c => c.X), Corners.Max(c => c.X), Corners.Min(c => c.Y), Corners.Max(c => c.Y));

    /// <inheritdoc/>
    public override bool Contains(PixelPosition point)
    {
        var inside = false;
        var previous = Corners[^1];
        for (var i = 0; i < Corners.Count; i++)
        {
            var corner = Corners[i];
            if (corner.Y > point.Y != previous.Y > point.Y
                && point.X < (previous.X - corner.X) * (point.Y - corner.Y) / (previous.Y - corner.Y) + corner.X) inside = !inside;
            previous = corner;
        }
        return inside;
    }

    /// <summary>Equal when the corners are the same in the same order.</summary>
    public bool Equals(PixelPolygon? other) => other is not null && Corners.SequenceEqual(other.Corners);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Corners.Count, Corners[0]);
}
