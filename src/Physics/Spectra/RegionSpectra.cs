namespace ClusterSurvey.Physics.Spectra;

/// <summary>
/// The Mexican-hat power of images in the regions and at the scales of a design. Each filter is prepared once, when it is first needed or when the caller says; safe for concurrent use.
/// </summary>
public sealed class RegionSpectra
{
    /// <summary>A region with fewer pixels has no spectrum worth the name.</summary>
    public const int FewestPixels = 10;

    private readonly Lazy<IRegionFilter>[] filters;

    /// <summary>Spectra of a design.</summary>
    /// <param name="design">Regions and scales.</param>
    /// <param name="width">Pixels along x.</param>
    /// <param name="height">Pixels along y.</param>
    /// <param name="pixelR500">Side of a pixel in R500.</param>
    /// <param name="mask">True where a pixel may be used; the filter's mask when the design says <see cref="FilterMask.Full"/>.</param>
    /// <exception cref="ArgumentException">A scale spans fewer than three pixels, a region has fewer than <see cref="FewestPixels"/> pixels, or sizes disagree.</exception>
    public RegionSpectra(SpectrumDesign design, int width, int height, double pixelR500, ReadOnlySpan<bool> mask)
    {
        ArgumentNullException.ThrowIfNull(design);
        Design = design;
        double[] scales = [.. design.ScalesR500];
        ScaleGrid.RequireResolved(pixelR500, scales);
        for (var region = 0; region < design.RegionPixels.Count; region++) Check(region, mask);
        var kernels = new GaussianKernels(FilterBoundary.Padded);
        var allowed = mask.ToArray();
        IRegionFilter Filter(bool[] pixels, IReadOnlyList<bool[]> regions) => design.Filter == FilterMode.Fast
            ? new PyramidFilter(width, pixelR500, pixels, scales, regions)
            : new ExactRegionFilter(new MexicanHatFilter(width, height, pixelR500, pixels, scales, FilterBoundary.Padded, 0, kernels), regions);
        filters = design.FilterMask == FilterMask.Full ? [new(() => Filter(allowed, design.RegionPixels))]
            : [.. design.RegionPixels.Select(pixels => new Lazy<IRegionFilter>(() => Filter(pixels, [pixels])))];
    }

    /// <summary>The regions and scales.</summary>
    public SpectrumDesign Design { get; }

    /// <summary>The power of an image, [region, scale] row by row.</summary>
    /// <param name="image">The image, row by row.</param>
    /// <param name="power">Receives <see cref="SpectrumDesign.Length"/> numbers, in the unit of the image squared times R500^2.</param>
    public void Measure(ReadOnlySpan<double> image, Span<double> power)
    {
        if (power.Length != Design.Length) throw new ArgumentException($"room for {power.Length} powers, the design has {Design.Length}", nameof(power));
        var count = Design.Length / filters.Length;
        for (var i = 0; i < filters.Length; i++) filters[i].Value.Measure(image, power.Slice(i * count, count));
    }

    /// <summary>How many filters there are: one a region, or one for all when they share the full mask. They have nothing to do with each other.</summary>
    public int FilterCount => filters.Length;

    /// <summary>The expected power of noise that is independent between pixels (see <see cref="MexicanHatFilter.ExpectedNoisePower"/>), [region, scale] row by row.</summary>
    /// <param name="variance">The variance of the noise in each pixel.</param>
    public double[] ExpectedNoise(ReadOnlySpan<double> variance)
    {
        var power = new List<double>(Design.Length);
        for (var i = 0; i < filters.Length; i++) power.AddRange(ExpectedNoise(i, variance));
        return [.. power];
    }

    /// <summary>The same of the regions of one filter.</summary>
    /// <param name="filter">Which, from 0.</param>
    /// <param name="variance">The variance of the noise in each pixel.</param>
    public double[] ExpectedNoise(int filter, ReadOnlySpan<double> variance) => filters[filter].Value.ExpectedNoise(variance);

    private void Check(int region, ReadOnlySpan<bool> mask)
    {
        var pixels = Design.RegionPixels[region];
        if (pixels.Length != mask.Length) throw new ArgumentException($"region {Design.RegionNames[region]} has {pixels.Length} pixels, the map {mask.Length}");
        var count = 0;
        for (var i = 0; i < mask.Length; i++)
        {
            if (pixels[i] && !mask[i]) throw new ArgumentException($"region {Design.RegionNames[region]} holds pixel {i}, which the mask excludes: intersect regions with the mask");
            if (pixels[i]) count++;
        }
        if (count < FewestPixels)
            throw new ArgumentException($"region {Design.RegionNames[region]} has {count} pixels: expected {FewestPixels} or more; use finer pixels or leave the region out");
    }
}
