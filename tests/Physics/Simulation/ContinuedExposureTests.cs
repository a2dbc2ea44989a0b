namespace ClusterSurvey.Physics.Simulation;

public class ContinuedExposureTests
{
    [Fact]
    public void Exposed_pixels_stay_and_the_others_take_the_mean_of_their_neighbours_from_the_edge_inwards()
    {
        double[] exposure = [1, 0, 0, 0, 3];
        Assert.Equal([1, 1, 2, 3, 3], ContinuedExposure.Of(exposure, 5, 1));
        var corner = ContinuedExposure.Of([4, 2, 4, 2, 0, 0, 2, 0, 0], 3, 3);
        Assert.Equal([14.0 / 5, 3, 2], [corner[4], corner[5], corner[7]]);
        Assert.Equal((14.0 / 5 + 3 + 2) / 3, corner[8], 1e-12);
    }

    [Fact]
    public void Without_any_exposure_there_is_nothing_to_continue() => Assert.Throws<ArgumentException>(() => ContinuedExposure.Of(new double[4], 2, 2));
}
