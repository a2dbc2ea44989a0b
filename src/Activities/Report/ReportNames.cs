namespace ClusterSurvey.Activities.Report;

/// <summary>
/// Names for the files of a report: of regions, groupings and clusters, made of characters that every file system and address takes. Names that become equal by that, or that differ in case alone, get a number.
/// </summary>
public sealed class ReportNames
{
    private readonly Dictionary<string, string> regions, groupings, clusters;

    public ReportNames(ReportModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        regions = Distinct(model.Regions.Select(region => region.Name).Concat(model.Clusters.SelectMany(cluster => cluster.Regions.Select(region => region.Region))));
        groupings = Distinct(model.Division.Groupings.Select(grouping => grouping.Name));
        clusters = Distinct(model.Clusters.Select(cluster => cluster.Name));
    }

    /// <summary>The survey's own page.</summary>
    public const string Survey = "index.html";

    /// <summary>The page of a validation.</summary>
    public const string Validation = "validation.html";

    /// <summary>A region's name in file names.</summary>
    public string Region(string name) => regions[name];

    /// <summary>A grouping's name in file names.</summary>
    public string Grouping(string name) => groupings[name];

    /// <summary>A cluster's name in file names.</summary>
    public string Cluster(string name) => clusters[name];

    public string RegionPage(string name) => $"region-{Region(name)}.html";

    public string GroupingPage(string name) => $"grouping-{Grouping(name)}.html";

    public string ClusterPage(string name) => $"cluster-{Cluster(name)}.html";

    /// <summary>A name with nothing but ASCII letters, digits, '-', '+', '.' and '_', the last for everything else.</summary>
    public static string Safe(string name) => name.Length == 0 ? "_" : string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '+' or '.' ? c : '_'));

    private static Dictionary<string, string> Distinct(IEnumerable<string> names)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names.Distinct())
        {
            var safe = Safe(name);
            for (var number = 2; !taken.Add(safe); number++) safe = $"{Safe(name)}_{number}";
            found[name] = safe;
        }
        return found;
    }
}
