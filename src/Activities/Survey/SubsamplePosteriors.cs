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
    /// <summary>Every group in every region where at least one of its clusters has a likelihood.</summary>
    /// <param name="run">A run whose clusters are published.</param>
    /// <param name="seed">Origin of the draws: each group's depend on its names alone, not on what else is declared.</param>
    public static IEnumerable<GroupPosterior> Of(SurveyRun run, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(run);
        return from grouping in run.Division.Groupings
               from sample in grouping.Groups
               from region in run.Settings.Regions
               let cubes = run.Clusters.Where(cluster => sample.Clusters.Contains(cluster.Name) && cluster.Products.Cubes.ContainsKey(region.Name)).ToList()
               where cubes.Count > 0
               select new GroupPosterior(grouping.Name, sample, CombineLikelihoods.Combine(
                   seed.Derive("subsamples").Derive(grouping.Name).Derive(sample.Name), run.Prior, region.Name,
                   [.. cubes.Select(cluster => new NamedCube(cluster.Name, StoredCube.Load(run.Store, cluster.Products.Cubes[region.Name])))], run.Settings.Draws));
    }
}
