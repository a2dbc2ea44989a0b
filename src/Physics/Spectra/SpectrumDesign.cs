namespace ClusterSurvey.Physics.Spectra;

/// <summary>What is measured of an image: the power in these regions at these scales. The same for data and simulations.</summary>
public sealed record SpectrumDesign
{
    /// <summary>Names of the regions, in order.</summary>
    public required IReadOnlyList<string> RegionNames { get; init; }

    /// <summary>One mask per region, of the image's size: pixels inside the region and allowed by the map's mask.</summary>
    public required IReadOnlyList<bool[]> RegionPixels { get; init; }

    /// <summary>Scales in R500, increasing.</summary>
    public required IReadOnlyList<double> ScalesR500 { get; init; }

    /// <summary>Which mask the filter sees.</summary>
    public FilterMask FilterMask { get; init; } = FilterMask.Region;

    /// <summary>How the power is computed.</summary>
    public FilterMode Filter { get; init; } = FilterMode.Fast;

    /// <summary>Numbers per image: regions times scales; the index of (region, scale) is region * scales + scale.</summary>
    public int Length => RegionNames.Count * ScalesR500.Count;

    /// <summary>A design from elliptical annuli.</summary>
    /// <param name="regions">The annuli.</param>
    /// <param name="ellipticalRadius">Elliptical radius per pixel in R500, of the mean model's posterior median.</param>
    /// <param name="mask">True where a pixel may be used.</param>
    /// <param name="scalesR500">Scales in R500.</param>
    /// <param name="filterMask">Which mask the filter sees.</param>
    /// <param name="filter">How the power is computed.</param>
    public static SpectrumDesign Of(IReadOnlyList<RadialRegion> regions, ReadOnlySpan<double> ellipticalRadius, ReadOnlySpan<bool> mask,
        IReadOnlyList<double> scalesR500, FilterMask filterMask = FilterMask.Region, FilterMode filter = FilterMode.Fast)
    {
        ArgumentNullException.ThrowIfNull(regions);
        var pixels = new List<bool[]>(regions.Count);
        foreach (var region in regions) pixels.Add(region.Pixels(ellipticalRadius, mask));
        return new SpectrumDesign
        {
            RegionNames = [.. regions.Select(region => region.Name)], RegionPixels = pixels, ScalesR500 = scalesR500, FilterMask = filterMask, Filter = filter,
        };
    }
}
