using System.Runtime.InteropServices;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Turbulence;
using TorchSharp;

namespace ClusterSurvey.Physics.Simulation;

public class GaussianFieldTests
{
    private const int Side = 24;

    private static float[] Draw(GaussianField field, CubeGrid grid, Seed seed, TurbulenceSpectrum spectrum)
    {
        field.Draw(seed, spectrum);
        return [.. Enumerable.Range(0, grid.CellsY).SelectMany(y => field.Row(y, grid.CellsX).ToArray())];
    }

    // Cells that are not cubes, and an injection scale that the box carries.
    [Fact]
    public void The_spectrum_of_cubes_is_the_one_asked_for_and_their_variance_its_sum()
    {
        const int cubes = 60;
        var grid = new CubeGrid(Side, Side, 5 * Side, 2.0 / Side, 8.0 / (5 * Side));
        var spectrum = new TurbulenceSpectrum(0.7, 0.3, 11.0 / 3);
        using var field = new GaussianField(grid);
        double variance = 0, mean = 0;
        var (measured, expected) = (new double[Side / 3 + 1], new double[Side / 3 + 1]);
        for (var cube = 0; cube < cubes; cube++)
        {
            var values = Draw(field, grid, new Seed(1).Derive(cube), spectrum);
            mean += values.Average(value => (double)value) / cubes;
            variance += values.Average(value => (double)value * value) / cubes;
            AddSpectrum(values, grid, spectrum, measured, expected);
        }
        Assert.Equal(1, variance / grid.CapturedVariance(spectrum), 0.01);
        Assert.Equal(0, mean, 1e-6);
        for (var bin = 3; bin < measured.Length; bin++) Assert.Equal(1, measured[bin] / expected[bin], 0.03);
    }

    [Fact]
    public void The_variance_that_a_draw_reports_is_that_of_its_grid()
    {
        var grid = new CubeGrid(20, 24, 50, 0.1, 0.08);
        using var field = new GaussianField(grid);
        foreach (var (scale, slope) in new[] { (0.05, 11.0 / 3), (0.3, 2.0), (1, 5), (10, 4) })
        {
            var spectrum = new TurbulenceSpectrum(1, scale, slope);
            Assert.Equal(1, field.Draw(new Seed(1), spectrum) / grid.CapturedVariance(spectrum), 2e-4);
        }
    }

    [Fact]
    public void Equal_seeds_give_equal_bits_and_all_64_bits_of_a_seed_count()
    {
        var grid = new CubeGrid(8, 8, 16, 0.1, 0.1);
        var spectrum = new TurbulenceSpectrum(1, 0.3, 4);
        using GaussianField one = new(grid), other = new(grid);
        var first = Draw(one, grid, new Seed(5), spectrum);
        Draw(other, grid, new Seed(6), spectrum);
        Assert.Equal(first, Draw(other, grid, new Seed(5), spectrum));
        // Torch by itself would drop the upper half of the seed.
        Assert.NotEqual(first, Draw(other, grid, new Seed(5 + (1UL << 32)), spectrum));
    }

    [Fact]
    public void Drawing_leaves_no_tensor_behind()
    {
        var grid = new CubeGrid(8, 8, 16, 0.1, 0.1);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var field = new GaussianField(grid))
        {
            Draw(field, grid, new Seed(1), new TurbulenceSpectrum(1, 0.3, 4));
            var held = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            for (var i = 0; i < 5; i++) Draw(field, grid, new Seed((ulong)i), new TurbulenceSpectrum(1, 0.3, 4));
            Assert.Equal(held, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    // |FFT|^2 V/n^2 against P, in bins of the lowest mode's wavenumber.
    private static void AddSpectrum(float[] values, CubeGrid grid, TurbulenceSpectrum spectrum, double[] measured, double[] expected)
    {
        using var scope = torch.NewDisposeScope();
        var modes = torch.fft.fftn(torch.tensor(values, [grid.CellsY, grid.CellsX, grid.CellsZ])).abs().square().contiguous();
        var powers = MemoryMarshal.Cast<byte, float>(modes.bytes);
        var unit = 1 / grid.ShortestSide;
        for (var i = 0; i < powers.Length; i++)
        {
            var (z, x, y) = (i % grid.CellsZ, i / grid.CellsZ % grid.CellsX, i / grid.CellsZ / grid.CellsX);
            double kx = K(x, grid.CellsX, grid.CellR500), ky = K(y, grid.CellsY, grid.CellR500), kz = K(z, grid.CellsZ, grid.DepthCellR500);
            var k = Math.Sqrt(kx * kx + ky * ky + kz * kz);
            var bin = (int)Math.Round(k / unit);
            if (bin == 0 || bin >= measured.Length) continue;
            measured[bin] += powers[i] * grid.Volume / ((double)grid.Cells * grid.Cells);
            expected[bin] += spectrum.Power(k);
        }

        static double K(int mode, int cells, double cell) => Math.Min(mode, cells - mode) / (cells * cell);
    }
}
