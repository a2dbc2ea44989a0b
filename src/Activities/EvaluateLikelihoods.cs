using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Posteriors;

namespace ClusterSurvey.Activities;

/// <summary>Where the observed spectrum of a region lies among the simulated ones.</summary>
/// <param name="Outside">Numbers of the scales at which it lies outside the central 99.9 % of the simulations.</param>
/// <param name="DistancePercentile">The share of simulations nearer to the mean of all, by their covariance.</param>
public sealed record Familiarity(IReadOnlyList<int> Outside, double DistancePercentile)
{
    /// <summary>True when the network is asked about something that it has seen.</summary>
    public bool IsInside => Outside.Count == 0 && DistancePercentile <= TrainingCloud.Share;
}

[Step("Inference", "Evaluate likelihoods",
    "Tabulates the likelihood of the measured spectrum of each region on a grid of parameters, and asks whether the spectrum looks like the simulated ones.")]
public sealed class EvaluateLikelihoods : Step
{
    [Input("The likelihood of each region.", Order = 1)]
    public required IReadOnlyDictionary<string, Artifact> Likelihoods { get; init; }

    [Input("The measured spectra.", Order = 2)]
    public required Artifact Spectra { get; init; }

    [Input("The table of simulations.", Order = 3)]
    public required Artifact SimulationTable { get; init; }

    [Input("The prior, as in a prior file.", Order = 4)]
    public required JsonObject Prior { get; init; }

    [Input("Nodes of the grid along each parameter.", Min = 8, Max = 256, Order = 5)]
    public int Grid { get; init; } = 40;

    [Output("The log-likelihood cube of each region.")]
    public IReadOnlyDictionary<string, Artifact>? Cubes { get; private set; }

    [Output("Where the measured spectrum of each region lies among the simulated ones.")]
    public IReadOnlyDictionary<string, Familiarity>? Familiarity { get; private set; }

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var spectra = StoredSpectra.Load(context.Store, Spectra);
        var simulations = StoredSimulations.Load(context.Store, SimulationTable);
        var grid = ParameterGrid.Over(SurveyPrior.Parse(Prior), Grid);
        var cubes = new SortedDictionary<string, Artifact>(StringComparer.Ordinal);
        var familiarity = new SortedDictionary<string, Familiarity>(StringComparer.Ordinal);
        foreach (var (region, artifact) in Likelihoods)
        {
            context.Progress?.Report(new StepProgress((double)cubes.Count / Likelihoods.Count, $"region {region}"));
            using var stream = context.Store.OpenAs(artifact, NeuralLikelihood.Method);
            var observed = spectra.Of(region)!.S;
            var cube = LikelihoodCube.Evaluate(NeuralLikelihood.Load(stream), observed, grid, cancellation: context.Cancellation);
            cubes[region] = StoredCube.Save(context.Store, cube);
            var position = new TrainingCloud(simulations.Summaries(region).Values, observed.Length).Locate(observed);
            familiarity[region] = new Familiarity(position.Outside, position.MahalanobisPercentile);
        }
        (Cubes, Familiarity) = (cubes, familiarity);
        return Done;
    }
}
