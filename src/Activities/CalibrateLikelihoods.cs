using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Simulations;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Inference.Methods;

namespace ClusterSurvey.Activities;

[Step("Inference", "Calibrate likelihoods",
    "Infers the parameters of simulations that the networks have not learnt from, and tests whether the posteriors are as wide as they should be and where they should be: ranks, coverage and TARP.", Random = true)]
public sealed class CalibrateLikelihoods : PartwiseStep
{
    [Input("The likelihood of each region.", Order = 1, ByPart = true)]
    public required IReadOnlyDictionary<string, Artifact> Likelihoods { get; init; }

    [Input("The table of simulations of each region that the networks have not learnt from, each on a random field of its own.", Order = 2, ByPart = true)]
    public required IReadOnlyDictionary<string, Artifact> HeldOut { get; init; }

    [Input("Name of the cluster.", Order = 3)]
    public required string Cluster { get; init; }

    [Input("The prior from which the parameters of the simulations were drawn, as in a prior file.", Order = 4)]
    public required JsonObject Prior { get; init; }

    [Output("What the tests found in each region.", ByPart = true)]
    public IReadOnlyDictionary<string, Artifact>? Calibrations { get; private set; }

    /// <summary>The regions, each with its likelihood and its simulations.</summary>
    public override IReadOnlyList<StepPart> Parts(ArtifactStore store)
        => [.. Likelihoods.OrderBy(likelihood => likelihood.Key, StringComparer.Ordinal).Select(likelihood => new StepPart(likelihood.Key, new JsonObject
        {
            ["Likelihood"] = SurveyJson.ToNode(likelihood.Value), [nameof(HeldOut)] = SurveyJson.ToNode(HeldOut[likelihood.Key]),
        }))];

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (regions, done) = (context.Parts.Missing, 0);
        context.Parts.ComputeMissing(region =>
        {
            context.Progress?.Report(new StepProgress((double)done++ / regions.Count, $"region {region}"));
            using var stream = context.Store.OpenAs(Likelihoods[region], NeuralLikelihood.Method);
            var tests = new NetworkTests(Cluster, region, SurveyPrior.Parse(Prior), StoredSimulations.Load(context.Store, HeldOut[region]));
            context.Parts.Keep(region, (nameof(Calibrations), tests.Of(context, NeuralLikelihood.Load(stream)).Save(context.Store)));
        });
        Calibrations = context.Parts.All<Artifact>(nameof(Calibrations));
        return Done;
    }
}
