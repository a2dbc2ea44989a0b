using ClusterSurvey.Physics.Maps;
using ClusterSurvey.Physics.MeanModel;

namespace ClusterSurvey.Physics.Morphology;

/// <summary>
/// The pixels within R500 on which shapes are measured, with everything about them that does not change with the counts. Where there is no usable pixel,
/// the mean model stands: the residual from it is 0 there.
/// </summary>
internal sealed class MorphologyImage
{
    /// <summary>Radii of the apertures of the centroid shift, in R500.</summary>
    public static IReadOnlyList<double> Apertures { get; } = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

    private const double CoreR500 = 0.15;

    private readonly MapSet maps;
    private readonly double skyBackground;
    private readonly int[] pixels;

    /// <param name="maps">Maps that hold the whole ellipse.</param>
    /// <param name="ellipse">The mean model's ellipse.</param>
    /// <param name="model">Brightness of the cluster's mean model in every pixel, without sky, in counts s^-1 kpc^-2.</param>
    /// <param name="skyBackground">Brightness of the sky, in counts s^-1 kpc^-2.</param>
    public MorphologyImage(MapSet maps, Ellipse ellipse, double[] model, double skyBackground)
    {
        (this.maps, this.skyBackground) = (maps, skyBackground);
        pixels = [.. Enumerable.Range(0, maps.PixelCount).Where(pixel => Inside(ellipse, pixel, 1) > 0)];
        Model = Array.ConvertAll(pixels, pixel => model[pixel]);
        IsWithinR500 = Array.ConvertAll(pixels, pixel => ellipse.Radius(pixel % maps.Width, pixel / maps.Width) < 1);
        Core = Array.ConvertAll(pixels, pixel => Inside(ellipse, pixel, CoreR500));
        Within = [.. Apertures.Select(radius => Array.ConvertAll(pixels, pixel => Inside(ellipse, pixel, radius)))];
        OffsetX = Array.ConvertAll(pixels, pixel => (pixel % maps.Width - ellipse.CentreX) * maps.PixelR500);
        OffsetY = Array.ConvertAll(pixels, pixel => (pixel / maps.Width - ellipse.CentreY) * maps.PixelR500);
        Modes = [.. ZernikeMode.UpToEight.Select(mode => Array.ConvertAll(pixels, pixel => ApertureWeights.Mean(mode, ellipse, pixel % maps.Width, pixel / maps.Width)))];
        Variance = Array.ConvertAll(pixels, pixel => maps.Mask[pixel] ? ExpectedCounts(pixel, model[pixel]) / (maps.Exposure[pixel] * maps.Exposure[pixel]) : 0);
    }

    public int Count => pixels.Length;

    /// <summary>Brightness of the mean model.</summary>
    public double[] Model { get; }

    /// <summary>Whether the centre of the pixel lies within R500.</summary>
    public bool[] IsWithinR500 { get; }

    /// <summary>Part of the pixel within 0.15 R500.</summary>
    public double[] Core { get; }

    /// <summary>Part of the pixel within each of the apertures.</summary>
    public double[][] Within { get; }

    /// <summary>Offset from the ellipse's centre along x, in R500.</summary>
    public double[] OffsetX { get; }

    /// <summary>Offset from the ellipse's centre along y, in R500.</summary>
    public double[] OffsetY { get; }

    /// <summary>Means over each pixel of the Zernike modes on the disc into which the ellipse is sheared, mode by mode; 0 outside R500.</summary>
    public (double Cosine, double Sine)[][] Modes { get; }

    /// <summary>Variance of the brightness by Poisson noise of the expected counts; 0 where the mean model stands.</summary>
    public double[] Variance { get; }

    /// <summary>Part of the mean model's light within R500 that falls on usable pixels.</summary>
    public double Coverage
    {
        get
        {
            var (seen, all) = (0.0, 0.0);
            for (var i = 0; i < Count; i++)
            {
                all += Within[^1][i] * Model[i];
                if (maps.Mask[pixels[i]]) seen += Within[^1][i] * Model[i];
            }
            return all > 0 ? seen / all : 0;
        }
    }

    /// <summary>Observed counts of a pixel of this list.</summary>
    public double Observed(int index) => maps.Counts[pixels[index]];

    /// <summary>Counts of a pixel of this list that the mean model expects.</summary>
    public double Expected(int index) => ExpectedCounts(pixels[index], Model[index]);

    /// <summary>What counts leave above the mean model: (C - B)/E - sky - model, 0 where no pixel is usable.</summary>
    /// <param name="counts">Counts by number in this list; asked for usable pixels, in their order.</param>
    public double[] Residual(Func<int, double> counts)
    {
        var residual = new double[Count];
        for (var i = 0; i < Count; i++)
        {
            var pixel = pixels[i];
            if (maps.Mask[pixel]) residual[i] = (counts(i) - maps.Background[pixel]) / maps.Exposure[pixel] - skyBackground - Model[i];
        }
        return residual;
    }

    private double ExpectedCounts(int pixel, double brightness) => (brightness + skyBackground) * maps.Exposure[pixel] + maps.Background[pixel];

    private double Inside(Ellipse ellipse, int pixel, double radius) => ApertureWeights.Inside(ellipse, pixel % maps.Width, pixel / maps.Width, radius);
}
