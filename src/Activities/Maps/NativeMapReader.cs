using ClusterSurvey.Activities.Fits;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Regions;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Physics;
using ClusterSurvey.Physics.Maps;
using ClusterSurvey.Physics.Sky;

namespace ClusterSurvey.Activities.Maps;

/// <summary>The maps of an observation on their native grid, and where the cluster is on it.</summary>
public sealed record NativeObservation(NativeMaps Maps, ClusterOnSky OnSky, Wcs Wcs);

/// <summary>Reads the files of an observation, and holds them against the counts map: same shape, same sky.</summary>
public static class NativeMapReader
{
    /// <exception cref="BadInputException">A file cannot be read, or does not fit the counts map.</exception>
    public static NativeObservation Read(ClusterObservation cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var counts = FitsFile.ReadImage(cluster.Counts.Path);
        var wcs = counts.ReadWcs();
        var maps = new NativeMaps
        {
            Name = cluster.Name,
            Width = counts.Width,
            Height = counts.Height,
            Counts = counts.Pixels,
            Exposure = ReadBeside(cluster.Exposure.Path, counts).Pixels,
            ExposureUnit = cluster.ExposureUnit == "cm2_s" ? ExposureUnit.SquareCentimetreSeconds : ExposureUnit.Seconds,
            Background = cluster.Background is { } background ? Scaled(ReadBeside(background.Path, counts).Pixels, cluster.BackgroundFactor) : null,
            ColumnDensityCm2 = cluster.ColumnDensityMap is { } density ? ReadBeside(density.Path, counts).Pixels : null,
            Excluded = Excluded([.. cluster.Masks.Select(mask => mask.Path)], counts, wcs),
        };
        return new NativeObservation(maps, OnSky(cluster, counts, wcs), wcs);
    }

    /// <summary>The pixels that region files and FITS masks (0 = excluded) take out; null when there are none.</summary>
    public static bool[]? Excluded(IReadOnlyList<string> masks, FitsImage counts, Wcs wcs)
    {
        ArgumentNullException.ThrowIfNull(masks);
        ArgumentNullException.ThrowIfNull(counts);
        if (masks.Count == 0) return null;
        var excluded = new bool[counts.Pixels.Length];
        var image = new RegionImage(wcs, FitsWcs.ReadPhysical(counts.Header));
        foreach (var path in masks)
        {
            var here = FitsFile.LooksLikeFits(path)
                ? Array.ConvertAll(ReadBeside(path, counts).Pixels, value => !(value > 0))
                : RegionFile.Read(path, image).Excluded(wcs, counts.Width, counts.Height);
            for (var i = 0; i < excluded.Length; i++) excluded[i] |= here[i];
        }
        return excluded;
    }

    /// <summary>Reads a map that must share the grid of the counts map.</summary>
    public static FitsImage ReadBeside(string path, FitsImage counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var map = FitsFile.ReadImage(path);
        counts.RequireSameGrid(map);
        return map;
    }

    private static ClusterOnSky OnSky(ClusterObservation cluster, FitsImage counts, Wcs wcs)
    {
        var hasPosition = wcs.TryToPixel(new SkyPosition(cluster.RaDeg, cluster.DecDeg), out var centre);
        if (!hasPosition || centre.X < -0.5 || centre.Y < -0.5 || centre.X > counts.Width - 0.5 || centre.Y > counts.Height - 0.5)
            throw new BadInputException(cluster.Counts.Path,
                $"an image of {counts.Width} x {counts.Height} pixels without the cluster's centre ({cluster.RaDeg}, {cluster.DecDeg})",
                "the centre of the cluster on the image", "correct ra_deg and dec_deg of the row, or name the maps of this cluster");
        var onSky = new ClusterOnSky
        {
            CentreX = centre.X, CentreY = centre.Y, PixelSize = new Arcminute(wcs.PixelScaleArcmin),
            Redshift = new Redshift(cluster.Redshift), R500 = new Kiloparsec(cluster.R500Kpc),
        };
        return cluster.ColumnDensityCm2 is { } density ? onSky with { ColumnDensityCm2 = density } : onSky;
    }

    private static double[] Scaled(double[] map, double factor) => factor == 1 ? map : Array.ConvertAll(map, value => value * factor);
}
