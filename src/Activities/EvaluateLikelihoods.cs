using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Activities;

/// <summary>Whether the networks know what they are asked: where the observed spectrum of a region lies among the simulated ones.</summary>
/// <param name="Outside">Numbers of the scales at which it lies outside the central 99.9 % of the simulations.</param>
/// <param name="DistancePercentile">The share of simulations nearer to the mean of all, by their covariance.</param>
/// <param name="NetworkDisagreement">
/// The rms of log q about its mean over the networks of the ensemble at the mode of the posterior, in nats; null for one network.
/// </param>
public sealed record Familiarity(IReadOnlyList<int> Outside, double DistancePercentile, double? NetworkDisagreement)
{
    /// <summary>True when the network is asked about something that it has seen.</summary>
    public bool IsInside => Outside.Count == 0 && DistancePercentile <= TrainingCloud.Share;
}

[Step("Inference", "Evaluate likelihoods",
    "Tabulates the likelihood of the measured spectrum of each region on a grid of parameters, and asks whether the spectrum looks like the simulated ones.", Version = 2)]
public sealed class EvaluateLikelihoods : PartwiseStep
{
    [Input("The likelihood of each region.", Order = 1, ByPart = true)]
    public required IReadOnlyDictionary<string, Artifact> Likelihoods { get; init; }

    [Input("The measured spectra.", Order = 2, ByPart = true)]
    public required Artifact Spectra { get; init; }

    [Input("The table of simulations of each region.", Order = 3, ByPart = true)]
    public required IReadOnlyDictionary<string, Artifact> SimulationTables { get; init; }

    [Input("The prior, as in a prior file.", Order = 4)]
    public required JsonObject Prior { get; init; }

    [Input("Nodes of the grid along each parameter.", Min = 8, Max = 256, Order = 5)]
    public int Grid { get; init; } = 40;

    [Output("The log-likelihood cube of each region.", ByPart = true)]
    public IReadOnlyDictionary<string, Artifact>? Cubes { get; private set; }

    [Output("Where the measured spectrum of each region lies among the simulated ones.", ByPart = true)]
    public IReadOnlyDictionary<string, Familiarity>? Familiarity { get; private set; }

    /// <summary>The regions, each with its likelihood, its simulations and its measured S.</summary>
    public override IReadOnlyList<StepPart> Parts(ArtifactStore store)
    {
        var spectra = StoredSpectra.Load(store, Spectra);
        return [.. Likelihoods.OrderBy(likelihood => likelihood.Key, StringComparer.Ordinal).Select(likelihood => new StepPart(likelihood.Key, new JsonObject
        {
            ["Likelihood"] = SurveyJson.ToNode(likelihood.Value), ["SimulationTable"] = SurveyJson.ToNode(SimulationTables[likelihood.Key]),
            ["S"] = SurveyJson.ToNode(spectra.Of(likelihood.Key)!.S),
        }))];
    }

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var spectra = StoredSpectra.Load(context.Store, Spectra);
        var prior = SurveyPrior.Parse(Prior);
        var grid = ParameterGrid.Over(prior, Grid);
        var (regions, done) = (context.Parts.Missing, 0);
        context.Parts.ComputeMissing(region =>
        {
            context.Progress?.Report(new StepProgress((double)done++ / regions.Count, $"region {region}"));
            Evaluate(context, region, spectra.Of(region)!.S, prior, grid);
        });
        Cubes = context.Parts.All<Artifact>(nameof(Cubes));
        Familiarity = context.Parts.All<Familiarity>(nameof(Familiarity));
        return Done;
    }

    private void Evaluate(StepContext context, string region, double[] observed, Prior prior, ParameterGrid grid)
    {
        using var stream = context.Store.OpenAs(Likelihoods[region], NeuralLikelihood.Method);
        var likelihood = NeuralLikelihood.Load(stream);
        var cube = LikelihoodCube.Evaluate(likelihood, observed, grid, cancellation: context.Cancellation);
        var simulations = StoredSimulations.Load(context.Store, SimulationTables[region]);
        var position = new TrainingCloud(simulations.Summaries(region).Values, observed.Length).Locate(observed);
        context.Parts.Keep(region,
            (nameof(Cubes), StoredCube.Save(context.Store, cube)),
            (nameof(Familiarity), new Familiarity(position.Outside, position.MahalanobisPercentile, likelihood.NetworkDisagreement(observed, Mode(cube, prior)))));
    }

    // The node of the highest posterior density.
    private static double[] Mode(LikelihoodCube cube, Prior prior)
    {
        var (mode, node, highest) = (new double[prior.Count], new double[prior.Count], double.NegativeInfinity);
        for (var i = 0; i < cube.Grid.NodeCount; i++)
        {
            cube.Grid.ReadNodes(i, node);
            var density = cube.LogLikelihood[i] + prior.LogDensity(node);
            if (!(density > highest)) continue;
            highest = density;
            node.CopyTo(mode, 0);
        }
        return mode;
    }
}
