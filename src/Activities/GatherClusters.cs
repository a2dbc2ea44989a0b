using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Stored;

namespace ClusterSurvey.Activities;

[Step("Survey", "Gather clusters", "Gathers the likelihood cubes of all clusters that came through.", Cached = false, RunsInPlan = true)]
public sealed class GatherClusters : Step
{
    [Output("The likelihood cubes by cluster and region.")]
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>>? Cubes { get; private set; }

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var clusters = context.Run.Published(PublishCluster.Group);
        if (clusters.Count == 0)
            throw new BadInputException(context.Run.Id, "no cluster that came through", "at least one",
                "see the failures of this run, and correct their causes");
        var cubes = clusters.ToDictionary(cluster => cluster.Name, cluster => ClusterProducts.Of(cluster.Name, cluster.Value).Cubes);
        Cubes = new SortedDictionary<string, IReadOnlyDictionary<string, Artifact>>(cubes, StringComparer.Ordinal);
        return Done;
    }
}
