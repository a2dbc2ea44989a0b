using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Simulations;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Activities;

[Step("Validation", "Test recovery",
    "Takes one test simulation of every cluster as a survey, and holds its joint posterior against the parameters that all of them were simulated with; once for every test simulation.", Random = true, Version = 3)]
public sealed class TestRecovery : PartwiseStep
{
    [Input("The learnt likelihoods by cluster and region.", Order = 1, ByPart = true)]
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>> Likelihoods { get; init; }

    [Input("The tables of test simulations by cluster and region.", Order = 2, ByPart = true)]
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>> TestTables { get; init; }

    [Input("The prior, as in a prior file.", Order = 3)]
    public required JsonObject Prior { get; init; }

    [Input("Nodes of the grid along each parameter.", Min = 8, Max = 128, Order = 4)]
    public int Grid { get; init; } = 40;

    [Input("Draws of each joint posterior.", Min = 50, Max = 100_000, Order = 5)]
    public int Draws { get; init; } = 400;

    [Input("What the likelihoods of each region are known to be wrong in together; empty for nothing.", Order = 6, ByPart = true)]
    public IReadOnlyDictionary<string, MeasuredCommonError>? CommonErrors { get; init; }

    [Output("The recovered surveys of each region.", ByPart = true)]
    public IReadOnlyDictionary<string, Artifact>? Recoveries { get; private set; }

    /// <summary>The regions, each with the likelihoods and test simulations of every cluster that has it, and what those are known to be wrong in together.</summary>
    public override IReadOnlyList<StepPart> Parts(ArtifactStore store) => [.. SimulatedSurveys.Regions(TestTables).Select(region => new StepPart(region, Ingredients(region)))];

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var prior = SurveyPrior.Parse(Prior);
        context.Parts.ComputeMissing(region => context.Parts.Keep(region, (nameof(Recoveries), StoredRecovery.Save(context.Store, Recover(context, region, prior)))));
        Recoveries = context.Parts.All<Artifact>(nameof(Recoveries));
        return Done;
    }

    private JsonObject Ingredients(string region)
    {
        var known = SimulatedSurveys.Ingredients(Likelihoods, TestTables, region);
        if (CommonErrors?.GetValueOrDefault(region) is { } common) known[nameof(CommonErrors)] = SurveyJson.ToNode(common);
        return known;
    }

    private JointRecovery Recover(StepContext context, string region, Prior prior)
    {
        var (objects, truths) = SimulatedSurveys.Load(context.Store, Likelihoods, TestTables, region);
        var common = CommonErrors?.GetValueOrDefault(region)?.ToCommonError() ?? CommonError.None;
        var grid = ParameterGrid.Over(prior, Grid);
        var seed = context.Seed.Derive(region);
        var surveys = objects[0].SurveyCount;
        var cases = ParallelWork.Each(context, surveys,
            survey => JointRecovery.Recover(seed.Derive(survey), prior, objects, survey, truths.AsSpan(survey * prior.Count, prior.Count), grid, Draws, common, context.Cancellation),
            done => new StepProgress(done / (double)surveys, $"region {region}, {done} of {surveys} surveys"));
        return JointRecovery.Of(prior.Names, cases);
    }
}
