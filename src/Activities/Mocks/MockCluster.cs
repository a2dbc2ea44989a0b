using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics;
using ClusterSurvey.Physics.Maps;
using ClusterSurvey.Physics.MeanModel;
using ClusterSurvey.Physics.Simulation;

namespace ClusterSurvey.Activities.Mocks;

/// <summary>
/// The unperturbed cluster of a mock: a shape drawn at random within what clusters have, scaled to the counts that a
/// cluster of its angular size gives EPIC (round figure: 4e5 in 30 ks at theta500 = 16 arcmin).
/// </summary>
internal sealed record MockCluster(MapSet Maps, ClusterEmission Emission)
{
    private const double CountsAtReference = 4e5, ReferenceKs = 30, ReferenceArcmin = 16;

    /// <summary>Sky background as a part of the mean brightness of the cluster inside R500.</summary>
    private const double SkyFraction = 0.1;

    public static MockCluster Draw(Seed seed, SampleRow row, Kiloparsec r500, Arcminute pixel, MockMosaic mosaic, int pixels, double exposureKs)
    {
        var pixelR500 = 2.0 / (pixels - 2);
        var area = pixelR500 * r500.Value * pixelR500 * r500.Value;
        var maps = new MapSet
        {
            Name = row.Name,
            Width = pixels,
            Height = pixels,
            Counts = new double[pixels * pixels],
            Exposure = [.. mosaic.ExposureSeconds.Select(seconds => seconds * area)],
            Background = mosaic.Background,
            Mask = [.. mosaic.ExposureSeconds.Select(seconds => seconds > 0)],
            ColumnDensityCm2 = (row.ColumnDensity1E20Cm2 ?? 3) * 1e20,
            PixelR500 = pixelR500,
            R500Kpc = r500.Value,
            Redshift = row.Redshift,
            CentreX = (pixels - 1) / 2.0,
            CentreY = (pixels - 1) / 2.0,
        };
        var model = new SurfaceBrightnessModel(maps, CoolingFunction.At(new Redshift(row.Redshift), Cosmology.Standard), TemperatureProfile.XCop);
        var theta500 = pixel.Value * (pixels - 2) / 2;
        var counts = CountsAtReference * exposureKs / ReferenceKs * Math.Pow(theta500 / ReferenceArcmin, 2);
        return new MockCluster(maps, model.Emission(Scaled(model, maps, Shape(seed.Stream()), counts)));
    }

    private static MeanModelParameters Shape(RandomStream stream) => new()
    {
        Angle = stream.NextUniform(-Math.PI / 2, Math.PI / 2),
        Eccentricity = stream.NextUniform(0.2, 0.7),
        OffsetX = 0.02 * stream.NextNormal(),
        OffsetY = 0.02 * stream.NextNormal(),
        Log10SkyBackground = -10,
        Log10DensitySquared = -5,
        Log10CoreRadius = stream.NextUniform(-1.2, -0.7),
        Log10ScaleRadius = stream.NextUniform(-0.3, 0),
        Beta = stream.NextUniform(0.5, 0.65),
        Epsilon = stream.NextUniform(2, 3),
    };

    // The density scales the cluster's counts linearly in its square; the sky is added as a part of the mean brightness.
    private static MeanModelParameters Scaled(SurfaceBrightnessModel model, MapSet maps, MeanModelParameters shape, double wanted)
    {
        var radius = model.EllipticalRadius(shape);
        var image = model.Image(shape);
        double counts = 0, brightness = 0;
        var inside = 0;
        for (var i = 0; i < image.Length; i++)
        {
            if (radius[i] >= 1) continue;
            counts += image[i] * maps.Exposure[i];
            brightness += image[i];
            inside++;
        }
        var factor = wanted / counts;
        return shape with
        {
            Log10DensitySquared = shape.Log10DensitySquared + Math.Log10(factor),
            Log10SkyBackground = Math.Log10(SkyFraction * factor * brightness / inside),
        };
    }
}
