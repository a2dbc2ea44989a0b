using System.Runtime.InteropServices;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Turbulence;
using TorchSharp;

namespace ClusterSurvey.Physics.Simulation.Projected;

public class SquareSpectrumTests
{
    // exp(-k^2/2s^2) with itself: 2 (pi s^2)^(3/2) exp(-k^2/4s^2).
    [Fact]
    public void A_gaussian_spectrum_gives_a_gaussian()
    {
        const double s = 4;
        var square = new SquareSpectrum(32);
        var power = Enumerable.Range(0, square.Waves).Select(i => (float)Math.Exp(-Math.Pow(square.Wavenumber(i) / s, 2) / 2)).ToArray();
        square.Square(power);
        for (var i = 0; square.Wavenumber(i) < 12; i++)
            Assert.Equal(1, power[i] / (2 * Math.Pow(Math.PI * s * s, 1.5) * Math.Exp(-Math.Pow(square.Wavenumber(i) / s, 2) / 4)), 1e-3);
    }

    // All fields of a cluster share it; each thread squares spectra of its own.
    [Fact]
    public void Threads_do_not_disturb_each_other()
    {
        var square = new SquareSpectrum(32);
        float[] Squared(int slope)
        {
            var power = Enumerable.Range(0, square.Waves).Select(i => (float)Math.Pow(square.Wavenumber(i), -1 - slope)).ToArray();
            square.Square(power);
            return power;
        }
        var alone = Enumerable.Range(0, 4).Select(Squared).ToArray();
        Assert.All(Enumerable.Range(0, 8000).AsParallel().WithDegreeOfParallelism(4).Select(i => (i, Power: Squared(i % 4))), squared => Assert.Equal(alone[squared.i % 4], squared.Power));
    }

    // |FFT|^2 of delta_S^2 in cubes from which the large scales were filtered, against the spectrum that the projected simulator takes.
    [Fact]
    public void The_square_of_a_cubes_small_scales_has_this_spectrum()
    {
        const int cubes = 12, bins = 10;
        var grid = new CubeGrid(64, 64, 64, 1.0 / 32, 1.0 / 32);
        var split = ScaleSplit.For(grid);
        var spectrum = new TurbulenceSpectrum(1, 0.2, 11.0 / 3);
        var basis = new SightlineBasis(SightlineBasisTests.Emission, grid);
        var waves = new SmallWaves(grid, split, new ProjectedSpectra(basis.Transforms(), grid));
        var expected = Enumerable.Range(0, waves.Squares.Waves).Select(i => (float)spectrum.Power(waves.Squares.Wavenumber(i)) * waves.IsotropicShares[i]).ToArray();
        waves.Squares.Square(expected);
        var measured = new double[bins];
        using var field = new GaussianField(grid);
        for (var cube = 0; cube < cubes; cube++) AddSquare(field, new Seed(1).Derive(cube), grid, split, spectrum, measured);
        for (var bin = 2; bin < bins; bin++)
        {
            var (place, fraction) = waves.Squares.Locate(bin / grid.ShortestSide);
            Assert.Equal(1, measured[bin] / cubes / (expected[place] + fraction * (expected[place + 1] - expected[place])), 0.1);
        }
    }

    private static void AddSquare(GaussianField field, Seed seed, CubeGrid grid, ScaleSplit split, TurbulenceSpectrum spectrum, double[] measured)
    {
        using var scope = torch.NewDisposeScope();
        field.Draw(seed, spectrum);
        float[] values = [.. Enumerable.Range(0, grid.CellsY).SelectMany(y => field.Row(y, grid.CellsX).ToArray())];
        var axis = torch.fft.fftfreq(grid.CellsX, grid.CellR500).square();
        var k = (axis.reshape(-1, 1, 1) + axis.reshape(-1, 1) + axis).sqrt();
        var shares = ((k - split.Full) / (split.None - split.Full)).clamp(0, 1).mul(Math.PI / 2).sin();
        var small = torch.fft.ifftn(torch.fft.fftn(torch.tensor(values, [grid.CellsY, grid.CellsX, grid.CellsZ])) * shares).real;
        var square = small.square();
        var power = torch.fft.fftn(square - square.mean()).abs().square().mul(grid.Volume / Math.Pow(grid.Cells, 2)).to(torch.ScalarType.Float32).contiguous();
        var place = k.mul(grid.ShortestSide).round().to(torch.ScalarType.Float32).contiguous();
        var (powers, places) = (MemoryMarshal.Cast<byte, float>(power.bytes).ToArray(), MemoryMarshal.Cast<byte, float>(place.bytes).ToArray());
        foreach (var bin in powers.Zip(places).GroupBy(pair => pair.Second).Where(bin => bin.Key < measured.Length)) measured[(int)bin.Key] += bin.Average(pair => pair.First);
    }

    [Fact]
    public void Fields_on_several_threads_do_not_disturb_each_other()
    {
        var squares = new SquareSpectrum(50);
        var alone = Enumerable.Range(0, 400).Select(Of).ToArray();
        var together = new float[alone.Length][];
        Parallel.For(0, alone.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => together[i] = Of(i));
        Assert.Equal(alone, together);
        Assert.NotEqual(alone[0], alone[1]);

        float[] Of(int i)
        {
            float[] power = [.. Enumerable.Range(0, squares.Waves).Select(wave => (float)Math.Pow(squares.Wavenumber(wave), -2 - 0.01 * i))];
            squares.Square(power);
            return power;
        }
    }
}
