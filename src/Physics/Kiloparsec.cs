namespace ClusterSurvey.Physics;

/// <summary>A proper length in kpc.</summary>
/// <param name="Value">The length in kpc.</param>
public readonly record struct Kiloparsec(double Value)
{
    /// <summary>The length, this many times.</summary>
    public static Kiloparsec operator *(double factor, Kiloparsec length) => new(factor * length.Value);

    /// <summary>How often one length holds the other.</summary>
    public static double operator /(Kiloparsec length, Kiloparsec unit) => length.Value / unit.Value;
}
