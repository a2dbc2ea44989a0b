using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Activities;

[Step("Inference", "Sample posteriors",
    "Turns the likelihood cubes of a cluster into posteriors, and predicts from them the spectra that one should have seen.", Random = true, Version = 3)]
public sealed class SamplePosteriors : Step
{
    private const int PredictiveDraws = 400;

    [Input("Name of the cluster.", Order = 1)]
    public required string Cluster { get; init; }

    [Input("The log-likelihood cube of each region.", Order = 2)]
    public required IReadOnlyDictionary<string, Artifact> Cubes { get; init; }

    [Input("The likelihood of each region, for the predictions.", Order = 3)]
    public required IReadOnlyDictionary<string, Artifact> Likelihoods { get; init; }

    [Input("The prior, as in a prior file.", Order = 4)]
    public required JsonObject Prior { get; init; }

    [Input("Draws of each posterior.", Min = 100, Max = 1_000_000, Order = 5)]
    public int Draws { get; init; } = 4000;

    [Input("Scales of the spectra as LO:HI:N: the posteriors then hold, for their first draws, what Mach numbers and clumping are derived from. None leaves that to whoever derives them.", Unit = "R500", Order = 6)]
    public string? Scales { get; init; }

    [Output("The posterior of each region.")]
    public Artifact? Posteriors { get; private set; }

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var prior = SurveyPrior.Parse(Prior);
        var scales = ScaleRange.Optional(Scales);
        var regions = new List<RegionPosterior>();
        foreach (var region in Cubes.Keys.Order(StringComparer.Ordinal))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            context.Progress?.Report(new StepProgress((double)regions.Count / Cubes.Count, $"region {region}"));
            regions.Add(Sample(context, prior, region).WithAmplitudes(scales));
        }
        Posteriors = new StoredPosteriors(regions).Save(context.Store);
        return Done;
    }

    private RegionPosterior Sample(StepContext context, Prior prior, string region)
    {
        var seed = context.Seed.Derive(Cluster).Derive(region);
        var posterior = GridPosterior.From(prior, StoredCube.Load(context.Store, Cubes[region]));
        var draws = posterior.Sample(seed.Derive("draws"), Draws);
        using var stream = context.Store.OpenAs(Likelihoods[region], NeuralLikelihood.Method);
        return new RegionPosterior(region, posterior.Summarize(), draws, Predict(seed.Derive("predictive"), NeuralLikelihood.Load(stream), draws), [Cluster]);
    }

    // One spectrum per draw of theta: the spread of both enters.
    private static double[] Predict(Seed seed, NeuralLikelihood likelihood, double[] draws)
    {
        var (count, scales) = (Math.Min(PredictiveDraws, draws.Length / likelihood.ParameterCount), likelihood.DataCount);
        var spectra = new double[scales][];
        for (var scale = 0; scale < scales; scale++) spectra[scale] = new double[count];
        for (var i = 0; i < count; i++)
        {
            var x = likelihood.Sample(seed.Derive(i), draws.AsSpan(i * likelihood.ParameterCount, likelihood.ParameterCount), 1);
            for (var scale = 0; scale < scales; scale++) spectra[scale][i] = x[scale];
        }
        var quantiles = RegionPosterior.PredictiveQuantiles;
        var bands = new double[quantiles.Count * scales];
        for (var scale = 0; scale < scales; scale++)
        {
            var values = Quantiles.Of(spectra[scale], [], [.. quantiles]);
            for (var q = 0; q < quantiles.Count; q++) bands[q * scales + scale] = values[q];
        }
        return bands;
    }
}
