namespace ClusterSurvey.Physics;

/// <summary>A mass in units of the Sun's.</summary>
/// <param name="Value">The mass in Msun.</param>
public readonly record struct SolarMass(double Value)
{
    /// <summary>How often one mass holds the other.</summary>
    public static double operator /(SolarMass mass, SolarMass unit) => mass.Value / unit.Value;
}
