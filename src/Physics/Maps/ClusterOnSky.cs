namespace ClusterSurvey.Physics.Maps;

/// <summary>Where and how large a cluster is on its native maps: the catalogue row seen through the maps' coordinates.</summary>
public sealed record ClusterOnSky
{
    /// <summary>Centre: x in native pixels, 0 at the centre of the first pixel.</summary>
    public required double CentreX { get; init; }

    /// <summary>Centre: y in native pixels, 0 at the centre of the first pixel.</summary>
    public required double CentreY { get; init; }

    /// <summary>Side of a native pixel.</summary>
    public required Arcminute PixelSize { get; init; }

    /// <summary>Redshift.</summary>
    public required Redshift Redshift { get; init; }

    /// <summary>R500.</summary>
    public required Kiloparsec R500 { get; init; }

    /// <summary>Hydrogen column density of the field in cm^-2, used when there is no map of it.</summary>
    public double ColumnDensityCm2 { get; init; } = 3e20;
}
