using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Morphology;

namespace ClusterSurvey.Activities.Samples;

/// <summary>What the settings make of a sample: which clusters are excluded, and how the others are divided.</summary>
public sealed record SampleDivision
{
    /// <summary>Nothing excluded, and no groups.</summary>
    public static SampleDivision None { get; } = new();

    /// <summary>Clusters of the sample that count in no joint posterior and no group.</summary>
    public IReadOnlyList<LeftOutCluster> Excluded { get; init; } = [];

    /// <summary>Names of exclusions that no cluster of the sample has, each with the nearest name that one has.</summary>
    public IReadOnlyList<UnmatchedExclusion> Unmatched { get; init; } = [];

    public IReadOnlyList<SampleGrouping> Groupings { get; init; } = [];

    /// <summary>Columns of the morphology in which values of the table stand beside measured ones, in sentences.</summary>
    public IReadOnlyList<string> Mixed { get; init; } = [];

    /// <summary>The names of what is excluded; a method, since the manifest holds every property.</summary>
    public IReadOnlyList<string> ExcludedNames() => [.. Excluded.Select(cluster => cluster.Name)];

    /// <summary>What a user should look at, in sentences: it is no error, but may not be what was meant.</summary>
    public IEnumerable<string> Notes()
    {
        if (Unmatched.Count > 0) yield return $"exclude: no cluster of this run is called {string.Join(", ", Unmatched.Select(name => name.InWords()))}";
        foreach (var grouping in Groupings)
            foreach (var group in grouping.Groups.Where(group => group.Clusters.Count == 0))
                yield return $"subsamples: the group '{group.Name}' of '{grouping.Name}' is empty";
    }

    /// <exception cref="Problems.BadInputException">A condition that is none over the sample table, or a column that it does not have.</exception>
    public static SampleDivision By(SurveySettings settings, SampleTable sample)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(sample);
        LeftOutCluster[] excluded =
        [
            .. settings.Exclude
                .SelectMany(entry => (entry.Where is { } sql ? sample.Where(sql) : sample.Names.Where(name => name == entry.Name)).Select(name => (name, entry.Reason)))
                .GroupBy(pair => pair.name)
                .Select(cluster => new LeftOutCluster(cluster.Key, string.Join("; ", cluster.Select(pair => pair.Reason).Distinct()))),
        ];
        var unmatched = settings.Exclude.Select(entry => entry.Name).OfType<string>().Distinct().Where(name => !sample.Names.Contains(name));
        var kept = sample.Without([.. excluded.Select(cluster => cluster.Name)]);
        return new SampleDivision
        {
            Excluded = excluded,
            Unmatched = [.. unmatched.Select(name => new UnmatchedExclusion(name, Spelling.Nearest(name, sample.Names)))],
            Groupings = [.. settings.Subsamples.Select(grouping => SampleGrouper.Divide(grouping, kept))],
        };
    }

    /// <summary>The division by the settings that a run has published; nothing excluded and no groups when it has published none.</summary>
    /// <param name="run">The run.</param>
    /// <param name="sample">The sample table as it was read.</param>
    /// <param name="measured">Morphology by cluster, as far as it is measured: it counts where the settings say.</param>
    public static SampleDivision Of(RunFolder run, SampleTable sample, IReadOnlyDictionary<string, ClusterMorphology> measured)
    {
        ArgumentNullException.ThrowIfNull(run);
        var published = run.Published("survey", "settings") as JsonObject ?? [];
        var parts = new JsonObject();
        foreach (var key in new[] { "morphology", "subsamples", "exclude" })
            if (published[key] is { } value) parts[key] = value.DeepClone();
        var settings = SurveySettings.Parse(parts.ToJsonString(), "settings");
        var morphology = new SampleMorphology(sample, measured, settings.Morphology);
        return By(settings, morphology.Sample) with { Mixed = [.. morphology.Notes()] };
    }
}
