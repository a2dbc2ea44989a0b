namespace ClusterSurvey.Activities.Inspection;

/// <summary>The files of one cluster, by their roles.</summary>
public sealed record MapSetFiles
{
    public required string Name { get; init; }

    public required string Counts { get; init; }

    public string? Exposure { get; init; }

    public string? Background { get; init; }

    /// <summary>Region files and mask images.</summary>
    public IReadOnlyList<string> Masks { get; init; } = [];

    public string? ColumnDensity { get; init; }

    internal IEnumerable<(string Path, MapRole Role)> Images()
    {
        yield return (Counts, MapRole.Counts);
        if (Exposure is not null) yield return (Exposure, MapRole.Exposure);
        if (Background is not null) yield return (Background, MapRole.Background);
        if (ColumnDensity is not null) yield return (ColumnDensity, MapRole.ColumnDensity);
        foreach (var mask in Masks.Where(mask => !IsRegionFile(mask))) yield return (mask, MapRole.Mask);
    }

    internal IEnumerable<string> Regions() => Masks.Where(IsRegionFile);

    internal static bool IsRegionFile(string path) => path.EndsWith(".reg", StringComparison.OrdinalIgnoreCase);
}
