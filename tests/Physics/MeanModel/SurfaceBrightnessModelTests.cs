using CsCheck;

namespace ClusterSurvey.Physics.MeanModel;

public class SurfaceBrightnessModelTests
{
    private static readonly Gen<MeanModelParameters> AnyShape =
        Gen.Select(Gen.Double[-2, 0], Gen.Double[-1, 1], Gen.Double[0.25, 3], Gen.Double[0, 5])
            .Select(shape => MockCluster.Truth with { Log10CoreRadius = shape.Item1, Log10ScaleRadius = shape.Item2, Beta = shape.Item3, Epsilon = shape.Item4 });

    // The table against the quadrature it is made of, over the whole prior range of shapes.
    [Fact]
    public void The_table_follows_the_projection_to_a_millionth()
    {
        var model = MockCluster.Model(MockCluster.Maps(32, 1e4));
        double[] radii = [0, 0.003, 0.01, 0.021, 0.05, 0.11, 0.3, 0.47, 0.8, 1.2, 1.41];
        AnyShape.Sample(parameters =>
        {
            var brightness = model.Brightness(parameters with { Log10SkyBackground = -300 }, radii);
            var emissivity = model.Emissivity(parameters);
            for (var i = 0; i < radii.Length; i++)
            {
                var projected = 1200 * LineOfSightQuadrature.Project(emissivity, radii[i]);
                Assert.True(Math.Abs(brightness[i] / projected - 1) < 1e-6, $"{parameters.Density} at {radii[i]}: {brightness[i]}, projected {projected}");
            }
        }, iter: 100, threads: 1);
    }

    [Fact]
    public void Counts_are_brightness_times_exposure_plus_background_where_the_mask_allows()
    {
        var maps = MockCluster.Maps(32, 1e4);
        var model = MockCluster.Model(maps);
        var (image, counts) = (model.Image(MockCluster.Truth), model.Counts(MockCluster.Truth));
        for (var pixel = 0; pixel < counts.Length; pixel++)
            Assert.Equal(maps.Mask[pixel] ? image[pixel] * maps.Exposure[pixel] + maps.Background[pixel] : 0, counts[pixel], 1e-12);
    }

    [Fact]
    public void The_image_peaks_at_the_offset_centre()
    {
        var maps = MockCluster.Maps(200, 1e4);
        var image = MockCluster.Model(maps).Image(MockCluster.Truth);
        var peak = Array.IndexOf(image, image.Max());
        Assert.Equal(0.05, (peak % 200 - maps.CentreX) * maps.PixelR500, maps.PixelR500);
        Assert.Equal(-0.03, (peak / 200 - maps.CentreY) * maps.PixelR500, maps.PixelR500);
    }

    [Fact]
    public void The_simulators_get_the_same_emission()
    {
        var maps = MockCluster.Maps(32, 1e4);
        var model = MockCluster.Model(maps);
        var emission = model.Emission(MockCluster.Truth);
        var image = model.Image(MockCluster.Truth);
        foreach (var pixel in new[] { 0, 200, 500, 528 })
        {
            var projected = emission.R500Kpc * LineOfSightQuadrature.Project(emission.Emissivity, emission.EllipticalRadius[pixel]) + emission.SkyBackground;
            Assert.Equal(1, projected / image[pixel], 1e-6);
        }
    }
}
