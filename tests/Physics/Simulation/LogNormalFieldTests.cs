using System.Runtime.InteropServices;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Turbulence;
using TorchSharp;

namespace ClusterSurvey.Physics.Simulation;

public class LogNormalFieldTests(ITestOutputHelper output)
{
    private const int Side = 24, Depth = 96, Cubes = 40;
    private static readonly CubeGrid Grid = new(Side, Side, Depth, 2.0 / Side, 8.0 / Depth);
    private static readonly TurbulenceSpectrum Spectrum = new(0.8, 0.4, 4);

    private static float[] Draw(Seed seed, TurbulenceSpectrum spectrum, out double captured)
    {
        var field = new LogNormalField(Grid);
        captured = field.Draw(seed, spectrum);
        return [.. Enumerable.Range(0, Side).SelectMany(y => field.Row(y, Side).ToArray())];
    }

    private sealed record Moments(double Mean, double Variance, double Skewness, double Least);

    private static Moments Of(Func<Seed, float[]> draw)
    {
        double mean = 0, square = 0, cube = 0, least = 0;
        for (var i = 0; i < Cubes; i++)
        {
            var values = draw(new Seed(3).Derive(i));
            mean += values.Average(value => Spectrum.Sigma * value) / Cubes;
            square += values.Average(value => Math.Pow(Spectrum.Sigma * value, 2)) / Cubes;
            cube += values.Average(value => Math.Pow(Spectrum.Sigma * value, 3)) / Cubes;
            least = Math.Min(least, Spectrum.Sigma * values.Min());
        }
        return new Moments(mean, square, cube / Math.Pow(square, 1.5), least);
    }

    // With w the variance of delta on the grid: skewness (w + 3) sqrt(w), that of a log-normal number of mean 1.
    [Fact]
    public void One_point_moments_are_log_normal_and_densities_positive()
    {
        Draw(new Seed(1), Spectrum, out var captured);
        var variance = captured * Spectrum.Sigma * Spectrum.Sigma;
        Assert.Equal(1, captured * Spectrum.Sigma * Spectrum.Sigma / Grid.CapturedVariance(Spectrum), 0.02);
        var moments = Of(seed => Draw(seed, Spectrum, out _));
        output.WriteLine($"{moments}, expected variance {variance}, skewness {(variance + 3) * Math.Sqrt(variance)}");
        Assert.True(moments.Least > -1);
        Assert.Equal(0, moments.Mean, 0.01);
        Assert.Equal(1, moments.Variance / variance, 0.04);
        Assert.Equal(1, moments.Skewness / ((variance + 3) * Math.Sqrt(variance)), 0.12);
        // A Gaussian field of the same spectrum must fail both.
        using var gaussian = new GaussianField(Grid);
        var control = Of(seed =>
        {
            gaussian.Draw(seed, new TurbulenceSpectrum(1, Spectrum.InjectionScale, Spectrum.Slope));
            return [.. Enumerable.Range(0, Side).SelectMany(y => gaussian.Row(y, Side).ToArray())];
        });
        Assert.True(control.Least < -1);
        Assert.Equal(0, control.Skewness, 0.1);
    }

    // |FFT|^2 V/n^2 in bins of k against P; exp(g) of a g that has delta's own spectrum has too much power.
    [Fact]
    public void The_spectrum_is_the_one_asked_for()
    {
        var (measured, expected) = (new double[9], new double[9]);
        for (var i = 0; i < Cubes; i++) AddPower(Draw(new Seed(7).Derive(i), Spectrum, out _), measured, expected);
        for (var bin = 2; bin < 9; bin++)
        {
            output.WriteLine($"bin {bin}: {measured[bin] / expected[bin]:f3}");
            Assert.Equal(1, measured[bin] / expected[bin], 0.06);
        }
        Draw(new Seed(1), Spectrum, out var captured);
        Assert.True(Math.Exp(captured * Spectrum.Sigma * Spectrum.Sigma) - 1 > 1.2 * captured * Spectrum.Sigma * Spectrum.Sigma, "the test must tell g's spectrum from delta's");
    }

    private static void AddPower(float[] values, double[] measured, double[] expected)
    {
        using var scope = torch.NewDisposeScope();
        var modes = torch.fft.fftn(torch.tensor(values, [Side, Side, Depth])).abs().square().contiguous();
        var powers = MemoryMarshal.Cast<byte, float>(modes.bytes);
        for (var i = 0; i < powers.Length; i++)
        {
            var (z, x, y) = (i % Depth, i / Depth % Side, i / Depth / Side);
            double kx = Math.Min(x, Side - x) / 2.0, ky = Math.Min(y, Side - y) / 2.0, kz = Math.Min(z, Depth - z) / 8.0;
            var k = Math.Sqrt(kx * kx + ky * ky + kz * kz);
            var bin = (int)Math.Round(2 * k);
            if (bin == 0 || bin >= measured.Length) continue;
            measured[bin] += powers[i] * Spectrum.Sigma * Spectrum.Sigma * Grid.Volume / ((double)Grid.Cells * Grid.Cells);
            expected[bin] += Spectrum.Power(k);
        }
    }

    [Fact]
    public void Equal_seeds_give_equal_bits_and_nothing_is_left_behind()
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Assert.Equal(Draw(new Seed(5), Spectrum, out _), Draw(new Seed(5), Spectrum, out _));
        Assert.NotEqual(Draw(new Seed(5), Spectrum, out _), Draw(new Seed(6), Spectrum, out _));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Calm_gas_and_impossible_correlations_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Draw(new Seed(1), new TurbulenceSpectrum(0, 0.3, 4), out _));
        Assert.Throws<ArgumentException>(() => Draw(new Seed(1), new TurbulenceSpectrum(10, 1, 6), out _));
    }
}
