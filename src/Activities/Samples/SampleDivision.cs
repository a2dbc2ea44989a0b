using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Settings;

namespace ClusterSurvey.Activities.Samples;

/// <summary>What the settings make of a sample: which clusters are excluded, and how the others are divided.</summary>
public sealed class SampleDivision
{
    /// <exception cref="Problems.BadInputException">A condition that is none over the sample table, or a column that it does not have.</exception>
    public SampleDivision(SurveySettings settings, SampleTable sample)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(sample);
        Excluded = [.. settings.Exclude
            .SelectMany(entry => (entry.Where is { } sql ? sample.Where(sql) : sample.Names.Where(name => name == entry.Name)).Select(name => (name, entry.Reason)))
            .GroupBy(pair => pair.name)
            .Select(cluster => new LeftOutCluster(cluster.Key, string.Join("; ", cluster.Select(pair => pair.Reason).Distinct())))];
        Unmatched = [.. settings.Exclude.Select(entry => entry.Name).OfType<string>().Distinct().Where(name => !sample.Names.Contains(name))];
        var kept = sample.Without([.. Excluded.Select(cluster => cluster.Name)]);
        Groupings = [.. settings.Subsamples.Select(grouping => SampleGrouper.Divide(grouping, kept))];
    }

    /// <summary>Clusters of the sample that count in no joint posterior and no group.</summary>
    public IReadOnlyList<LeftOutCluster> Excluded { get; }

    /// <summary>Names of exclusions that no cluster of the sample has.</summary>
    public IReadOnlyList<string> Unmatched { get; }

    public IReadOnlyList<SampleGrouping> Groupings { get; }

    /// <summary>The division by the settings that a run has published; nothing excluded and no groups when it has published none.</summary>
    public static SampleDivision Of(RunFolder run, SampleTable sample)
    {
        ArgumentNullException.ThrowIfNull(run);
        var published = run.Published("survey").FirstOrDefault(entry => entry.Name == "settings").Value as JsonObject ?? [];
        var parts = new JsonObject();
        foreach (var key in new[] { "subsamples", "exclude" })
            if (published[key] is { } value) parts[key] = value.DeepClone();
        return new SampleDivision(SurveySettings.Parse(parts.ToJsonString(), "settings"), sample);
    }
}
