namespace ClusterSurvey.Physics;

/// <summary>A cosmological redshift, 0 or more.</summary>
/// <param name="Value">z.</param>
public readonly record struct Redshift(double Value)
{
    /// <summary>1 + z.</summary>
    public double Stretch => 1 + Value;
}
