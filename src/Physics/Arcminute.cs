namespace ClusterSurvey.Physics;

/// <summary>An angle on the sky in arcminutes.</summary>
/// <param name="Value">The angle in arcmin.</param>
public readonly record struct Arcminute(double Value)
{
    /// <summary>The angle, this many times.</summary>
    public static Arcminute operator *(double factor, Arcminute angle) => new(factor * angle.Value);

    /// <summary>How often one angle holds the other.</summary>
    public static double operator /(Arcminute angle, Arcminute unit) => angle.Value / unit.Value;
}
