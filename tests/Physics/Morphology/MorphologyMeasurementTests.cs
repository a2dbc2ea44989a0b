using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Maps;
using ClusterSurvey.Physics.MeanModel;

namespace ClusterSurvey.Physics.Morphology;

/// <summary>Shapes of images that are known in closed form, with so much exposure that noise does not matter, and then with noise.</summary>
public class MorphologyMeasurementTests
{
    private const int Pixels = 81;
    private static readonly Ellipse Circle = new(40, 40, 0, 0, 1 / 38.0);
    private static readonly MorphologyMeasurement Measurement = new() { Draws = 20 };

    [Fact]
    public void A_uniform_disc_is_equal_and_symmetric()
    {
        var morphology = Measure(Circle, _ => 1, _ => 1);
        Assert.Equal(0.15 * 0.15, morphology.Concentration!.Value.Value, 2e-4);
        Assert.Equal(0, morphology.Gini!.Value.Value, 1e-6);
        Assert.Equal(0, morphology.CentroidShift!.Value.Value, 1e-6);
        Assert.Equal(0, morphology.Zernike!.Value.Value, 1e-3);
        Assert.Equal(1, morphology.Coverage, 1e-12);
    }

    // Light within a: 1 - (1 + (a / rc)^2)^(3/2 - 3 beta).
    [Theory]
    [InlineData(0.6, 0.12)]
    [InlineData(0.8, 0.3)]
    public void The_concentration_of_a_beta_model_is_that_of_its_closed_form(double beta, double core)
    {
        double Light(double radius) => 1 - Math.Pow(1 + radius * radius / (core * core), 1.5 - 3 * beta);
        var ellipse = Circle with { Angle = 0.4, Eccentricity = 0.5 };
        double Brightness((double X, double Y) p) => Math.Pow(1 + Square(ellipse.OnDisc(p.X, p.Y)) / (core * core), 0.5 - 3 * beta);
        Assert.Equal(Light(0.15) / Light(1), Measure(ellipse, Brightness, Brightness).Concentration!.Value.Value, 3e-3);
    }

    // To first order in the offset d, the centroid within R of a Gaussian of width s lies at d (1 - (1 + q) exp(-q)) / (1 - exp(-q)), q = R^2 / 2 s^2.
    [Fact]
    public void An_off_centre_gaussian_has_the_centroid_shift_of_its_closed_form()
    {
        const double width = 0.3, offset = 0.01;
        double[] centroids = [.. Enumerable.Range(1, 10).Select(i => i / 10.0 * (i / 10.0) / (2 * width * width)).Select(q => offset * (1 - (1 + q) * Math.Exp(-q)) / (1 - Math.Exp(-q)))];
        var expected = Math.Sqrt(centroids.Sum(c => Math.Pow(c - centroids.Average(), 2)) / 9);
        double Gaussian((double X, double Y) p, double shift) => Math.Exp(-(Math.Pow((p.X - 40) / 38 - 0.6 * shift, 2) + Math.Pow((p.Y - 40) / 38 - 0.8 * shift, 2)) / (2 * width * width));
        var morphology = Measure(Circle, p => Gaussian(p, offset), p => Gaussian(p, 0));
        Assert.Equal(expected, morphology.CentroidShift!.Value.Value, 0.02 * expected);
        Assert.Equal(0, Measure(Circle, p => Gaussian(p, 0), p => Gaussian(p, 0)).CentroidShift!.Value.Value, 1e-7);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 2)]
    [InlineData(5, 3)]
    public void A_pure_mode_is_found_with_its_amplitude_whichever_way_it_points(int n, int m)
    {
        const double amplitude = 0.05;
        var ellipse = Circle with { Angle = 0.7, Eccentricity = 0.7 };
        foreach (var phase in new[] { 0, 0.9 })
        {
            var mode = new ZernikeMode(n, m);
            double WithMode(Ellipse frame, (double X, double Y) p)
            {
                var (u, v) = frame.OnDisc(p.X, p.Y);
                if (u * u + v * v >= 1.2) return 1;
                var (cosine, sine) = mode.At(u, v);
                return 1 + amplitude * (Math.Cos(phase) * cosine + Math.Sin(phase) * sine);
            }
            // Seventy-seven pixels across leave a few ten-thousandths in each of the other modes, and the square root makes much of them.
            Assert.Equal(Math.Sqrt(amplitude), Pure(ellipse), 0.06);
            // A frame that is not the image's own spreads the mode over many: the test can tell.
            Assert.True(Pure(ellipse with { Angle = 0.7 + Math.PI / 2 }) > Math.Sqrt(amplitude) + 0.3);

            double Pure(Ellipse frame) => Measure(ellipse, p => WithMode(frame, p), _ => 1).Zernike!.Value.Value;
        }
    }

    [Fact]
    public void Modes_without_direction_count_for_nothing()
    {
        double Ring((double X, double Y) p) => 1 + 0.3 * (2 * Square(Circle.OnDisc(p.X, p.Y)) - 1);
        Assert.Equal(0, Measure(Circle, Ring, Ring).Zernike!.Value.Value, 1e-3);
        // Were the ring not in the mean model, the corners of the pixels along the edge would be all that is seen of it.
        Assert.InRange(Measure(Circle, Ring, _ => 1).Zernike!.Value.Value, 0, 0.6);
    }

    [Fact]
    public void Holes_take_nothing_from_a_symmetric_cluster_and_are_told()
    {
        var open = MockCluster.Maps(64, 1e5);
        var maps = MockCluster.WithMask(open, (x, y) => Math.Abs(x - 0.3) > 0.12 || Math.Abs(y + 0.1) > 0.12);
        var (whole, holed) = (Run(Noiseless(open)), Run(Noiseless(maps)));
        Assert.InRange(holed.Coverage, 0.5, whole.Coverage - 0.02);
        Assert.Equal(whole.Concentration!.Value.Value, holed.Concentration!.Value.Value, 1e-9);
        Assert.Equal(0, holed.CentroidShift!.Value.Value, 1e-6);
        Assert.Equal(0, holed.Zernike!.Value.Value, 1e-3);
        // Left as they are, dark holes would be a structure.
        var dark = Run(Noiseless(maps) with { Mask = open.Mask, Exposure = open.Exposure });
        Assert.True(dark.Zernike!.Value.Value > 0.5, $"{dark.Zernike}");
        Assert.True(dark.CentroidShift!.Value.Value > 0.002, $"{dark.CentroidShift}");
    }

    // Over mocks of one cluster, indicators scatter about those of its mean model by their errors; without the correction for noise they would not.
    [Fact]
    public void Noise_leaves_no_bias_and_errors_are_those_of_repetition()
    {
        var maps = MockCluster.Maps(48, 2e4);
        var concentration = Run(Noiseless(maps)).Concentration!.Value.Value;
        var mocks = Enumerable.Range(0, 40).Select(i => Run(MockCluster.WithCounts(new Seed(7).Derive(i), maps, MockCluster.Truth))).ToArray();
        AssertFair(concentration, [.. mocks.Select(mock => mock.Concentration!.Value)]);
        AssertFair(NoiselessGini(maps), [.. mocks.Select(mock => mock.Gini!.Value)]);
        // Centroids and modes of a symmetric cluster are noise: half of them lose it all, none keeps as much as it had.
        Assert.InRange(mocks.Average(mock => mock.CentroidShift!.Value.Value), 0, 2 * mocks.Average(mock => mock.CentroidShift!.Value.Error));
        Assert.True(mocks.Average(mock => mock.Zernike!.Value.Value) < 0.8 * RawZernike(maps));
    }

    [Fact]
    public void Raw_gini_of_a_noisy_map_is_biased_by_many_errors()
    {
        var maps = MockCluster.Maps(48, 2e4);
        var mock = MockCluster.WithCounts(new Seed(7), maps, MockCluster.Truth);
        var image = Image(mock);
        var raw = MorphologyIndicators.Of(image, image.Residual(image.Observed), 1).Gini!.Value;
        var measured = Run(mock).Gini!.Value;
        Assert.True(raw - NoiselessGini(maps) > 10 * measured.Error, $"raw {raw}, true {NoiselessGini(maps)}, error {measured.Error}");
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_a_dark_sky_no_shape()
    {
        var mock = MockCluster.WithCounts(new Seed(3), MockCluster.Maps(32, 5e3), MockCluster.Truth);
        Assert.Equal(Run(mock), Run(mock));
        var dark = Run(mock with { Counts = new double[mock.PixelCount] });
        Assert.Null(dark.Gini);
        Assert.Null(dark.CentroidShift);
    }

    private static double RawZernike(MapSet maps) => Enumerable.Range(0, 10).Average(i =>
    {
        var image = Image(MockCluster.WithCounts(new Seed(7).Derive(i), maps, MockCluster.Truth));
        return MorphologyIndicators.Of(image, image.Residual(image.Observed), noisePortions: 0).Zernike!.Value;
    });

    private static double NoiselessGini(MapSet maps)
    {
        var image = Image(maps);
        return MorphologyIndicators.Of(image, new double[image.Count], 0).Gini!.Value;
    }

    private static (MapSet Maps, Ellipse Ellipse, double[] Image) Padded(MapSet maps)
    {
        var (whole, truth) = (maps.Padded(6), MockCluster.Truth);
        return (whole, truth.Ellipse(whole.CentreX, whole.CentreY, whole.PixelR500), MockCluster.Model(whole).Image(truth with { Log10SkyBackground = -30 }));
    }

    private static MorphologyImage Image(MapSet maps)
    {
        var (whole, ellipse, image) = Padded(maps);
        return new MorphologyImage(whole, ellipse, image, MockCluster.Truth.SkyBackground);
    }

    private static ClusterMorphology Run(MapSet maps)
    {
        var (whole, ellipse, image) = Padded(maps);
        return Measurement.Run(new Seed(1), whole, ellipse, image, MockCluster.Truth.SkyBackground);
    }

    private static MapSet Noiseless(MapSet maps) => maps with { Counts = MockCluster.Model(maps).Counts(MockCluster.Truth) };

    private static void AssertFair(double truth, Indicator[] measured)
    {
        var mean = measured.Average(one => one.Value);
        var scatter = Math.Sqrt(measured.Sum(one => (one.Value - mean) * (one.Value - mean)) / (measured.Length - 1));
        Assert.Equal(truth, mean, 4 * scatter / Math.Sqrt(measured.Length));
        Assert.InRange(scatter / measured.Average(one => one.Error), 0.7, 1.4);
    }

    private static ClusterMorphology Measure(Ellipse ellipse, Func<(double X, double Y), double> brightness, Func<(double X, double Y), double> model)
    {
        const double exposure = 1e12, sky = 0.1;
        (double X, double Y)[] points = [.. Enumerable.Range(0, Pixels * Pixels).Select(i => ((double)(i % Pixels), (double)(i / Pixels)))];
        var maps = new MapSet
        {
            Name = "image", Width = Pixels, Height = Pixels, Counts = [.. points.Select(p => (brightness(p) + sky) * exposure + 5)], Exposure = [.. points.Select(_ => exposure)],
            Background = [.. points.Select(_ => 5.0)], Mask = [.. points.Select(_ => true)], ColumnDensityCm2 = 3e20, PixelR500 = ellipse.PixelR500, R500Kpc = 1000, Redshift = 0.06,
            CentreX = ellipse.CentreX, CentreY = ellipse.CentreY,
        };
        return Measurement.Run(new Seed(1), maps, ellipse, [.. points.Select(model)], sky);
    }

    private static double Square((double U, double V) p) => p.U * p.U + p.V * p.V;
}
