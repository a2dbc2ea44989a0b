using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Simulations;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Activities;

[Step("Inference", "Combine likelihoods", "Multiplies the likelihoods of all clusters into one posterior per region.", Random = true, Version = 4)]
public sealed class CombineLikelihoods : Step
{
    [Input("The likelihood cubes by cluster and region.", Order = 1)]
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>> Cubes { get; init; }

    [Input("The prior, as in a prior file.", Order = 2)]
    public required JsonObject Prior { get; init; }

    [Input("Draws of each posterior.", Min = 100, Max = 1_000_000, Order = 3)]
    public int Draws { get; init; } = 4000;

    [Input("What the likelihoods of each region are wrong in together, as it was measured; empty for nothing.", Order = 4)]
    public IReadOnlyDictionary<string, MeasuredCommonError>? CommonErrors { get; init; }

    [Input("Scales of the spectra as LO:HI:N: the posteriors then hold, for their first draws, what Mach numbers and clumping are derived from. None leaves that to whoever derives them.", Unit = "R500", Order = 5)]
    public string? Scales { get; init; }

    [Output("The joint posterior of each region.")]
    public Artifact? Joint { get; private set; }

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var prior = SurveyPrior.Parse(Prior);
        var scales = ScaleRange.Optional(Scales);
        var names = SimulatedSurveys.Regions(Cubes).ToArray();
        var regions = new List<RegionPosterior>();
        foreach (var region in names)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            context.Progress?.Report(new StepProgress((double)regions.Count / names.Length, $"region {region}"));
            var objects = Cubes
                .Where(cluster => cluster.Value.ContainsKey(region))
                .Select(cluster => new NamedCube(cluster.Key, StoredCube.Load(context.Store, cluster.Value[region])));
            regions.Add(Combine(context.Seed, prior, region, [.. objects], Draws, CommonErrors?.GetValueOrDefault(region)).WithAmplitudes(scales));
        }
        Joint = new StoredPosteriors(regions).Save(context.Store);
        return Done;
    }

    /// <summary>The joint posterior of some clusters in one region.</summary>
    /// <param name="seed">Origin of the draws.</param>
    /// <param name="prior">The prior.</param>
    /// <param name="region">The region.</param>
    /// <param name="objects">The clusters.</param>
    /// <param name="draws">How many draws.</param>
    /// <param name="common">What the likelihoods of this region are wrong in together; null when it was not measured, and the product is taken as it is.</param>
    public static RegionPosterior Combine(Seed seed, Prior prior, string region, IReadOnlyList<NamedCube> objects, int draws, MeasuredCommonError? common)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var joint = JointPosterior.From(prior, objects, common: common?.ToCommonError() ?? CommonError.None);
        return new RegionPosterior(region, joint.Posterior.Summarize(), joint.Posterior.Sample(seed.Derive(region), draws), [], [.. objects.Select(cluster => cluster.Name)])
        {
            CommonError = common?.At(joint.CommonError),
        };
    }
}
