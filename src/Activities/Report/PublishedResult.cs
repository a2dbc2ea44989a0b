namespace ClusterSurvey.Activities.Report;

/// <summary>A result of the literature, as data/literature.csv has it.</summary>
/// <param name="Quantity">What it is: mach_3d, turbulent_pressure_fraction, hydrostatic_bias, clumping, slope, injection_scale_kpc or another.</param>
/// <param name="Sample">The sample of clusters, or the cluster.</param>
/// <param name="Subsample">The part of the sample; "one cluster" for a single one.</param>
/// <param name="Region">The region, "0-1 R500"; empty when the source names none.</param>
/// <param name="Value">The value; null for a statement in words, which <paramref name="Status"/> holds.</param>
/// <param name="ErrorLow">The error downwards; null when it is not known.</param>
/// <param name="ErrorHigh">The error upwards; null when it is not known.</param>
/// <param name="Unit">The unit; 1 for a pure number.</param>
/// <param name="Status">How far it is known: published, approximate, or a statement in words.</param>
/// <param name="Notes">What else is to be known.</param>
/// <param name="Source">Where it was read.</param>
public sealed record PublishedResult(string Quantity, string Sample, string Subsample, string Region, double? Value, double? ErrorLow, double? ErrorHigh, string Unit, string Status, string Notes, string Source)
{
    private const string Single = "one cluster";

    /// <summary>True for a result of one cluster.</summary>
    public bool IsOfOneCluster => Subsample == Single;

    /// <summary>Whose it is, in words.</summary>
    public string Whose => IsOfOneCluster ? Sample : $"{Sample}, {Subsample}";

    /// <summary>The value with its errors, 95 % intervals being those of 68 %; null for a statement in words.</summary>
    public PosteriorSummary? Summary => Value is { } value ? new(value, value - (ErrorLow ?? 0), value + (ErrorHigh ?? 0), value - (ErrorLow ?? 0), value + (ErrorHigh ?? 0)) : null;

    /// <summary>Whether it is of a cluster of this name; case, blanks and signs do not count.</summary>
    public bool IsOf(string cluster) => IsOfOneCluster && Plain(Sample) == Plain(cluster);

    /// <summary>Whether its region has these bounds, in R500.</summary>
    public bool IsWithin(double innerR500, double outerR500) => Region == FormattableString.Invariant($"{innerR500:0.###}-{outerR500:0.###} R500");

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
