namespace ClusterSurvey.Physics.Conversions;

public class GasPhysicsTests
{
    [Fact]
    public void Sound_travels_at_1477_km_per_second_at_8_2_keV() => Assert.Equal(1477, GasPhysics.SoundSpeedKmS(8.2), 0.5);

    [Fact]
    public void A_negative_temperature_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => GasPhysics.SoundSpeedKmS(-1));

    [Fact]
    public void Mach_0_24_in_Coma_is_a_line_of_sight_velocity_of_200_km_per_second() =>
        Assert.Equal(205, new MachNumber(0.24).LineOfSightVelocityKmS(8.2), 0.5);

    [Fact]
    public void One_and_three_dimensions_are_a_root_three_apart() => Assert.Equal(0.2, MachNumber.FromOneDimensional(0.2).OneDimensional, 1e-15);
}
