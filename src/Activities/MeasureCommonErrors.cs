using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Simulations;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Inference.Posteriors;

namespace ClusterSurvey.Activities;

/// <summary>What the likelihoods of a region's clusters are wrong in together, as it was measured.</summary>
/// <param name="Share">The common part of the mean square gradient of a cluster (<see cref="CommonError"/>).</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Clusters">The clusters on which it was measured.</param>
/// <param name="Surveys">The simulated surveys of them.</param>
public sealed record MeasuredCommonError(double Share, double StandardError, int Clusters, int Surveys)
{
    /// <summary>The same of posteriors away from the ends of the prior (<see cref="CommonError.ByEnds"/>); null where no difference was found.</summary>
    public double? Away { get; init; }

    /// <summary>The same of posteriors at the ends of the prior; null where no difference was found.</summary>
    public double? Near { get; init; }

    /// <summary>The share by which one posterior was widened, by where it lies; null where that is <see cref="Share"/>.</summary>
    public double? Here { get; init; }

    /// <summary>What was found in so many surveys of so many clusters.</summary>
    public static MeasuredCommonError Of(CommonError found, int clusters, int surveys)
        => new(found.Share, found.StandardError, clusters, surveys) { Away = found.ByEnds?.Away, Near = found.ByEnds?.Near };

    /// <summary>The same as joint posteriors take it.</summary>
    public CommonError ToCommonError() => new(Share, StandardError) { ByEnds = Away is { } away && Near is { } near ? (away, near) : null };

    /// <summary>The share by which the posterior was widened that this stands beside.</summary>
    public double OfPosterior() => Here ?? Share;

    /// <summary>The same with the share by which one posterior was widened.</summary>
    public MeasuredCommonError At(CommonError here) => this with { Here = Away is null ? null : here.Share };
}

[Step("Inference", "Measure common errors",
    "Takes held-out simulations of all clusters, which share their parameters, as surveys of known truth, and measures what the likelihoods are wrong in together: an error too small to be seen in one cluster, which adds up in the product of many; near the ends of the prior apart, where it is found to differ.", Random = true, Version = 3)]
public sealed class MeasureCommonErrors : PartwiseStep
{
    [Input("The learnt likelihoods by cluster and region.", Order = 1, ByPart = true)]
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>> Likelihoods { get; init; }

    [Input("The tables of held-out simulations by cluster and region; none to measure nothing.", Order = 2, ByPart = true)]
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>> HeldOut { get; init; }

    [Input("The prior from which the parameters of the simulations were drawn, as in a prior file.", Order = 3)]
    public required JsonObject Prior { get; init; }

    [Output("What was measured in each region that two or more clusters have.", ByPart = true)]
    public IReadOnlyDictionary<string, MeasuredCommonError>? CommonErrors { get; private set; }

    /// <summary>The regions that two or more clusters have, each with their likelihoods and held-out simulations.</summary>
    public override IReadOnlyList<StepPart> Parts(ArtifactStore store) =>
        [.. SimulatedSurveys.Regions(HeldOut).Where(region => SimulatedSurveys.Clusters(Likelihoods, HeldOut, region).Skip(1).Any())
            .Select(region => new StepPart(region, SimulatedSurveys.Ingredients(Likelihoods, HeldOut, region)))];

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (regions, done) = (context.Parts.Missing, 0);
        context.Parts.ComputeMissing(region => context.Parts.Keep(region, (nameof(CommonErrors), Measure(context, region, done++, regions.Count))));
        CommonErrors = context.Parts.All<MeasuredCommonError>(nameof(CommonErrors));
        return Done;
    }

    private MeasuredCommonError Measure(StepContext context, string region, int index, int regions)
    {
        var prior = SurveyPrior.Parse(Prior);
        var (objects, truths) = SimulatedSurveys.Load(context.Store, Likelihoods, HeldOut, region);
        var surveys = objects[0].SurveyCount;
        var scores = ParallelWork.Each(context, surveys, survey => CommonErrorTest.Score(prior, objects, survey, truths.AsSpan(survey * prior.Count, prior.Count), context.Cancellation),
            done => new StepProgress((index + done / (double)surveys) / regions, $"region {region}, {done} of {surveys} surveys"));
        try
        {
            var common = CommonErrorTest.Estimate(scores, objects.Length);
            return MeasuredCommonError.Of(common, objects.Length, scores.Length);
        }
        catch (ArgumentException few)
        {
            throw new BadInputException($"region {region}", few.InPlainWords(), "held-out simulations of every cluster", "raise the setting calibration", few);
        }
    }
}
