using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;

namespace ClusterSurvey.Activities;

[Step("Survey", "Publish cluster", "Hands the products of a cluster over to the survey, under the cluster's name.", Cached = false, RunsInPlan = true)]
public sealed class PublishCluster : Step
{
    /// <summary>The group of the run's folder in which clusters are published.</summary>
    public const string Group = "clusters";

    /// <summary>The group in which simulations are published from which networks are pretrained.</summary>
    public const string Pretraining = "pretraining";

    [Input("Name of the cluster.", Order = 1)]
    public required string Cluster { get; init; }

    [Input("What the analysis of the cluster gave: artifacts by name.", Order = 2)]
    public required JsonObject Products { get; init; }

    [Input("What it is published for: as a cluster of the survey, or for the pretraining of networks.", Choices = [Group, Pretraining], Order = 3)]
    public string As { get; init; } = Group;

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Run.Publish(As, Cluster, Products);
        return Done;
    }
}
