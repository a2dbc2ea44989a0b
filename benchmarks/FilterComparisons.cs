using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Spectra;
using static TorchSharp.torch;

namespace ClusterSurvey.Benchmarks;

/// <summary>The masked Mexican-hat filter against the recipe as the papers give it: four blurs by FFT for every image, scale and region.</summary>
internal static class FilterComparisons
{
    private const double Epsilon = 1e-3;

    public static IEnumerable<Comparison> All()
    {
        TorchRuntime.Ensure();
        foreach (var side in (int[])[64, 128])
        {
            var (radius, scales, image) = Sky(side);
            bool[] mask = [.. radius.Select(_ => true)];
            var regions = RadialRegion.Standard.Select(region => region.Pixels(radius, mask)).ToArray();
            yield return new Comparison($"fast hat of a {side}^2 image, 6 regions x 20 scales", "4 blurs by FFT, float64, padded twofold", () => Naive(image, regions, scales, side, 2.0 / side),
                Measure(side, FilterMask.Region, FilterMode.Fast));
        }
        foreach (var side in (int[])[64, 128, 256, 512])
        {
            yield return new Comparison($"fast hat of a {side}^2 image, 6 regions x 20 scales", "exact, float64 matrix products", Measure(side, FilterMask.Region, FilterMode.Exact),
                Measure(side, FilterMask.Region, FilterMode.Fast));
            yield return new Comparison($"fast hat of a {side}^2 image, 20 scales, one full mask", "exact, float64 matrix products", Measure(side, FilterMask.Full, FilterMode.Exact),
                Measure(side, FilterMask.Full, FilterMode.Fast));
        }
        yield return Annuli();
    }

    // A published analysis of one cluster: 512^2 pixels of 3 R500, four annuli, twelve scales, one mask.
    private static Comparison Annuli()
    {
        const int side = 512;
        const double pixel = 3.0 / side;
        var (radius, _, image) = Sky(side, pixel);
        bool[] mask = [.. radius.Select(_ => true)];
        RadialRegion[] annuli = [new("1", 0, 0.25), new("2", 0.25, 0.5), new("3", 0.5, 1), new("4", 1, 1.5)];
        var scales = ScaleGrid.Geometric(0.02, 0.6, 12);
        var spectra = new RegionSpectra(SpectrumDesign.Of(annuli, radius, mask, scales, FilterMask.Full, FilterMode.Fast), side, side, pixel, mask);
        var power = new double[annuli.Length * scales.Length];
        return new Comparison("fast hat of a 512^2 image, 4 annuli x 12 scales, one full mask", "4 blurs by FFT, float64, padded twofold", () => Naive(image, [mask], scales, side, pixel),
            () => spectra.Measure(image, power));
    }

    private static (double[] Radius, double[] Scales, double[] Image) Sky(int side) => Sky(side, 2.0 / side);

    private static (double[] Radius, double[] Scales, double[] Image) Sky(int side, double pixel)
    {
        var radius = Enumerable.Range(0, side * side).Select(i => pixel * Math.Sqrt(Math.Pow(i % side - (side - 1) / 2.0, 2) + Math.Pow(i / side - (side - 1) / 2.0, 2))).ToArray();
        var image = new double[side * side];
        new Seed(1).Stream().FillNormal(image);
        return (radius, ScaleGrid.Geometric(Math.Max(0.05, 3 * pixel), 1, 20), image);
    }

    private static Action Measure(int side, FilterMask filterMask, FilterMode filter)
    {
        var (radius, scales, image) = Sky(side);
        bool[] mask = [.. radius.Select(_ => true)];
        var spectra = new Lazy<RegionSpectra>(() => new(SpectrumDesign.Of(RadialRegion.Standard, radius, mask, scales, filterMask, filter), side, side, 2.0 / side, mask));
        var power = new double[6 * scales.Length];
        return () => spectra.Value.Measure(image, power);
    }

    /// <summary>Four blurs by FFT of every region and scale, the image padded twofold.</summary>
    public static void Naive(double[] image, bool[][] regions, double[] scales, int side, double pixel)
    {
        using var scope = NewDisposeScope();
        var values = tensor(image, side, side);
        var f = fft.fftfreq(2 * side, pixel).to(float64).square();
        var g = fft.rfftfreq(2 * side, pixel).to(float64).square();
        var squared = f.unsqueeze(1) + g.unsqueeze(0);
        foreach (var region in regions)
        {
            using var perRegion = NewDisposeScope();
            var mask = tensor(region, side, side).to(float64);
            foreach (var scale in scales)
            {
                var sigma = scale / (Math.Sqrt(2) * Math.PI);
                var difference = Blurred(values, mask, squared, sigma / Math.Sqrt(1 + Epsilon), side) - Blurred(values, mask, squared, sigma * Math.Sqrt(1 + Epsilon), side);
                _ = ((difference * mask).square().sum() / mask.sum()).item<double>() / (Epsilon * Epsilon * Math.PI / (scale * scale));
            }
        }
    }

    private static Tensor Blurred(Tensor image, Tensor mask, Tensor squared, double sigma, int side)
    {
        var kernel = exp(squared * (-2 * Math.PI * Math.PI * sigma * sigma));
        Tensor Blur(Tensor map) => fft.irfft2(fft.rfft2(map, [2 * side, 2 * side]) * kernel, [2 * side, 2 * side])[..side, ..side];
        return Blur(image * mask) / Blur(mask);
    }
}
