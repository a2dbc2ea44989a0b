namespace ClusterSurvey.Physics.Spectra;

/// <summary>
/// A region of the survey: pixels whose elliptical radius lies in [Inner, Outer) and that the mask allows
/// (science: regions). The names are fixed by the file formats: I, II, III, IV, global, no_core.
/// </summary>
/// <param name="Name">Name in tables and reports.</param>
/// <param name="Inner">Inner elliptical radius in R500, included.</param>
/// <param name="Outer">Outer elliptical radius in R500, excluded.</param>
public readonly record struct RadialRegion(string Name, double Inner, double Outer)
{
    /// <summary>The six regions of the survey: 0-0.1-0.25-0.5-1 R500, the whole, and the whole without the core (0.15).</summary>
    public static IReadOnlyList<RadialRegion> Standard { get; } =
    [
        new("I", 0, 0.1), new("II", 0.1, 0.25), new("III", 0.25, 0.5), new("IV", 0.5, 1), new("global", 0, 1), new("no_core", 0.15, 1),
    ];

    /// <summary>The pixels of the region.</summary>
    /// <param name="ellipticalRadius">Elliptical radius of each pixel in R500.</param>
    /// <param name="mask">True where a pixel may be used; same length.</param>
    public bool[] Pixels(ReadOnlySpan<double> ellipticalRadius, ReadOnlySpan<bool> mask)
    {
        if (mask.Length != ellipticalRadius.Length) throw new ArgumentException($"the mask has {mask.Length} pixels, the radius map {ellipticalRadius.Length}", nameof(mask));
        var inside = new bool[mask.Length];
        for (var i = 0; i < inside.Length; i++) inside[i] = mask[i] && ellipticalRadius[i] >= Inner && ellipticalRadius[i] < Outer;
        return inside;
    }
}
