using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Spectra;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Physics.Simulation;

public class CubeSimulatorTests
{
    private static readonly CircularCluster Cluster = new() { Pixels = 24, DepthCells = 64 };
    private static readonly ClusterEmission Emission = Cluster.Emission();

    private static CubeSimulator Simulator(double box = 0) => new(24, 24, Cluster.PixelR500, new CubeSettings { SmallestBoxR500 = box, DepthCells = 64 });

    [Fact]
    public void Without_fluctuations_the_brightness_is_the_unperturbed_one()
    {
        using var simulator = Simulator();
        var drawn = simulator.Draw(new Seed(1), Emission, 0.3, 11.0 / 3, []);
        Assert.Equal(simulator.Unperturbed(Emission, []), drawn.Unperturbed);
        Assert.Equal(drawn.Unperturbed[300], drawn.Brightness(300, 0, true));
    }

    // int eps (1 + sigma g)^2 is never negative and quadratic in sigma; the mean over fields of its last term is captured variance times S0.
    [Fact]
    public void Means_over_fields_are_those_of_a_square()
    {
        using var simulator = Simulator();
        double linear = 0, quadratic = 0, captured = 0, plain = 0, normalised = 0;
        const int fields = 200, pixel = 24 * 12 + 12;
        var unperturbed = simulator.Unperturbed(Emission, [])[pixel];
        for (var i = 0; i < fields; i++)
        {
            var drawn = simulator.Draw(new Seed(2).Derive(i), Emission, 0.3, 11.0 / 3, []);
            linear += drawn.Linear[pixel] / unperturbed / fields;
            quadratic += drawn.Quadratic[pixel] / unperturbed / fields;
            captured = drawn.CapturedVariance;
            plain += drawn.Brightness(pixel, 1, false) / unperturbed / fields;
            normalised += drawn.Brightness(pixel, 1, true) / unperturbed / fields;
            Assert.All(Enumerable.Range(0, 24 * 24), p => Assert.True(drawn.Brightness(p, 3, false) >= 0));
        }
        Assert.Equal(0, linear, 0.12);
        Assert.Equal(captured, quadratic, 0.12);
        Assert.Equal(1 + captured, plain, 0.3);
        Assert.Equal(1, normalised, 0.2);
    }

    [Fact]
    public void Only_selected_pixels_are_computed_and_they_do_not_change()
    {
        using var simulator = Simulator();
        bool[] selected = [.. Emission.EllipticalRadius.Select(radius => radius < 0.5)];
        var all = simulator.Draw(new Seed(1), Emission, 0.3, 4, []);
        var some = simulator.Draw(new Seed(1), Emission, 0.3, 4, selected);
        for (var i = 0; i < selected.Length; i++) Assert.Equal(selected[i] ? all.Linear[i] : 0, some.Linear[i]);
    }

    [Fact]
    public void Equal_seeds_give_equal_bits_on_any_thread()
    {
        using var simulator = Simulator(2.5);
        double[] Draw(int i) => simulator.Draw(new Seed((ulong)i), Emission, 0.3, 4, []).Linear;
        var alone = Enumerable.Range(0, 8).Select(Draw).ToArray();
        var together = Enumerable.Range(0, 8).AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(Draw).ToArray();
        Assert.Equal(alone, together);
    }

    // In the image's own box opposite edges are neighbours; in a padded one they are not.
    [Fact]
    public void Padding_unties_opposite_edges_of_the_image()
    {
        double Correlation(double box)
        {
            using var simulator = Simulator(box);
            double product = 0, square = 0;
            for (var i = 0; i < 60; i++)
            {
                var drawn = simulator.Draw(new Seed(3).Derive(i), Emission, 0.3, 4, []);
                for (var y = 0; y < 24; y++)
                {
                    double left = drawn.Linear[24 * y], right = drawn.Linear[24 * y + 23];
                    product += left * right;
                    square += (left * left + right * right) / 2;
                }
            }
            return product / square;
        }
        Assert.InRange(Correlation(0), 0.2, 0.45);
        Assert.InRange(Correlation(3.5), -0.15, 0.15);
    }

    // The chain of conventions from P3D to the Mexican hat: P2D(k) = int P3D(sqrt(k^2 + kz^2)) |W(kz)|^2 dkz with W the transform of the emissivity along the
    // line of sight (Churazov et al. 2012), as a sum over the box's modes; through the filter's response 4 pi^2 sigma^2 k^2 exp(-2 pi^2 sigma^2 k^2).
    [Fact]
    public void The_projected_field_has_the_spectrum_of_the_projection_integral()
    {
        const int side = 64, fields = 40;
        const double box = 2, rho = 0.3, scale = 0.25;
        using var simulator = new CubeSimulator(side, side, box / side, new CubeSettings { SmallestBoxR500 = 0, DepthCells = 256 });
        var everywhere = Emission with { EllipticalRadius = [.. Enumerable.Repeat(rho, side * side)], R500Kpc = 1 };
        bool[] all = [.. Enumerable.Repeat(true, side * side)];
        var filter = new MexicanHatFilter(side, side, box / side, all, [scale], FilterBoundary.Periodic);
        var powers = Enumerable.Range(0, fields).Select(i => filter.Power(simulator.Draw(new Seed(4).Derive(i), everywhere, 0.3, 11.0 / 3, []).Linear, [all])[0][0]).ToArray();
        var (mean, expected) = (powers.Average(), ExpectedPower(simulator.Grid, everywhere.Emissivity, rho, scale));
        var error = Math.Sqrt(powers.Sum(power => Math.Pow(power - mean, 2)) / (fields * (fields - 1.0)));
        Assert.InRange(error / mean, 0, 0.03);
        Assert.Equal(0, (mean - expected) / error, 3.0);
    }

    private static double ExpectedPower(CubeGrid grid, Func<double, double> emissivity, double rho, double scale)
    {
        var spectrum = new TurbulenceSpectrum(1, 0.3, 11.0 / 3);
        var depth = grid.CellsZ * grid.DepthCellR500;
        var window = Enumerable.Range(0, grid.CellsZ / 2).Select(mode => Enumerable.Range(0, grid.CellsZ).Sum(cell =>
        {
            var z = (cell - (grid.CellsZ - 1) / 2.0) * grid.DepthCellR500;
            return emissivity(Math.Sqrt(rho * rho + z * z)) * Math.Cos(2 * Math.PI * mode * z / depth) * grid.DepthCellR500;
        })).ToArray();
        var (sigma, sum, side) = (scale / (Math.Sqrt(2) * Math.PI), 0.0, grid.CellsX);
        for (var i = 1; i < side * side; i++)
        {
            double kx = Math.Min(i % side, side - i % side) / grid.ShortestSide, ky = Math.Min(i / side, side - i / side) / grid.ShortestSide;
            var square = kx * kx + ky * ky;
            var response = 4 * Math.PI * Math.PI * sigma * sigma * square * Math.Exp(-2 * Math.PI * Math.PI * sigma * sigma * square);
            var projected = window.Select((weight, mode) => (mode == 0 ? 1 : 2) * weight * weight * spectrum.Power(Math.Sqrt(square + mode * mode / (depth * depth)))).Sum() / depth;
            sum += response * response * projected / (grid.ShortestSide * grid.ShortestSide);
        }
        return sum * scale * scale / Math.PI;
    }

    [Fact]
    public void Emission_of_another_size_is_refused()
    {
        using var simulator = Simulator();
        Assert.Throws<ArgumentException>(() => simulator.Draw(new Seed(1), Emission with { EllipticalRadius = [1] }, 0.3, 4, []));
        Assert.Throws<ArgumentException>(() => simulator.Unperturbed(Emission, new bool[3]));
    }
}
