using ClusterSurvey.Physics.Maps;

namespace ClusterSurvey.Physics.MeanModel;

public class SurfaceBrightnessDirectionsTests
{
    [Fact]
    public void The_density_s_direction_is_the_cluster_times_ln_10()
    {
        var (model, parameters, maps) = Cluster();
        var counts = model.Counts(parameters);
        var direction = model.Directions(parameters)[5];
        for (var i = 0; i < counts.Length; i += 37)
        {
            var cluster = counts[i] - parameters.SkyBackground * maps.Exposure[i] - maps.Background[i];
            Assert.Equal(Math.Log(10) * cluster, direction[i], 1e-4 * cluster + 1e-9);
        }
    }

    [Fact]
    public void The_sky_s_direction_is_its_own_counts_times_ln_10()
    {
        var (model, parameters, maps) = Cluster();
        var direction = model.Directions(parameters)[4];
        for (var i = 0; i < direction.Length; i += 37) Assert.Equal(Math.Log(10) * parameters.SkyBackground * maps.Exposure[i], direction[i], 1e-6 * maps.Exposure[i] * parameters.SkyBackground + 1e-12);
    }

    private static (SurfaceBrightnessModel Model, MeanModelParameters Parameters, MapSet Maps) Cluster()
    {
        const int Side = 32;
        var maps = new MapSet
        {
            Name = "test", Width = Side, Height = Side, Counts = new double[Side * Side], Exposure = [.. Enumerable.Repeat(5e7, Side * Side)], Background = new double[Side * Side],
            Mask = [.. Enumerable.Repeat(true, Side * Side)], ColumnDensityCm2 = 3e20, PixelR500 = 2.0 / Side, R500Kpc = 1200, Redshift = 0.06, CentreX = 15.5, CentreY = 15.5,
        };
        var parameters = new MeanModelParameters
        {
            Angle = 0.3, Eccentricity = 0.5, OffsetX = 0, OffsetY = 0, Log10SkyBackground = -7, Log10DensitySquared = -5, Log10CoreRadius = -1, Log10ScaleRadius = -0.2, Beta = 0.6, Epsilon = 2.5,
        };
        return (new SurfaceBrightnessModel(maps, CoolingFunction.At(new Redshift(maps.Redshift), Cosmology.Standard), TemperatureProfile.XCop), parameters, maps);
    }
}
