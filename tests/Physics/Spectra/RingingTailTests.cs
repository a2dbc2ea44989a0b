using ClusterSurvey.Foundation;

namespace ClusterSurvey.Physics.Spectra;

/// <summary>Kernels that ring over the whole image: their sum of exponentials, and its recursion.</summary>
public class RingingTailTests
{
    [Theory]
    [InlineData(0.675, 256, 0.005)]
    [InlineData(0.675, 512, 0.015)]
    [InlineData(0.77, 512, 0.015)]
    [InlineData(1.05, 256, 0.005)]
    [InlineData(1.05, 1024, 0.03)]
    public void A_few_exponentials_are_the_kernel_to_its_far_end(double sigma, int cells, double tolerance)
    {
        double[] g = new double[cells], d = new double[cells];
        GaussianKernels.Sample(sigma, 8 * cells, g, d);
        var kernel = ShortKernel.Of(sigma, 0, cells);
        Assert.NotNull(kernel.Tail);
        Assert.InRange(kernel.Radius, 4, 10);
        for (var x = kernel.Radius + 1; x < cells; x++)
        {
            Assert.InRange(kernel.G[x] / g[x], 1 - tolerance, 1 + tolerance);
            Assert.InRange(kernel.D[x] / d[x], 1 - tolerance, 1 + tolerance);
        }
        foreach (var (found, exact) in ((double[], double[])[])[(kernel.G, g), (kernel.D, d)])
            for (var power = 0; power <= 2; power += 2) Assert.Equal(Moment(exact, power), Moment(found, power), 1e-9 * Math.Pow(cells, power / 2.0));
    }

    [Fact]
    public void A_kernel_that_does_not_ring_and_a_small_image_have_taps_alone()
    {
        Assert.Null(ShortKernel.Of(1.5, 0, 512).Tail);
        Assert.Null(ShortKernel.Of(0.7, 0, 24).Tail);
        Assert.Equal(24, ShortKernel.Of(0.7, 0, 24).TapsG.Length);
    }

    [Fact]
    public void The_recursion_is_the_sum_over_all_rows()
    {
        const int width = 32, height = 70;
        var tail = ShortKernel.Of(0.7, 0, height).Tail!;
        var image = White(width * height);
        var found = new float[image.Length];
        Array.Fill(found, 1);
        LaneTail.Add(image, width, tail.Ratios, tail.WeightsD, found);
        for (var i = 0; i < image.Length; i++)
        {
            var sum = 1.0;
            for (var row = 0; row < height; row++)
                if (row != i / width) sum += tail.D(Math.Abs(row - i / width)) * image[row * width + i % width];
            Assert.Equal(sum, found[i], 2e-6);
        }
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(37, 70)]
    public void An_image_is_turned_tile_by_tile(int rows, int columns)
    {
        const int stride = 96, targetStride = 48;
        float[] image = White(rows * stride), target = new float[80 * targetStride];
        Array.Fill(target, 2);
        TileTurn.Add(image, stride, rows, target, targetStride, columns);
        for (var y = 0; y < rows; y++)
            for (var x = 0; x < columns; x++) Assert.Equal(image[y * stride + x] + 2, target[x * targetStride + y]);
        Assert.All(target[(columns * targetStride)..], value => Assert.Equal(2, value));
    }

    private static float[] White(int count) => Array.ConvertAll(PeriodicField.White(new Seed(1), count), value => (float)value);

    private static double Moment(double[] kernel, int power) => (power == 0 ? kernel[0] : 0) + 2 * Enumerable.Range(1, kernel.Length - 1).Sum(x => Math.Pow(x, power) * kernel[x]);
}
