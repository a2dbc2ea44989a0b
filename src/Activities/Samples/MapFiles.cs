namespace ClusterSurvey.Activities.Samples;

/// <summary>The files of one cluster's map set, all of which exist.</summary>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="Counts">Counts map.</param>
/// <param name="Exposure">Exposure map.</param>
/// <param name="Background">Particle background map, or null when there is none.</param>
/// <param name="Masks">Region files and FITS masks, none or several.</param>
/// <param name="ColumnDensity">Map of the hydrogen column density, or null when there is none.</param>
public sealed record MapFiles(string Cluster, string Counts, string Exposure, string? Background, IReadOnlyList<string> Masks, string? ColumnDensity)
{
    /// <summary>The paths of all that are there.</summary>
    internal IEnumerable<string> All => new[] { Counts, Exposure, Background, ColumnDensity }.Concat(Masks).OfType<string>().Where(path => path.Length > 0);
}
