using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Simulations;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Activities.Training;
using ClusterSurvey.Inference;
using ClusterSurvey.Inference.Methods;

namespace ClusterSurvey.Activities;

[Step("Inference", "Pretrain likelihoods",
    "Trains, per region, an ensemble of flows on the simulations of several clusters together: what it learns of all of them, the training of every cluster begins with.", Random = true, Version = 2)]
public sealed class PretrainLikelihoods : PartwiseStep
{
    [Input("The tables of simulations by cluster and region; none to pretrain nothing.", Order = 1, ByPart = true)]
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>> SimulationTables { get; init; }

    [Input("The prior, as in a prior file.", Order = 2)]
    public required JsonObject Prior { get; init; }

    [Input("Networks per region, as many as those of a cluster.", Min = 1, Max = 64, Order = 3)]
    public int Ensemble { get; init; } = 6;

    [Input("Pairs in a training step; 0 chooses by the number of pairs.", Min = 0, Max = 100_000, Order = 4)]
    public int Batch { get; init; }

    [Output("The networks of each region.", ByPart = true)]
    public IReadOnlyDictionary<string, Artifact>? Likelihoods { get; private set; }

    /// <summary>The regions, each with the simulations of every cluster that has it.</summary>
    public override IReadOnlyList<StepPart> Parts(ArtifactStore store)
        => [.. SimulatedSurveys.Regions(SimulationTables).Select(region => new StepPart(region, new JsonObject(TablesOf(region).Select(table => KeyValuePair.Create(table.Cluster, SurveyJson.ToNode(table.Table))))))];

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var training = new LikelihoodTraining(context, Prior, Ensemble, Batch, context.Parts.Missing.Count);
        context.Parts.ComputeMissing(region =>
        {
            var seed = context.Seed.Derive(region);
            var tables = PairsOf(context.Store, region);
            var networks = training.Train(seed, $"region {region} of all clusters", $"region {region}", (options, progress) => PretrainedLikelihood.Train(seed, tables, options, progress, context.Cancellation));
            context.Parts.Keep(region, (nameof(Likelihoods), context.Store.Save(PretrainedLikelihood.Method, 1, networks.Save)));
        });
        Likelihoods = context.Parts.All<Artifact>(nameof(Likelihoods));
        return Done;
    }

    private IEnumerable<(string Cluster, Artifact Table)> TablesOf(string region)
        => SimulationTables.Where(cluster => cluster.Value.ContainsKey(region)).OrderBy(cluster => cluster.Key, StringComparer.Ordinal).Select(cluster => (cluster.Key, cluster.Value[region]));

    // A telescope that does not resolve the smallest scales of a distant cluster leaves it with fewer of them: what most clusters have is pretrained, the fewer scales on a tie.
    private ISimulationPairs[] PairsOf(ArtifactStore store, string region)
        => [.. TablesOf(region).Select(table => StoredSimulations.Load(store, table.Table).Pairs(region)).GroupBy(pairs => pairs.DataCount)
            .OrderByDescending(alike => alike.Count()).ThenBy(alike => alike.Key).First()];
}
