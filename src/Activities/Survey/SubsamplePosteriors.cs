using System.Text.Json;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Posteriors;

namespace ClusterSurvey.Activities.Survey;

/// <summary>The joint posterior of a group of clusters in one region.</summary>
public sealed record GroupPosterior(string Grouping, SampleGroup Group, RegionPosterior Posterior);

/// <summary>The joint posteriors of the groups that the settings declare, from the likelihoods of a run.</summary>
public static class SubsamplePosteriors
{
    internal const string Place = "subsamples";

    /// <summary>The file of the run's folder in which they are published.</summary>
    internal const string File = $"published/survey/{Place}.json";

    /// <summary>Every group in every region where at least one of its clusters has a likelihood, published so that they are computed once for tables and report.</summary>
    /// <param name="run">A run whose clusters are published.</param>
    /// <param name="seed">Origin of the draws: each group's depend on its names alone, not on what else is declared.</param>
    public static IReadOnlyList<GroupPosterior> Publish(SurveyRun run, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(run);
        var computed = Compute(run, seed).ToList();
        var saved = computed.GroupBy(part => (part.Grouping, part.Group.Name))
            .Select(group => new Saved(group.Key.Grouping, group.Key.Name, new StoredPosteriors([.. group.Select(part => part.Posterior)]).Save(run.Store)));
        run.Folder.Publish("survey", Place, SurveyJson.ToNode(saved.ToArray())!);
        return computed;
    }

    /// <summary>What the run has published, or else computed from its likelihoods.</summary>
    public static IReadOnlyList<GroupPosterior> Of(SurveyRun run, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Folder.Published("survey", Place).Deserialize<Saved[]>(SurveyJson.Options) is not { } saved) return [.. Compute(run, seed)];
        var published = saved.ToDictionary(group => (group.Grouping, group.Group), group => group.Posteriors);
        return
        [
            .. from grouping in run.Division.Groupings
               from part in grouping.Groups
               where published.ContainsKey((grouping.Name, part.Name))
               from posterior in StoredPosteriors.Load(run.Store, published[(grouping.Name, part.Name)]).Regions
               select new GroupPosterior(grouping.Name, part, posterior),
        ];
    }

    private static IEnumerable<GroupPosterior> Compute(SurveyRun run, Seed seed) =>
        from grouping in run.Division.Groupings
        from part in grouping.Groups
        from region in run.Settings.Regions
        let cubes = run.Clusters.Where(cluster => part.Clusters.Contains(cluster.Name) && cluster.Products.Cubes.ContainsKey(region.Name)).ToList()
        where cubes.Count > 0
        select new GroupPosterior(grouping.Name, part, CombineLikelihoods.Combine(
            seed.Derive("subsamples").Derive(grouping.Name).Derive(part.Name), run.Prior, region.Name,
            [.. cubes.Select(cluster => new NamedCube(cluster.Name, StoredCube.Load(run.Store, cluster.Products.Cubes[region.Name])))], run.Settings.Draws, run.Joint.Of(region.Name)?.CommonError).WithAmplitudes(run.Settings.Scales));

    private sealed record Saved(string Grouping, string Group, Artifact Posteriors);
}
