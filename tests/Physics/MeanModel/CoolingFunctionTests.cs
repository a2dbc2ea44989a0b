namespace ClusterSurvey.Physics.MeanModel;

public class CoolingFunctionTests
{
    [Theory]
    [InlineData(1, 2.044)]
    [InlineData(2, 0.882)]
    [InlineData(3, 0.801)]
    [InlineData(5, 0.744)]
    [InlineData(7, 0.710)]
    [InlineData(10, 0.675)]
    public void The_start_point_has_the_reference_shape(double temperatureKeV, double shape) =>
        Assert.Equal(shape, CoolingFunction.StartPoint.Value(0, temperatureKeV) / CoolingFunction.StartPoint.Normalisation, 0.00051);

    [Fact]
    public void Absorption_dims_by_its_cross_section() =>
        Assert.Equal(Math.Exp(-3 * 0.05), CoolingFunction.StartPoint.Value(5e20, 7) / CoolingFunction.StartPoint.Value(0, 7), 1e-12);

    [Fact]
    public void Farther_clusters_are_dimmer_by_the_square_of_the_distance()
    {
        var near = CoolingFunction.At(new Redshift(0.0555), Cosmology.Standard);
        var far = CoolingFunction.At(new Redshift(0.3), Cosmology.Standard);
        Assert.Equal(Math.Pow(1194.40 / 234.69, 2), near.Normalisation / far.Normalisation, 1e-3);
        Assert.Equal(CoolingFunction.EpicAbsorption, near.Absorption);
    }

    [Fact]
    public void A_cluster_at_redshift_0_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CoolingFunction.At(new Redshift(0), Cosmology.Standard));
}
