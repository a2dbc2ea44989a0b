using ClusterSurvey.Foundation;

namespace ClusterSurvey.Physics.Spectra;

public class MatrixProductTests
{
    [Theory]
    [InlineData(16, 16, 16)]
    [InlineData(48, 16, 32)]
    [InlineData(16, 64, 80)]
    public void A_product_equals_the_sums_that_define_it(int rows, int inner, int columns)
    {
        double[] left = PeriodicField.White(new Seed(1), rows * inner), right = PeriodicField.White(new Seed(2), inner * columns), target = PeriodicField.White(new Seed(3), rows * columns);
        double[] before = [.. target];
        MatrixProduct.Multiply(left, right, target, rows, inner, columns);
        for (var i = 0; i < target.Length; i++) Assert.Equal(Sum(i), target[i], 1e-12);
        before.CopyTo(target, 0);
        MatrixProduct.Multiply(left, right, target, rows, inner, columns, add: true);
        for (var i = 0; i < target.Length; i++) Assert.Equal(before[i] + Sum(i), target[i], 1e-12);

        double Sum(int i) => Enumerable.Range(0, inner).Sum(k => left[i / columns * inner + k] * right[k * columns + i % columns]);
    }

    [Fact]
    public void Too_short_arrays_are_refused() =>
        Assert.Throws<ArgumentException>(() => MatrixProduct.Multiply(new double[256], new double[255], new double[256], 16, 16, 16));
}
