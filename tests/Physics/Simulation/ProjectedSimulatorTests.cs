using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Physics.Simulation;

public class ProjectedSimulatorTests
{
    private const int Side = 48;
    private static readonly CircularCluster Cluster = new() { Pixels = Side, DepthCells = 240 };
    private static readonly ClusterEmission Emission = Cluster.Emission();

    private static ProjectedSimulator Simulator() => new(Side, Side, Cluster.PixelR500, Cluster.Cube with { SmallestBoxR500 = 2.5 }, Emission);

    // The linear term is exact: its variance in a pixel is the sum over the cube's waves of |W|^2 P/V, W the transform of the line of sight's weights.
    [Theory]
    [InlineData(0.1, 3)]
    [InlineData(0.3, 3.7)]
    [InlineData(1, 5)]
    public void The_linear_term_has_the_variance_of_the_cubes_waves(double injectionScale, double slope)
    {
        const int fields = 150;
        using var simulator = Simulator();
        int[] pixels = [24 * Side + 24, 24 * Side + 30, 24 * Side + 44];
        var found = new double[pixels.Length];
        for (var i = 0; i < fields; i++)
        {
            var drawn = simulator.Draw(new Seed(1).Derive(i), Emission, injectionScale, slope, []);
            // The four pixels of equal radius about the centre of the image.
            for (var p = 0; p < pixels.Length; p++)
            {
                int x = pixels[p] % Side, y = pixels[p] / Side;
                foreach (var twin in new[] { y * Side + x, y * Side + Side - 1 - x, (Side - 1 - x) * Side + y, x * Side + y })
                    found[p] += Math.Pow(drawn.Linear[twin], 2) / (4 * fields);
            }
        }
        for (var p = 0; p < pixels.Length; p++)
        {
            var expected = Variance(simulator.Grid, Emission.EllipticalRadius[pixels[p]], new TurbulenceSpectrum(1, injectionScale, slope));
            Assert.Equal(1, Math.Sqrt(found[p] / expected), 0.12);
        }
    }

    private static double Variance(CubeGrid grid, double rho, TurbulenceSpectrum spectrum)
    {
        var window = Enumerable.Range(0, grid.CellsZ / 2).Select(mode => Enumerable.Range(0, grid.CellsZ).Sum(cell =>
        {
            var z = (cell - (grid.CellsZ - 1) / 2.0) * grid.DepthCellR500;
            return Emission.Emissivity(Math.Sqrt(rho * rho + z * z)) * Math.Cos(2 * Math.PI * mode * z / (grid.CellsZ * grid.DepthCellR500)) * grid.DepthCellR500 * Emission.R500Kpc;
        })).ToArray();
        var (sum, side, cells) = (0.0, grid.ShortestSide, grid.CellsX);
        for (var i = 0; i < cells * cells; i++)
        {
            double kx = Math.Min(i % cells, cells - i % cells) / side, ky = Math.Min(i / cells, cells - i / cells) / side;
            for (var mode = 0; mode < window.Length; mode++)
            {
                var kz = mode / (grid.CellsZ * grid.DepthCellR500);
                sum += (mode == 0 ? 1 : 2) * window[mode] * window[mode] * spectrum.Power(Math.Sqrt(kx * kx + ky * ky + kz * kz));
            }
        }
        return sum / grid.Volume;
    }

    [Fact]
    public void Means_over_fields_are_those_of_a_square()
    {
        const int fields = 200, pixel = Side * Side / 2 + Side / 2;
        using var simulator = Simulator();
        double linear = 0, quadratic = 0;
        for (var i = 0; i < fields; i++)
        {
            var drawn = simulator.Draw(new Seed(2).Derive(i), Emission, 0.3, 11.0 / 3, []);
            linear += drawn.Linear[pixel] / drawn.Unperturbed[pixel] / fields;
            quadratic += drawn.Quadratic[pixel] / drawn.Unperturbed[pixel] / drawn.CapturedVariance / fields;
        }
        Assert.Equal(0, linear, 0.1);
        Assert.Equal(1, quadratic, 0.12);
    }

    [Theory]
    [InlineData(0.06, 11.0 / 3)]
    [InlineData(0.3, 2)]
    [InlineData(3, 5)]
    public void The_variance_that_a_draw_reports_is_that_of_the_cubes_grid(double injectionScale, double slope)
    {
        using var simulator = Simulator();
        var captured = simulator.Draw(new Seed(1), Emission, injectionScale, slope, []).CapturedVariance;
        Assert.Equal(1, captured / simulator.Grid.CapturedVariance(new TurbulenceSpectrum(1, injectionScale, slope)), 3e-3);
    }

    [Fact]
    public void Without_fluctuations_the_brightness_is_the_unperturbed_one()
    {
        using var simulator = Simulator();
        var drawn = simulator.Draw(new Seed(1), Emission, 0.3, 11.0 / 3, []);
        Assert.Equal(simulator.Unperturbed(Emission, []), drawn.Unperturbed);
        Assert.Equal(drawn.Unperturbed[300], drawn.Brightness(300, 0, true));
    }

    [Fact]
    public void Only_selected_pixels_are_computed_and_they_do_not_change()
    {
        using var simulator = Simulator();
        bool[] selected = [.. Emission.EllipticalRadius.Select(radius => radius < 0.5)];
        PerturbedEmission all = simulator.Draw(new Seed(1), Emission, 0.3, 4, []), some = simulator.Draw(new Seed(1), Emission, 0.3, 4, selected);
        for (var i = 0; i < selected.Length; i++)
        {
            Assert.Equal(selected[i] ? all.Linear[i] : 0, some.Linear[i]);
            Assert.Equal(selected[i] ? all.Quadratic[i] : 0, some.Quadratic[i]);
        }
    }

    [Fact]
    public void Equal_seeds_give_equal_bits_on_any_thread()
    {
        using var simulator = Simulator();
        double[] Draw(int i)
        {
            var drawn = simulator.Draw(new Seed((ulong)i), Emission, 0.2 + 0.1 * i, 4, []);
            return [.. drawn.Linear, .. drawn.Quadratic];
        }
        var alone = Enumerable.Range(0, 8).Select(Draw).ToArray();
        var together = Enumerable.Range(0, 8).Reverse().AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(Draw).ToArray();
        Assert.Equal(alone, together.Reverse());
        Assert.NotEqual(alone[0], alone[1]);
    }

    [Fact]
    public void Emission_of_another_size_is_refused()
    {
        using var simulator = Simulator();
        Assert.Throws<ArgumentException>(() => simulator.Draw(new Seed(1), Emission with { EllipticalRadius = [1] }, 0.3, 4, []));
        Assert.Throws<ArgumentException>(() => simulator.Unperturbed(Emission, new bool[3]));
    }
}
