using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Activities.Training;
using ClusterSurvey.Inference.Methods;

namespace ClusterSurvey.Activities;

[Step("Inference", "Train likelihoods", "Trains an ensemble of flows per region to be the likelihood of the region's spectrum.", Random = true, Version = 3)]
public sealed class TrainLikelihoods : PartwiseStep
{
    [Input("The table of simulations of each region.", Order = 1, ByPart = true)]
    public required IReadOnlyDictionary<string, Artifact> SimulationTables { get; init; }

    [Input("Name of the cluster.", Order = 2)]
    public required string Cluster { get; init; }

    [Input("The prior, as in a prior file.", Order = 3)]
    public required JsonObject Prior { get; init; }

    [Input("Networks per region, averaged in probability.", Min = 1, Max = 64, Order = 4)]
    public int Ensemble { get; init; } = 6;

    [Input("Pairs in a training step; 0 chooses by the number of pairs.", Min = 0, Max = 100_000, Order = 5)]
    public int Batch { get; init; }

    [Input("The networks of each region with which the training begins; empty to begin from nothing.", Order = 6, ByPart = true)]
    public IReadOnlyDictionary<string, Artifact>? Pretrained { get; init; }

    [Output("The likelihood of each region.", ByPart = true)]
    public IReadOnlyDictionary<string, Artifact>? Likelihoods { get; private set; }

    /// <summary>The regions, each with its simulations and its start.</summary>
    public override IReadOnlyList<StepPart> Parts(ArtifactStore store)
        => [.. SimulationTables.OrderBy(table => table.Key, StringComparer.Ordinal).Select(table => new StepPart(table.Key, Ingredients(table.Key, table.Value)))];

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var training = new LikelihoodTraining(context, Prior, Ensemble, Batch, context.Parts.Missing.Count);
        context.Parts.ComputeMissing(region => context.Parts.Keep(region, (nameof(Likelihoods), Train(context, training, region))));
        Likelihoods = context.Parts.All<Artifact>(nameof(Likelihoods));
        return Done;
    }

    private JsonObject Ingredients(string region, Artifact table)
    {
        var known = new JsonObject { ["SimulationTable"] = SurveyJson.ToNode(table) };
        if (Pretrained?.GetValueOrDefault(region) is { } start) known[nameof(Pretrained)] = SurveyJson.ToNode(start);
        return known;
    }

    private Artifact Train(StepContext context, LikelihoodTraining training, string region)
    {
        var seed = context.Seed.Derive(Cluster).Derive(region);
        var pairs = StoredSimulations.Load(context.Store, SimulationTables[region]).Pairs(region);
        var start = StartOf(context.Store, region, pairs.DataCount);
        var model = training.Train(seed, $"{Cluster}, region {region}", $"region {region}", (options, progress) => start is null
            ? NeuralLikelihood.Train(seed, pairs, options, progress, context.Cancellation)
            : NeuralLikelihood.Train(seed, pairs, options, start, progress, context.Cancellation));
        return context.Store.Save(NeuralLikelihood.Method, 1, model.Save);
    }

    // Where a region of this cluster has other scales than those of most clusters, it is learnt from nothing.
    private PretrainedLikelihood? StartOf(ArtifactStore store, string region, int dataCount)
    {
        if (Pretrained?.GetValueOrDefault(region) is not { } artifact) return null;
        using var stream = store.OpenAs(artifact, PretrainedLikelihood.Method);
        var start = PretrainedLikelihood.Load(stream);
        return start.Description.DataCount == dataCount ? start : null;
    }
}
