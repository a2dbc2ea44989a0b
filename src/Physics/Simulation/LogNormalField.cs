using System.Runtime.InteropServices;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Turbulence;
using TorchSharp;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// Draws log-normal fields on a grid, <c>1 + delta = exp(g - var(g)/2)</c>. The correlation function of the Gaussian field g is <c>ln(1 + xi)</c> with xi the
/// one that the spectrum
/// of delta has on the grid (Coles and Jones 1991), so that delta has just that spectrum there; where no Gaussian field has such a correlation, which strong
/// and shallow spectra
/// ask for, the negative powers of g are left out and delta's power differs. The whole field is held in memory.
/// </summary>
internal sealed class LogNormalField(CubeGrid grid)
{
    private float[] field = [];

    /// <summary>Draws a field of the spectrum's own sigma.</summary>
    /// <returns>The variance of delta on the grid as a part of sigma^2, with that of delta exp(var(g)) - 1.</returns>
    /// <exception cref="ArgumentException">sigma is 0, or so large that no log-normal field has the spectrum.</exception>
    public double Draw(Seed seed, TurbulenceSpectrum spectrum)
    {
        if (!(spectrum.Sigma > 0)) throw new ArgumentException("a log-normal field of sigma 0: expected above 0", nameof(spectrum));
        TorchRuntime.Ensure();
        using var scope = torch.NewDisposeScope();
        var power = GaussianPower(spectrum);
        var variance = (power * Twins()).sum().item<double>();
        using var generator = new SeededGenerator();
        var modes = torch.empty([grid.CellsY, grid.CellsX, grid.CellsZ / 2 + 1, 2], torch.ScalarType.Float32).normal_(0, 1, generator.Restart(seed));
        // Half of the power in either part of an amplitude, but on the planes where the transform keeps the real part alone (see GaussianField).
        var amplitudes = (power * Twins().reciprocal()).sqrt().to_type(torch.ScalarType.Float32);
        var gaussian = torch.fft.irfftn(modes.view_as_complex() * amplitudes, [grid.CellsY, grid.CellsX, grid.CellsZ], null, FFTNormType.Forward);
        var unit = ((gaussian - variance / 2).exp_() - 1) / spectrum.Sigma;
        field = MemoryMarshal.Cast<byte, float>(unit.bytes).ToArray();
        return (Math.Exp(variance) - 1) / (spectrum.Sigma * spectrum.Sigma);
    }

    /// <summary>delta / sigma at the first <paramref name="width"/> cells of row y, [x, z].</summary>
    public ReadOnlySpan<float> Row(int y, int width) => field.AsSpan(y * grid.CellsX * grid.CellsZ, width * grid.CellsZ);

    // The power of g per mode of the half box: the transform of ln(1 + xi).
    private torch.Tensor GaussianPower(TurbulenceSpectrum spectrum)
    {
        long[] cells = [grid.CellsY, grid.CellsX, grid.CellsZ];
        var correlation = torch.fft.irfftn(Power(spectrum), cells, null, FFTNormType.Forward);
        if (!(correlation.min().item<double>() > -1))
            throw new ArgumentException(FormattableString.Invariant($"sigma {spectrum.Sigma}, injection scale {spectrum.InjectionScale} R500: no log-normal field is so strongly anticorrelated; choose a smaller sigma"), nameof(spectrum));
        return torch.fft.rfftn(correlation.log1p(), null, null, FFTNormType.Forward).real.clamp_min(0);
    }

    private torch.Tensor Power(TurbulenceSpectrum spectrum)
    {
        torch.Tensor Squares(int cells, double cell, bool half) =>
            torch.tensor(Enumerable.Range(0, half ? cells / 2 + 1 : cells).Select(i => Math.Pow(Math.Min(i, cells - i) / (cells * cell), 2)).ToArray());
        var square = Squares(grid.CellsY, grid.CellR500, false).view(-1, 1, 1) + Squares(grid.CellsX, grid.CellR500, false).view(1, -1, 1)
            + Squares(grid.CellsZ, grid.DepthCellR500, true).view(1, 1, -1);
        var table = new RadialTable(k => spectrum.Power(k) / grid.Volume, 0.5 / grid.LongestSide, grid.LargestWavenumber);
        var values = MemoryMarshal.Cast<byte, double>(square.bytes);
        for (var i = 0; i < values.Length; i++) values[i] = i == 0 ? 0 : table.At((float)values[i]);
        return square;
    }

    // How many modes of the whole box a mode of the half box stands for.
    private torch.Tensor Twins()
    {
        double[] twins = [.. Enumerable.Repeat(2.0, grid.CellsZ / 2 + 1)];
        (twins[0], twins[^1]) = (1, 1);
        return torch.tensor(twins).view(1, 1, -1);
    }
}
