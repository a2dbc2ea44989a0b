namespace ClusterSurvey.Physics.Maps;

/// <summary>
/// How native maps become a <see cref="MapSet"/>: a square box around the cluster, rebinned by a whole factor. Counts, exposure and
/// background are summed over the valid native pixels of a block, the column density is averaged (Dupourque et al. 2023, sec. 2).
/// </summary>
public sealed record MapPreparation
{
    /// <summary>Effective area of EPIC (pn, MOS1 and MOS2 together) at 0.95 keV in cm^2: turns an exposure in cm^2 s into equivalent seconds.</summary>
    public const double NominalAreaCm2 = 1631;

    /// <summary>Half the box's side in R500; default 1.</summary>
    public double CutR500 { get; init; } = 1;

    /// <summary>Margin added around the box in R500; default 0.</summary>
    public double MarginR500 { get; init; }

    /// <summary>Wished number of pixels across the box; the rebin factor is the whole number that comes nearest, at least 1. Default 128.</summary>
    public int PixelsAcross { get; init; } = 128;

    /// <summary>Rebin factor, instead of the one that follows from <see cref="PixelsAcross"/>.</summary>
    public int? RebinFactor { get; init; }

    /// <summary>Share of a block's native pixels that must be valid, from 0 (one suffices) to 1; default 0.</summary>
    public double MinimumCoverage { get; init; }

    /// <summary>What to do with negative and fractional counts; default <see cref="CountsPolicy.Reject"/>.</summary>
    public CountsPolicy Counts { get; init; } = CountsPolicy.Reject;

    /// <summary>Cosmology that turns pixels into kpc.</summary>
    public Cosmology Cosmology { get; init; } = Cosmology.Standard;

    /// <summary>
    /// Least exposure of a working pixel as a share of the median of those that have any, from 0 to 1; default 0. The noise of a pixel's surface brightness goes
    /// as background / exposure^2: the edges of chip gaps, where exposure maps are interpolated down to nothing, would outweigh a whole image.
    /// </summary>
    public double MinimumExposure { get; init; }

    /// <summary>A <see cref="MinimumExposure"/> that keeps vignetted edges and leaves out what lies in chip gaps or behind point sources.</summary>
    public const double UsualMinimumExposure = 0.1;

    /// <summary>Crops, cleans and rebins the maps of one cluster.</summary>
    /// <exception cref="ArgumentException">Maps of different shapes, counts that the policy rejects, or no valid pixel in the box.</exception>
    public PreparedMaps Prepare(NativeMaps native, ClusterOnSky cluster)
    {
        ArgumentNullException.ThrowIfNull(native);
        ArgumentNullException.ThrowIfNull(cluster);
        native.Validate();
        var window = Window(cluster);
        var pixelKpc = (cluster.PixelSize.Value * Cosmology.LengthPerArcminute(cluster.Redshift)).Value;
        var rebinning = new BlockSums(native, window, Counts, ExposureScale(native.ExposureUnit, pixelKpc), MinimumCoverage, MinimumExposure);
        var (centreX, centreY) = window.ToWorking(cluster.CentreX, cluster.CentreY);
        var maps = new MapSet
        {
            Name = native.Name,
            Width = window.Width,
            Height = window.Height,
            Counts = rebinning.Counts,
            Exposure = rebinning.Exposure,
            Background = rebinning.Background,
            Mask = rebinning.Mask,
            ColumnDensityCm2 = rebinning.MeanColumnDensityCm2 ?? cluster.ColumnDensityCm2,
            PixelR500 = window.Factor * pixelKpc / cluster.R500.Value,
            R500Kpc = cluster.R500.Value,
            Redshift = cluster.Redshift.Value,
            CentreX = centreX,
            CentreY = centreY,
        };
        if (!maps.Mask.Contains(true))
            throw new ArgumentException($"{native.Name}: no valid pixel within {CutR500} R500 of pixel ({cluster.CentreX:f1}, {cluster.CentreY:f1}); check the centre and the exposure map");
        return new PreparedMaps(maps, window, rebinning.Findings);
    }

    /// <summary>The window on the native grid that <see cref="Prepare"/> uses.</summary>
    public PixelWindow Window(ClusterOnSky cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        if (!(CutR500 > 0) || !(MarginR500 >= 0)) throw new ArgumentException($"a box of {CutR500} R500 with a margin of {MarginR500} R500 is empty; the cut is above 0, the margin not below");
        var halfWidth = (CutR500 + MarginR500) * Cosmology.Angle(cluster.R500, cluster.Redshift).Value / cluster.PixelSize.Value;
        if (!(halfWidth > 0 && halfWidth < 20_000)) throw new ArgumentException($"half the box is {halfWidth:g4} native pixels, expected 0 to 20000; check R500, the redshift and the pixel size");
        var factor = RebinFactor ?? Math.Max(1, (int)Math.Round(2 * halfWidth / PixelsAcross));
        return PixelWindow.Around(cluster.CentreX, cluster.CentreY, halfWidth, factor);
    }

    private static double ExposureScale(ExposureUnit unit, double pixelKpc) => unit switch
    {
        ExposureUnit.Seconds => pixelKpc * pixelKpc,
        ExposureUnit.SquareCentimetreSeconds => pixelKpc * pixelKpc / NominalAreaCm2,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "an exposure is in s or in cm2 s"),
    };
}
