using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities;

[Step("Survey", "Gather simulations", "Gathers the simulations of the clusters that were published for pretraining; none when none was.", Cached = false, RunsInPlan = true)]
public sealed class GatherSimulations : Step
{
    [Output("The tables of simulations by cluster and region.")]
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>>? SimulationTables { get; private set; }

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var published = context.Run.Published(PublishCluster.Pretraining).Select(cluster => KeyValuePair.Create(cluster.Name, (IReadOnlyDictionary<string, Artifact>)TablesOf(cluster.Name, cluster.Value)));
        SimulationTables = new SortedDictionary<string, IReadOnlyDictionary<string, Artifact>>(published.ToDictionary(), StringComparer.Ordinal);
        return Done;
    }

    private static Dictionary<string, Artifact> TablesOf(string cluster, JsonNode products)
        => products[nameof(SimulationTables)].Deserialize<Dictionary<string, Artifact>>(SurveyJson.Options)
            ?? throw new BadInputException(cluster, $"published for pretraining without {nameof(SimulationTables)}", "the table of simulations of each region",
                $"give {nameof(SimulationTables)} as an output of the cluster's definition");
}
