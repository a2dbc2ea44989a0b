using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Maps;
using ClusterSurvey.Physics.PointSpread;
using ClusterSurvey.Physics.Simulation;
using ClusterSurvey.Physics.Spectra;

namespace ClusterSurvey.Physics.MeanModel;

public sealed class MockAnalysisTests(ITestOutputHelper output)
{
    private const double Log10Sigma = -0.6, Log10Scale = -0.4, Slope = 11.0 / 3;

    private static readonly RadialRegion[] Regions = [new("inner", 0, 0.5), new("global", 0, 1)];

    private static readonly SimulationOptions Options = new()
    {
        SecondOrder = SecondOrder.Refit, Cube = new CubeSettings { DepthR500 = 4 }, Simulator = SimulatorKind.Cube,
    };

    [Fact]
    public void The_search_alone_finds_the_maximum_of_the_fit()
    {
        var data = MockCluster.WithCounts(new Seed(1), MockCluster.Maps(32, 3e4), MockCluster.Truth);
        var fit = new MeanModelFit { Thinning = 1 };
        Assert.Equal(fit.Run(new Seed(2), data, TestContext.Current.CancellationToken).Best, fit.FindBest(data, TestContext.Current.CancellationToken).Best);
    }

    // Both see the same counts. Over 24 fields the spectra of a simulation and of a whole analysis differ on average by less than their scatter over fields by far, but they do differ. Without the
    // smooth factor they differ more: what is left depends on what the mean model took up.
    [Fact]
    public void A_whole_analysis_hardly_moves_spectra_about_a_smooth_factor()
    {
        var with = Shifts(SecondOrder.Refit);
        var without = Shifts(SecondOrder.Normalised);
        Assert.All(with, shift => Assert.InRange(Math.Abs(shift), 1e-9, 0.25));
        Assert.True(with.Max(Math.Abs) < 0.5 * without.Max(Math.Abs), $"{with.Max(Math.Abs)} with the factor, {without.Max(Math.Abs)} without");
    }

    // Mean difference of the spectra of a whole analysis from those of the simulation, in deviations over fields.
    private double[] Shifts(SecondOrder secondOrder)
    {
        const int fields = 24;
        var psf = PointSpreadFunction.Of(new KingProfile(4, 1.5));
        var maps = MockCluster.WithCounts(new Seed(3), MockCluster.Maps(40, 1e5), MockCluster.Truth, psf);
        var options = Options with { Psf = psf, SecondOrder = secondOrder };
        var fit = new MeanModelFit { Psf = psf };
        var (model, best) = fit.FindBest(maps, TestContext.Current.CancellationToken);
        var emission = model.Emission(best);
        ClusterSimulator Steps() => new(new Seed(4), FieldGeometry.Of(maps), Design(maps, emission.EllipticalRadius), emission, _ => emission, options with { EllipticalAngle = model.EllipticalAngle(best) });
        using var steps = Steps();
        using var whole = new MockAnalysis(Steps(), maps, fit, radius => Design(maps, radius));
        var width = steps.Design.Length;
        double[] step = new double[width], all = new double[width], counts = new double[maps.PixelCount];
        double[] sum = new double[width], shift = new double[width], squares = new double[width];
        for (var field = 0; field < fields; field++)
        {
            steps.Simulate(field, Log10Scale, Slope, [Log10Sigma], step);
            whole.Simulate(field, Log10Scale, Slope, [Log10Sigma], all);
            steps.SimulateCounts(field, Log10Scale, Slope, [Log10Sigma], counts);
            // The counts are those of the simulation: observed, they have its spectrum.
            var observed = steps.MeasureObserved(counts).S;
            for (var i = 0; i < width; i++)
            {
                Assert.Equal(step[i], observed[i], 1e-6);
                sum[i] += step[i] / fields;
                squares[i] += step[i] * step[i] / fields;
                shift[i] += (all[i] - step[i]) / fields;
            }
        }
        for (var i = 0; i < width; i++)
        {
            var scatter = Math.Sqrt(squares[i] - sum[i] * sum[i]);
            output.WriteLine($"{secondOrder} {i}: {sum[i]:f3}, scatter {scatter:f3}, shift {shift[i]:f4}");
            shift[i] /= scatter;
        }
        return shift;
    }

    [Fact]
    public void The_numbers_of_a_whole_analysis_depend_on_seed_and_field_alone()
    {
        var maps = MockCluster.WithCounts(new Seed(5), MockCluster.Maps(32, 3e4), MockCluster.Truth);
        var fit = new MeanModelFit();
        var (model, best) = fit.FindBest(maps, TestContext.Current.CancellationToken);
        var emission = model.Emission(best);
        var options = Options with { Null = NullTreatment.Draw };
        using var whole = new MockAnalysis(new ClusterSimulator(new Seed(6), FieldGeometry.Of(maps), Design(maps, emission.EllipticalRadius), emission, _ => emission, options), maps, fit, radius => Design(maps, radius));
        double[][] S(int[] order)
        {
            var found = new double[order.Length][];
            foreach (var field in order) whole.Simulate(field, Log10Scale, Slope, [Log10Sigma], found[field] = new double[whole.Design.Length]);
            return found;
        }
        Assert.Equal(S([0, 1]), S([1, 0]));
        Assert.Contains("fitted to each", whole.FieldsInWords, StringComparison.Ordinal);
    }

    private static SpectrumDesign Design(MapSet maps, double[] radius) => new()
    {
        RegionNames = [.. Regions.Select(region => region.Name)], RegionPixels = [.. Regions.Select(region => region.Pixels(radius, maps.Mask))], ScalesR500 = [0.2, 0.4, 0.8],
        FilterMask = FilterMask.Region, Filter = FilterMode.Fast,
    };
}
