using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;

namespace ClusterSurvey.Activities;

[Step("Survey", "Publish cluster", "Hands the products of a cluster over to the survey, under the cluster's name.", Cached = false, RunsInPlan = true)]
public sealed class PublishCluster : Step
{
    /// <summary>The group of the run's folder in which clusters are published.</summary>
    public const string Group = "clusters";

    [Input("Name of the cluster.", Order = 1)]
    public required string Cluster { get; init; }

    [Input("What the analysis of the cluster gave: artifacts by name.", Order = 2)]
    public required JsonObject Products { get; init; }

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Run.Publish(Group, Cluster, Products);
        return Done;
    }
}
