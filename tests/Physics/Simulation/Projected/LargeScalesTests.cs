using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Physics.Simulation.Projected;

public class LargeScalesTests
{
    private static readonly CubeGrid Grid = SightlineBasisTests.Grid;
    private static readonly ScaleSplit Split = ScaleSplit.For(Grid);
    private static readonly double[][] Transforms = new SightlineBasis(SightlineBasisTests.Emission, Grid).Transforms();
    private static readonly LargeWaves Waves = new(Grid, Split, Transforms);

    // One wave of the small cube becomes the same wave of the image, to rounding.
    [Fact]
    public void Interpolation_to_the_image_is_exact()
    {
        using var planes = new SkyPlanes(Grid, 1);
        var (kx, ky) = (3, -5);
        var row = Waves.SkyRow(Waves.CellsY + ky);
        planes.Waves(0)[2 * (row * planes.HalfX + kx)] = 0.25f;
        planes.Waves(0)[2 * (row * planes.HalfX + kx) + 1] = -0.5f;
        planes.Transform();
        var image = planes.Image(0);
        for (var i = 0; i < image.Length; i++)
        {
            var phase = 2 * Math.PI * ((double)kx * (i % Grid.CellsX) / Grid.CellsX + (double)ky * (i / Grid.CellsX) / Grid.CellsY);
            Assert.Equal(2 * (0.25 * Math.Cos(phase) + 0.5 * Math.Sin(phase)), image[i], 1e-5);
        }
    }

    // sum over waves of phi_i^2 P T / V, T the large scales' share; and for squares, 2 xi^2 summed against phi: their mean square over fields.
    [Fact]
    public void Projections_have_the_variance_of_their_waves()
    {
        const int fields = 60;
        var spectrum = new TurbulenceSpectrum(1, 0.3, 11.0 / 3);
        var power = new RadialTable(k => spectrum.Power(k) / Grid.Volume, 0.5 / Grid.LongestSide, Grid.LargestWavenumber);
        using var planes = new SkyPlanes(Grid, 2 * SightlineBasis.Terms);
        using var scales = new LargeScales(Waves);
        var normals = new float[2 * Waves.Waves.Length];
        double[] found = new double[SightlineBasis.Terms], squareMean = new double[SightlineBasis.Terms];
        for (var i = 0; i < fields; i++)
        {
            new Seed(3).Derive(i).Stream().FillNormal(normals);
            scales.Draw(normals, power);
            scales.Project(planes, 0);
            scales.ProjectSquare(planes, SightlineBasis.Terms);
            planes.Transform();
            for (var term = 0; term < found.Length; term++)
            {
                found[term] += Mean(planes.Image(term), value => value * value) / fields;
                squareMean[term] += Mean(planes.Image(SightlineBasis.Terms + term), value => value) / fields;
            }
        }
        for (var term = 0; term < found.Length; term++)
        {
            var expected = Waves.Waves.Sum(wave => power.At(wave.Square) * wave.Variance * Math.Pow(Transforms[term][wave.Depth], 2));
            Assert.Equal(1, found[term] / expected, 0.15);
            Assert.Equal(0, squareMean[term] / (Math.Abs(Transforms[term].Max()) * scales.Variance), 0.1);
        }
    }

    [Fact]
    public void Their_variance_is_the_large_scales_share_of_the_whole()
    {
        var spectrum = new TurbulenceSpectrum(1, 1, 5);
        var power = new RadialTable(k => spectrum.Power(k) / Grid.Volume, 0.5 / Grid.LongestSide, Grid.LargestWavenumber);
        using var scales = new LargeScales(Waves);
        scales.Draw(new float[2 * Waves.Waves.Length], power);
        var total = Grid.CapturedVariance(spectrum);
        Assert.Equal(LargeShare(spectrum), scales.Variance / total, 2e-3);
    }

    // Over the waves of the whole grid.
    private static double LargeShare(TurbulenceSpectrum spectrum)
    {
        double large = 0, all = 0;
        for (var i = 1; i < Grid.Cells; i++)
        {
            var (x, y, z) = (i % Grid.CellsX, i / Grid.CellsX % Grid.CellsY, i / Grid.CellsX / Grid.CellsY);
            double kx = K(x, Grid.CellsX, Grid.CellR500), ky = K(y, Grid.CellsY, Grid.CellR500), kz = K(z, Grid.CellsZ, Grid.DepthCellR500);
            var k = Math.Sqrt(kx * kx + ky * ky + kz * kz);
            large += spectrum.Power(k) * Split.LargeShare(k);
            all += spectrum.Power(k);
        }
        return large / all;

        static double K(int mode, int cells, double cell) => Math.Min(mode, cells - mode) / (cells * cell);
    }

    private static double Mean(ReadOnlySpan<float> image, Func<double, double> of)
    {
        var sum = 0.0;
        foreach (var value in image) sum += of(value);
        return sum / image.Length;
    }
}
