namespace ClusterSurvey.Physics.Conversions;

/// <summary>A turbulent Mach number, 3-D: rms velocity over sound speed.</summary>
/// <param name="Value">M3D.</param>
public readonly record struct MachNumber(double Value)
{
    /// <summary>M1D = M3D / sqrt 3, of isotropic motions along one line of sight.</summary>
    public double OneDimensional => Value / Math.Sqrt(3);

    /// <summary>The 3-D Mach number of a 1-D one.</summary>
    public static MachNumber FromOneDimensional(double mach1D) => new(Math.Sqrt(3) * mach1D);

    /// <summary>Rms velocity along the line of sight in km/s in a gas of this temperature in keV.</summary>
    public double LineOfSightVelocityKmS(double temperatureKeV) => OneDimensional * GasPhysics.SoundSpeedKmS(temperatureKeV);
}
