using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.PointSpread;
using ClusterSurvey.Physics.Spectra;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Physics.Simulation;

public class PsfConvolutionTests(ITestOutputHelper output)
{
    private const int Side = 64;
    private static readonly double[] Uniform = [.. Enumerable.Repeat(1.0, Side * Side)];
    private static readonly PointSpreadFunction Gaussian = PointSpreadFunction.Of(new GaussianProfile(6.4));
    private static readonly PointSpreadFunction King = PointSpreadFunction.Of(new KingProfile(6.6, 1.5));

    private static double[] Point(int x, int y)
    {
        var map = new double[Side * Side];
        map[y * Side + x] = 1000;
        return map;
    }

    [Fact]
    public void Counts_are_conserved()
    {
        var psf = new PsfConvolution(Gaussian, Side, Side, 5, Uniform);
        Assert.Equal(1000, psf.Image(Point(30, 33)).Sum(), 1e-3);
        // The King profile reaches the edge: what is left is what falls within the map, as much as a sky without an edge would give back.
        var wide = new PsfConvolution(King, Side, Side, 10, Uniform);
        Assert.Equal(1000, wide.Image(Point(32, 32)).Sum(), 1.0);
    }

    // Per pixel of 2.5 arcsec: the profile at its centre times its area. The map reaches beyond the cut, so that its edge gives nothing back.
    [Fact]
    public void A_point_source_shows_the_profile()
    {
        const int side = 256, centre = 128;
        const double pixel = 2.5;
        var psf = new PsfConvolution(King, side, side, pixel, [.. Enumerable.Repeat(1.0, side * side)]);
        var point = new double[side * side];
        point[centre * side + centre] = 1000;
        var image = psf.Image(point);
        double Profile(double radius) => (King.EnergyWithin(radius + 0.01) - King.EnergyWithin(radius - 0.01)) / (4 * Math.PI * radius * 0.01);
        foreach (var steps in (int[])[1, 2, 3, 5, 8, 15, 60])
        {
            var ratio = image[centre * side + centre + steps] / (1000 * pixel * pixel * Profile(steps * pixel));
            output.WriteLine($"{steps * pixel} arcsec: {ratio:f5}");
            Assert.Equal(1, ratio, steps < 60 ? 0.005 : 0.02);
            Assert.Equal(image[centre * side + centre + steps], image[(centre - steps) * side + centre], 1e-4);
        }
    }

    // Golden factors of A2142 (theta500 14.13 arcmin): power .41 at 0.05 R500 and .80 at 0.1 R500 for a half-energy width of 15 arcsec.
    [Theory]
    [InlineData(0.05, 0.41)]
    [InlineData(0.1, 0.80)]
    public void Waves_lose_the_power_that_the_transfer_function_says(double scaleR500, double power)
    {
        const double pixelR500 = 2.0 / 128;
        var psf = new PsfConvolution(Gaussian, 128, 128, 60 * 14.13 * pixelR500, [.. Enumerable.Repeat(1.0, 128 * 128)]);
        double[] wave = [.. Enumerable.Range(0, 128 * 128).Select(i => Math.Cos(2 * Math.PI * (i % 128 - 64) * pixelR500 / scaleR500))];
        var image = psf.Image(wave);
        var amplitude = image[64 * 128 + 64];
        Assert.Equal(power, amplitude * amplitude, 0.005);
        Assert.Equal(Math.Exp(-4 * Math.PI * Math.PI * Math.Pow(6.4 / (60 * 14.13 * scaleR500), 2)), amplitude * amplitude, 2e-3);
    }

    [Fact]
    public void A_flat_sky_stays_flat_at_edges_gaps_and_holes()
    {
        var exposure = new double[Side * Side];
        for (var i = 0; i < exposure.Length; i++)
        {
            int x = i % Side, y = i / Side;
            var vignetting = 1 - 0.7 * ((x - 32) * (x - 32) + (y - 32) * (y - 32)) / 2048.0;
            exposure[i] = x == 20 || Math.Abs(x - 45) + Math.Abs(y - 12) < 5 ? 0 : x == 40 ? 0.3 * vignetting : vignetting;
        }
        var psf = new PsfConvolution(King, Side, Side, 10, exposure);
        Assert.All(psf.Image(Uniform), value => Assert.Equal(1, value, 1e-9));
    }

    [Fact]
    public void A_hole_in_the_exposure_still_lights_its_neighbours()
    {
        double[] exposure = [.. Uniform];
        exposure[32 * Side + 32] = 0;
        var psf = new PsfConvolution(King, Side, Side, 5, exposure);
        var whole = new PsfConvolution(King, Side, Side, 5, Uniform);
        double[] image = psf.Image(Point(32, 32)), reference = whole.Image(Point(32, 32));
        Assert.Equal(reference[32 * Side + 34], image[32 * Side + 34], 1e-6);
        Assert.True(image[32 * Side + 34] > 5);
    }

    [Fact]
    public void Equal_maps_give_equal_bits_on_any_thread_and_the_convolution_is_linear()
    {
        var psf = new PsfConvolution(King, Side, Side, 10, Uniform);
        double[] Map(int i) => [.. Enumerable.Range(0, Side * Side).Select(pixel => Math.Sin(pixel * (i + 1.0)))];
        var alone = Enumerable.Range(0, 8).Select(i => psf.Image(Map(i))).ToArray();
        var together = Enumerable.Range(0, 8).AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(i => psf.Image(Map(i))).ToArray();
        Assert.Equal(alone, together);
        var sum = psf.Image([.. Map(0).Zip(Map(1), (a, b) => a - 3 * b)]);
        for (var i = 0; i < sum.Length; i++) Assert.Equal(alone[0][i] - 3 * alone[1][i], sum[i], 1e-10);
    }

    // S(sigma) = S0 + 2 sigma A' + sigma^2 B', from the maps of one convolution, against the convolution of the image of each sigma.
    [Fact]
    public void One_convolution_serves_all_sigmas()
    {
        var cluster = new CircularCluster { Pixels = 32, DepthCells = 64, Theta500Arcmin = 5 };
        var (geometry, emission) = (cluster.Geometry(), cluster.Emission());
        using var cube = new CubeSimulator(32, 32, cluster.PixelR500, cluster.Cube);
        var psf = new PsfConvolution(King, 32, 32, geometry.PixelArcsec, geometry.Exposure);
        var drawn = cube.Draw(new Seed(1), emission, 0.3, 11.0 / 3, []);
        var image = psf.Image(drawn);
        foreach (var sigma in (double[])[0, 0.1, 0.7, 2])
        {
            var spread = psf.Image([.. Enumerable.Range(0, 1024).Select(i => drawn.Brightness(i, sigma, false))]);
            for (var i = 0; i < 1024; i++) Assert.Equal(1, image.Brightness(i, sigma, false) / spread[i], 1e-9);
        }
    }

    // A homogeneous field: its Mexican-hat power with and without the PSF, against the sum over the box's modes with and without exp(-4 pi^2 sigma^2 k^2).
    [Fact]
    public void A_simulated_field_loses_the_power_that_the_transfer_function_says_and_no_psf_does_not()
    {
        const double box = 2, rho = 0.3;
        const int fields = 12;
        double[] scales = [0.1, 0.2, 0.4];
        var pixelArcsec = 30 * 14.13 * box / Side;
        using var cube = new CubeSimulator(Side, Side, box / Side, new CubeSettings { SmallestBoxR500 = 0, DepthCells = 256 });
        var psf = new PsfConvolution(PointSpreadFunction.Of(new GaussianProfile(12)), Side, Side, pixelArcsec, Uniform);
        var emission = new CircularCluster { Pixels = Side, DepthCells = 256 }.Emission() with { EllipticalRadius = [.. Enumerable.Repeat(rho, Side * Side)], R500Kpc = 1 };
        bool[] disc = [.. Enumerable.Range(0, Side * Side).Select(i => Math.Pow(i % Side - 31.5, 2) + Math.Pow(i / Side - 31.5, 2) < 24 * 24)];
        var filter = new MexicanHatFilter(Side, Side, box / Side, disc, scales, FilterBoundary.Padded);
        double[] sharp = new double[scales.Length], spread = new double[scales.Length];
        for (var i = 0; i < fields; i++)
        {
            var map = cube.Draw(new Seed(9).Derive(i), emission, 0.3, 3, []).Linear;
            double[] before = filter.Power(map, [disc])[0], after = filter.Power(psf.Image(map), [disc])[0];
            for (var j = 0; j < scales.Length; j++) (sharp[j], spread[j]) = (sharp[j] + before[j], spread[j] + after[j]);
        }
        for (var j = 0; j < scales.Length; j++)
        {
            var expected = Attenuation(cube.Grid, scales[j], 12 * box / Side / pixelArcsec);
            output.WriteLine($"scale {scales[j]}: power {spread[j] / sharp[j]:f4} of the sharp field, expected {expected:f4}");
            Assert.Equal(1, spread[j] / sharp[j] / expected, 0.06);
        }
        Assert.InRange(Attenuation(cube.Grid, scales[0], 12 * box / Side / pixelArcsec), 0, 0.9);
    }

    // int P response^2 exp(-4 pi^2 sigma^2 k^2) / int P response^2 over the plane's modes; P of the projection with a window much longer than the scales, P3D
    // up to a factor.
    private static double Attenuation(CubeGrid grid, double scale, double sigmaPsf)
    {
        var spectrum = new TurbulenceSpectrum(1, 0.3, 3);
        double sigma = scale / (Math.Sqrt(2) * Math.PI), with = 0, without = 0;
        for (var i = 1; i < grid.CellsX * grid.CellsX; i++)
        {
            double kx = Math.Min(i % grid.CellsX, grid.CellsX - i % grid.CellsX) / grid.ShortestSide, ky = Math.Min(i / grid.CellsX, grid.CellsX - i / grid.CellsX) / grid.ShortestSide;
            var square = kx * kx + ky * ky;
            var power = spectrum.Power(Math.Sqrt(square)) * Math.Pow(4 * Math.PI * Math.PI * sigma * sigma * square * Math.Exp(-2 * Math.PI * Math.PI * sigma * sigma * square), 2);
            with += power * Math.Exp(-4 * Math.PI * Math.PI * sigmaPsf * sigmaPsf * square);
            without += power;
        }
        return with / without;
    }

    [Fact]
    public void Maps_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new PsfConvolution(King, Side, Side, 0, Uniform));
        Assert.Throws<ArgumentException>(() => new PsfConvolution(King, Side, Side, 5, new double[3]));
        Assert.Throws<ArgumentException>(() => new PsfConvolution(King, Side, Side, 5, new double[Side * Side]));
        var psf = new PsfConvolution(King, Side, Side, 5, Uniform);
        Assert.Throws<ArgumentException>(() => psf.Image(new double[7]));
    }
}
