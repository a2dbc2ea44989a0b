using System.Collections.Concurrent;

namespace ClusterSurvey.Physics.Spectra;

/// <summary>
/// The masked Mexican-hat filter of Arevalo et al. 2012 (eq. 6 and A5), for one mask and a set of scales. A scale s stands
/// for k = 1/s (no 2 pi) and for Gaussians of <c>sigma = s/(sqrt(2) pi)</c>. In the limit of small epsilon the filtered image is
/// <c>F/epsilon = -d/d ln sigma [(G*IM)/(G*M)] M</c>, free of the cancellation of two nearly equal blurs; with a finite epsilon it is
/// <c>[(G1*IM)/(G1*M) - (G2*IM)/(G2*M)] M / epsilon</c> with <c>sigma/sqrt(1+epsilon)</c> and <c>sigma sqrt(1+epsilon)</c>. The power is
/// <c>P(k) = mean(F^2)/(epsilon^2 pi k^2)</c>. Blurred masks are computed once; all in float64. Safe for concurrent use.
/// </summary>
public sealed class MexicanHatFilter
{
    private readonly int imageWidth;
    private readonly double epsilon;
    private readonly PixelBox box;
    private readonly int width, height;
    private readonly bool[] inside;
    private readonly ScaleFilter[] filters;
    private readonly double[] scales;
    private readonly ConcurrentBag<Buffers> spare = [];

    /// <summary>Prepares the filter.</summary>
    /// <param name="width">Pixels along x of the images to come.</param>
    /// <param name="height">Pixels along y.</param>
    /// <param name="pixelSize">Side of a pixel, in the unit of the scales (R500 in the survey).</param>
    /// <param name="mask">M: true where a pixel may be used, row by row.</param>
    /// <param name="scales">s, each above 0.</param>
    /// <param name="boundary">What lies beyond the image's edge.</param>
    /// <param name="epsilon">0 (default) for the limit, or the finite epsilon of a difference of Gaussians.</param>
    /// <exception cref="ArgumentException">Sizes disagree, the mask is empty, or a scale, size or epsilon is out of range.</exception>
    public MexicanHatFilter(int width, int height, double pixelSize, ReadOnlySpan<bool> mask, ReadOnlySpan<double> scales,
        FilterBoundary boundary = FilterBoundary.Padded, double epsilon = 0)
        : this(width, height, pixelSize, mask, scales, boundary, epsilon, new GaussianKernels(boundary))
    {
    }

    internal MexicanHatFilter(int width, int height, double pixelSize, ReadOnlySpan<bool> mask, ReadOnlySpan<double> scales,
        FilterBoundary boundary, double epsilon, GaussianKernels kernels)
    {
        Validate(width, height, pixelSize, mask.Length, scales, epsilon);
        (imageWidth, PixelCount, this.epsilon, this.scales) = (width, mask.Length, epsilon, scales.ToArray());
        box = boundary == FilterBoundary.Periodic ? new PixelBox(0, 0, width, height) : PixelBox.Of(mask, width);
        (this.width, this.height) = (MatrixProduct.Stride(box.Width), MatrixProduct.Stride(box.Height));
        inside = new bool[this.width * this.height];
        foreach (var (full, cropped) in Pixels()) inside[cropped] = mask[full];
        filters = [.. this.scales.Select(scale => Prepare(scale / (Math.Sqrt(2) * Math.PI * pixelSize), kernels))];
    }

    /// <summary>The scales, in the unit of the pixel's size.</summary>
    public ReadOnlySpan<double> Scales => scales;

    /// <summary>Pixels of the images that this filter takes.</summary>
    public int PixelCount { get; }

    /// <summary>F/epsilon at one scale, over the whole image; 0 outside the mask.</summary>
    /// <param name="image">The image, row by row; what lies outside the mask has no influence.</param>
    /// <param name="scale">Which of the scales, from 0.</param>
    public double[] Response(ReadOnlySpan<double> image, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)scale, (uint)scales.Length, nameof(scale));
        var buffers = Rent();
        Crop(image, buffers.Image);
        Filter(filters[scale], buffers);
        var response = new double[PixelCount];
        foreach (var (full, cropped) in Pixels()) response[full] = buffers.Response[cropped];
        spare.Add(buffers);
        return response;
    }

    /// <summary>The power of an image in regions of the mask, at every scale, in the unit of the image squared times the unit of length squared.</summary>
    /// <param name="image">The image, row by row.</param>
    /// <param name="regions">Pixels to average over, one mask of the image's size per region; pixels outside the filter's mask do not count.</param>
    /// <param name="statistic">Mean of F^2, or variance about the mean.</param>
    /// <returns>[region][scale].</returns>
    public double[][] Power(ReadOnlySpan<double> image, IReadOnlyList<bool[]> regions, FilterStatistic statistic = FilterStatistic.MeanSquare)
    {
        ArgumentNullException.ThrowIfNull(regions);
        var selections = regions.Select(Select).ToArray();
        var powers = new double[regions.Count * scales.Length];
        MeasurePower(image, selections, powers, statistic);
        return [.. Enumerable.Range(0, regions.Count).Select(region => powers.AsSpan(region * scales.Length, scales.Length).ToArray())];
    }

    /// <summary>
    /// The expected power of white noise whose variance differs from pixel to pixel, such as Poisson noise: exactly what the mean
    /// over infinitely many draws would be. Only for the limit of small epsilon.
    /// </summary>
    /// <param name="variance">The variance of the noise in each pixel, row by row.</param>
    /// <param name="regions">Pixels to average over, as in <see cref="Power"/>.</param>
    /// <returns>[region][scale].</returns>
    /// <exception cref="InvalidOperationException">The filter was made with a finite epsilon.</exception>
    public double[][] ExpectedNoisePower(ReadOnlySpan<double> variance, IReadOnlyList<bool[]> regions)
    {
        ArgumentNullException.ThrowIfNull(regions);
        if (epsilon > 0) throw new InvalidOperationException("the expected noise power is known in the limit of small epsilon: make the filter without an epsilon");
        var selections = regions.Select(Select).ToArray();
        var cropped = new double[inside.Length];
        Crop(variance, cropped);
        var powers = regions.Select(_ => new double[scales.Length]).ToArray();
        for (var scale = 0; scale < scales.Length; scale++)
        {
            var squares = filters[scale].ExpectedSquare(cropped, width, height);
            for (var region = 0; region < selections.Length; region++) powers[region][scale] = Mean(squares, selections[region]) * PowerPerSquare(scale);
        }
        return powers;
    }

    /// <summary>Where the pixels of a region lie in the cropped image, for <see cref="MeasurePower"/>.</summary>
    internal int[] Select(bool[] region)
    {
        if (region.Length != PixelCount) throw new ArgumentException($"a region has {region.Length} pixels, the filter's images {PixelCount}", nameof(region));
        int[] selection = [.. Pixels().Where(pixel => region[pixel.Full] && inside[pixel.Cropped]).Select(pixel => pixel.Cropped)];
        return selection.Length > 0 ? selection : throw new ArgumentException("a region has no pixel that the filter's mask allows", nameof(region));
    }

    /// <summary>Power of selected pixels, [selection, scale] row by row; allocates nothing once warm.</summary>
    internal void MeasurePower(ReadOnlySpan<double> image, ReadOnlySpan<int[]> selections, Span<double> powers, FilterStatistic statistic)
    {
        var buffers = Rent();
        Crop(image, buffers.Image);
        for (var scale = 0; scale < scales.Length; scale++)
        {
            Filter(filters[scale], buffers);
            for (var i = 0; i < selections.Length; i++)
                powers[i * scales.Length + scale] = MeanSquare(buffers.Response, selections[i], statistic) * PowerPerSquare(scale);
        }
        spare.Add(buffers);
    }

    private double PowerPerSquare(int scale) => scales[scale] * scales[scale] / Math.PI;

    private static double Mean(double[] values, int[] selection)
    {
        var sum = 0.0;
        foreach (var i in selection) sum += values[i];
        return sum / selection.Length;
    }

    private static double MeanSquare(double[] response, int[] selection, FilterStatistic statistic)
    {
        var mean = statistic == FilterStatistic.Variance ? Mean(response, selection) : 0;
        var sum = 0.0;
        foreach (var i in selection) sum += (response[i] - mean) * (response[i] - mean);
        return sum / selection.Length;
    }

    private ScaleFilter Prepare(double sigmaPixels, GaussianKernels kernels)
    {
        if (epsilon == 0)
        {
            var (along, across) = (kernels.For(box.Width, sigmaPixels), kernels.For(box.Height, sigmaPixels));
            return new LimitFilter(along, across, inside, width, height);
        }
        var (narrow, wide) = (sigmaPixels / Math.Sqrt(1 + epsilon), sigmaPixels * Math.Sqrt(1 + epsilon));
        return new DifferenceFilter(
            (kernels.For(box.Width, narrow).G, kernels.For(box.Height, narrow).G),
            (kernels.For(box.Width, wide).G, kernels.For(box.Height, wide).G), epsilon, inside, width, height);
    }

    private void Filter(ScaleFilter filter, Buffers buffers) => filter.Apply(buffers.Image, buffers.Response, buffers.First, buffers.Second, width, height);

    private void Crop(ReadOnlySpan<double> image, double[] cropped)
    {
        if (image.Length != PixelCount) throw new ArgumentException($"the image has {image.Length} pixels, the filter's mask {PixelCount}", nameof(image));
        for (var y = 0; y < box.Height; y++)
        {
            var (from, to) = ((box.Top + y) * imageWidth + box.Left, y * width);
            for (var x = 0; x < box.Width; x++) cropped[to + x] = inside[to + x] ? image[from + x] : 0;
        }
    }

    private IEnumerable<(int Full, int Cropped)> Pixels()
    {
        for (var y = 0; y < box.Height; y++)
            for (var x = 0; x < box.Width; x++) yield return ((box.Top + y) * imageWidth + box.Left + x, y * width + x);
    }

    private Buffers Rent() => spare.TryTake(out var buffers) ? buffers : new Buffers(inside.Length);

    private static void Validate(int width, int height, double pixelSize, int maskLength, ReadOnlySpan<double> scales, double epsilon)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (maskLength != width * height) throw new ArgumentException($"the mask has {maskLength} pixels, an image of {width} x {height} has {width * height}", nameof(maskLength));
        if (!(pixelSize > 0) || !double.IsFinite(pixelSize)) throw new ArgumentOutOfRangeException(nameof(pixelSize), pixelSize, "a pixel's size is finite and above 0");
        if (!(epsilon >= 0) || epsilon > 0.5) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "epsilon is 0 (the limit) or a small positive number, 1e-3 by custom");
        if (scales.IsEmpty) throw new ArgumentException("a filter needs at least one scale", nameof(scales));
        foreach (var scale in scales)
            if (!(scale > 0) || !double.IsFinite(scale)) throw new ArgumentOutOfRangeException(nameof(scales), scale, "a scale is finite and above 0");
    }

    private sealed class Buffers(int length)
    {
        public double[] Image { get; } = new double[length];

        public double[] Response { get; } = new double[length];

        public double[] First { get; } = new double[length];

        public double[] Second { get; } = new double[length];
    }
}
