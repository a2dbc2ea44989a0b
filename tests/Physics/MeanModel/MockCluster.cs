using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Maps;
using ClusterSurvey.Physics.PointSpread;

namespace ClusterSurvey.Physics.MeanModel;

/// <summary>A mock observation of known parameters: the disc of R500, vignetting, background, and Poisson counts.</summary>
internal static class MockCluster
{
    public static MeanModelParameters Truth { get; } = new()
    {
        Angle = 0.6,
        Eccentricity = 0.6,
        OffsetX = 0.05,
        OffsetY = -0.03,
        Log10SkyBackground = -6.8,
        Log10DensitySquared = -4.2,
        Log10CoreRadius = -1,
        Log10ScaleRadius = Math.Log10(0.7),
        Beta = 0.6,
        Epsilon = 2.5,
    };

    /// <summary>Maps without counts in which the truth gives about so many cluster counts, with 15 % of them as background.</summary>
    public static MapSet Maps(int pixels, double clusterCounts)
    {
        var maps = Unit(pixels);
        var cluster = Model(maps).Counts(Truth with { Log10SkyBackground = -30 }).Sum();
        var (scale, valid) = (clusterCounts / cluster, maps.Mask.Count(usable => usable));
        return maps with
        {
            Exposure = [.. maps.Exposure.Select(exposure => exposure * scale)],
            Background = [.. maps.Mask.Select(usable => usable ? 0.15 * clusterCounts / valid : 0)],
        };
    }

    public static SurfaceBrightnessModel Model(MapSet maps, PointSpreadFunction? psf = null) =>
        new(maps, CoolingFunction.At(new Redshift(maps.Redshift), Cosmology.Standard), TemperatureProfile.XCop, psf);

    public static MapSet WithCounts(Seed seed, MapSet maps, MeanModelParameters parameters, PointSpreadFunction? psf = null)
    {
        var stream = seed.Stream();
        return maps with { Counts = [.. Model(maps, psf).Counts(parameters).Select(mean => (double)stream.NextPoisson(mean))] };
    }

    public static MapSet WithMask(MapSet maps, Func<double, double, bool> keep)
    {
        var mask = (bool[])maps.Mask.Clone();
        for (var pixel = 0; pixel < mask.Length; pixel++)
            mask[pixel] &= keep((pixel % maps.Width - maps.CentreX) * maps.PixelR500, (pixel / maps.Width - maps.CentreY) * maps.PixelR500);
        return maps with
        {
            Mask = mask,
            Counts = [.. maps.Counts.Zip(mask, (counts, usable) => usable ? counts : 0)],
            Exposure = [.. maps.Exposure.Zip(mask, (exposure, usable) => usable ? exposure : 0)],
            Background = [.. maps.Background.Zip(mask, (background, usable) => usable ? background : 0)],
        };
    }

    private static MapSet Unit(int pixels)
    {
        var (pixel, middle) = (2.0 / pixels, (pixels - 1) / 2.0);
        double SquaredRadius(int i) => (Math.Pow(i % pixels - middle, 2) + Math.Pow(i / pixels - middle, 2)) * pixel * pixel;
        bool[] mask = [.. Enumerable.Range(0, pixels * pixels).Select(i => SquaredRadius(i) < 1)];
        return new MapSet
        {
            Name = "mock",
            Width = pixels,
            Height = pixels,
            Counts = new double[pixels * pixels],
            Exposure = [.. mask.Select((usable, i) => usable ? 1e7 * (1 - 0.3 * SquaredRadius(i)) : 0)],
            Background = new double[pixels * pixels],
            Mask = mask,
            ColumnDensityCm2 = 3e20,
            PixelR500 = pixel,
            R500Kpc = 1200,
            Redshift = 0.07,
            CentreX = middle,
            CentreY = middle,
        };
    }
}
