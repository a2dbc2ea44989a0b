using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Inference;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Training;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Activities;

[Step("Inference", "Train likelihoods", "Trains an ensemble of flows per region to be the likelihood of the region's spectrum.", Random = true, Version = 2)]
public sealed class TrainLikelihoods : PartwiseStep
{
    [Input("The table of simulations of each region.", Order = 1, ByPart = true)]
    public required IReadOnlyDictionary<string, Artifact> SimulationTables { get; init; }

    [Input("Name of the cluster.", Order = 2)]
    public required string Cluster { get; init; }

    [Input("The prior, as in a prior file.", Order = 3)]
    public required JsonObject Prior { get; init; }

    [Input("Networks per region, averaged in probability.", Min = 1, Max = 64, Order = 4)]
    public int Ensemble { get; init; } = 3;

    [Input("Pairs in a training step; 0 chooses by the number of pairs.", Min = 0, Max = 100_000, Order = 5)]
    public int Batch { get; init; }

    [Output("The likelihood of each region.", ByPart = true)]
    public IReadOnlyDictionary<string, Artifact>? Likelihoods { get; private set; }

    /// <summary>The regions, each with its simulations.</summary>
    public override IReadOnlyList<StepPart> Parts(ArtifactStore store)
        => [.. SimulationTables.OrderBy(table => table.Key, StringComparer.Ordinal)
            .Select(table => new StepPart(table.Key, new JsonObject { ["SimulationTable"] = SurveyJson.ToNode(table.Value) }))];

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var regions = context.Parts.Missing;
        var prior = SurveyPrior.ToJson(SurveyPrior.Parse(Prior));
        var done = 0;
        context.Parts.ComputeMissing(region =>
        {
            var options = new Inference.Methods.EnsembleOptions
            {
                Networks = Ensemble, ParameterNames = TurbulenceParameters.Names, Prior = prior,
                Training = new TrainingOptions { BatchSize = Batch == 0 ? null : Batch },
            };
            var progress = context.Progress is { } bar ? new EpochProgress(bar, region, done++, regions.Count) : null;
            var table = StoredSimulations.Load(context.Store, SimulationTables[region]);
            context.Parts.Keep(region, (nameof(Likelihoods), Train(context, table, region, options, progress)));
        });
        Likelihoods = context.Parts.All<Artifact>(nameof(Likelihoods));
        return Done;
    }

    private Artifact Train(StepContext context, StoredSimulations table, string region, Inference.Methods.EnsembleOptions options, EpochProgress? progress)
    {
        var seed = context.Seed.Derive(Cluster).Derive(region);
        var checkpoint = new CheckpointFile(Path.Combine(context.Store.Root, ArtifactStore.Trainings, $"{seed.Value:x16}.checkpoint"));
        try
        {
            var model = NeuralLikelihood.Train(seed, table.Pairs(region), options with { Checkpoint = checkpoint }, progress, context.Cancellation);
            var trained = context.Store.Save(NeuralLikelihood.Method, 1, model.Save);
            checkpoint.Remove();
            return trained;
        }
        catch (ArgumentException unfit)
        {
            throw new BadInputException($"{Cluster}, region {region}", unfit.InPlainWords(), "simulations to learn from",
                "make more simulations, or look at their spectra", unfit);
        }
    }

    private sealed class EpochProgress(IProgress<StepProgress> bar, string region, int index, int regions) : IProgress<TrainingProgress>
    {
        // How many epochs a network needs is not known: the share of its part grows ever more slowly.
        public void Report(TrainingProgress value)
        {
            var network = value.Network - 1 + 1 - Math.Exp(-value.Epoch / 100.0);
            bar.Report(new StepProgress((index + network / value.Networks) / regions,
                $"region {region}, network {value.Network} of {value.Networks}, epoch {value.Epoch}"));
        }
    }
}
