using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Simulations;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Activities.Training;
using ClusterSurvey.Inference.Methods;

namespace ClusterSurvey.Activities;

[Step("Inference", "Retrain likelihoods",
    "Trains the likelihoods that fail their calibration once more, with twice as many networks of twice the width, and keeps what then comes nearer to passing. Those that pass stay as they are.", Random = true, Version = 2)]
public sealed class RetrainLikelihoods : PartwiseStep
{
    /// <summary>How much larger the second ensemble is: in networks, and in their hidden units.</summary>
    private const int Larger = 2;

    [Input("The likelihood of each region.", Order = 1, ByPart = true)]
    public required IReadOnlyDictionary<string, Artifact> Learnt { get; init; }

    [Input("What the tests of calibration found in each region.", Order = 2, ByPart = true)]
    public required IReadOnlyDictionary<string, Artifact> Tested { get; init; }

    [Input("The table of simulations of each region to learn from.", Order = 3, ByPart = true)]
    public required IReadOnlyDictionary<string, Artifact> SimulationTables { get; init; }

    [Input("The table of simulations of each region on which the networks were tested.", Order = 4, ByPart = true)]
    public required IReadOnlyDictionary<string, Artifact> HeldOut { get; init; }

    [Input("Name of the cluster.", Order = 5)]
    public required string Cluster { get; init; }

    [Input("The prior, as in a prior file.", Order = 6)]
    public required JsonObject Prior { get; init; }

    [Input("Networks per region of the ensembles that failed.", Min = 1, Max = 64, Order = 7)]
    public int Ensemble { get; init; } = 6;

    [Input("Pairs in a training step; 0 chooses by the number of pairs.", Min = 0, Max = 100_000, Order = 8)]
    public int Batch { get; init; }

    [Output("The likelihood of each region: that which passed, or the better one.", ByPart = true)]
    public IReadOnlyDictionary<string, Artifact>? Likelihoods { get; private set; }

    [Output("What the tests found in it.", ByPart = true)]
    public IReadOnlyDictionary<string, Artifact>? Calibrations { get; private set; }

    /// <summary>The regions, each with its likelihood, and those that fail with what a new training needs.</summary>
    public override IReadOnlyList<StepPart> Parts(ArtifactStore store)
    {
        var failing = Calibration(store).Failing;
        return [.. Learnt.OrderBy(likelihood => likelihood.Key, StringComparer.Ordinal).Select(likelihood => new StepPart(likelihood.Key, Ingredients(likelihood.Key, failing.Contains(likelihood.Key))))];
    }

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var failing = Calibration(context.Store).Failing;
        var training = new LikelihoodTraining(context, Prior, Ensemble, Batch, failing.Count) { Larger = Larger };
        context.Parts.ComputeMissing(region =>
        {
            var (likelihood, calibration) = failing.Contains(region) ? Retrain(context, training, region) : (Learnt[region], Tested[region]);
            context.Parts.Keep(region, (nameof(Likelihoods), likelihood), (nameof(Calibrations), calibration));
        });
        Likelihoods = context.Parts.All<Artifact>(nameof(Likelihoods));
        Calibrations = context.Parts.All<Artifact>(nameof(Calibrations));
        return Done;
    }

    private ClusterCalibration Calibration(ArtifactStore store) => ClusterCalibration.Of(Cluster, [.. Tested.Select(region => (region.Key, StoredCalibration.Load(store, region.Value)))]);

    private JsonObject Ingredients(string region, bool fails)
    {
        var known = new JsonObject { ["Likelihood"] = SurveyJson.ToNode(Learnt[region]), ["Calibration"] = SurveyJson.ToNode(Tested[region]), ["fails"] = fails };
        if (fails) (known["SimulationTable"], known[nameof(HeldOut)]) = (SurveyJson.ToNode(SimulationTables[region]), SurveyJson.ToNode(HeldOut[region]));
        return known;
    }

    private (Artifact Likelihood, Artifact Calibration) Retrain(StepContext context, LikelihoodTraining training, string region)
    {
        var seed = context.Seed.Derive(Cluster).Derive(region);
        context.Progress?.Report(new StepProgress(0, $"region {region}, which failed its calibration"));
        var pairs = StoredSimulations.Load(context.Store, SimulationTables[region]).Pairs(region);
        var larger = training.Train(seed, $"{Cluster}, region {region}", $"region {region}, which failed its calibration",
            (options, progress) => NeuralLikelihood.Train(seed.Derive("training"), pairs, options, progress, context.Cancellation));
        var found = new NetworkTests(Cluster, region, SurveyPrior.Parse(Prior), StoredSimulations.Load(context.Store, HeldOut[region])).Of(context, larger) with { Retrained = true };
        var before = StoredCalibration.Load(context.Store, Tested[region]) with { Retrained = true };
        return found.SmallestPValue >= before.SmallestPValue ? (context.Store.Save(NeuralLikelihood.Method, 1, larger.Save), found.Save(context.Store)) : (Learnt[region], before.Save(context.Store));
    }
}
