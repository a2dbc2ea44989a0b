using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Activities;

[Step("Validation", "Test recovery",
    "Takes one test simulation of every cluster as a survey, and holds its joint posterior against the parameters that all of them were simulated with; once for every test simulation.", Random = true)]
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

    [Output("The recovered surveys of each region.", ByPart = true)]
    public IReadOnlyDictionary<string, Artifact>? Recoveries { get; private set; }

    /// <summary>The regions, each with the likelihoods and test simulations of every cluster that has it.</summary>
    public override IReadOnlyList<StepPart> Parts(ArtifactStore store) =>
        [.. TestTables.Values.SelectMany(tables => tables.Keys).Distinct().Order(StringComparer.Ordinal).Select(region => new StepPart(region, new JsonObject(
            Clusters(region).Select(cluster => KeyValuePair.Create(cluster, (JsonNode?)new JsonArray(SurveyJson.ToNode(Likelihoods[cluster][region]), SurveyJson.ToNode(TestTables[cluster][region])))))))];

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var prior = SurveyPrior.Parse(Prior);
        context.Parts.ComputeMissing(region => context.Parts.Keep(region, (nameof(Recoveries), StoredRecovery.Save(context.Store, Recover(context, region, prior)))));
        Recoveries = context.Parts.All<Artifact>(nameof(Recoveries));
        return Done;
    }

    private IEnumerable<string> Clusters(string region)
        => TestTables.Where(cluster => cluster.Value.ContainsKey(region) && Likelihoods.TryGetValue(cluster.Key, out var learnt) && learnt.ContainsKey(region)).Select(cluster => cluster.Key).Order(StringComparer.Ordinal);

    private JointRecovery Recover(StepContext context, string region, Prior prior)
    {
        var (objects, truths) = Load(context.Store, region);
        var grid = ParameterGrid.Over(prior, Grid);
        var seed = context.Seed.Derive(region);
        var cases = new RecoveredCase[objects[0].SurveyCount];
        var done = 0;
        ParallelWork.Do(() => Parallel.For(0, cases.Length, new ParallelOptions { MaxDegreeOfParallelism = context.Threads, CancellationToken = context.Cancellation }, survey =>
        {
            cases[survey] = JointRecovery.Recover(seed.Derive(survey), prior, objects, survey, truths.AsSpan(survey * prior.Count, prior.Count), grid, Draws, context.Cancellation);
            var count = Interlocked.Increment(ref done);
            context.Progress?.Report(new StepProgress(count / (double)cases.Length, $"region {region}, {count} of {cases.Length} surveys"));
        }));
        return JointRecovery.Of(prior.Names, cases);
    }

    private (TestedObject[] Objects, double[] Truths) Load(ArtifactStore store, string region)
    {
        var (objects, truths) = (new List<TestedObject>(), (double[]?)null);
        foreach (var cluster in Clusters(region))
        {
            using var stream = store.OpenAs(Likelihoods[cluster][region], NeuralLikelihood.Method);
            var tests = StoredSimulations.Load(store, TestTables[cluster][region]);
            var summaries = tests.Summaries(region);
            objects.Add(new TestedObject(cluster, NeuralLikelihood.Load(stream), summaries.Values, summaries.ColumnCount));
            var drawn = tests.Parameters();
            truths ??= drawn.Values;
            if (!truths.AsSpan().SequenceEqual(drawn.Values))
                throw new BadInputException($"{cluster}, region {region}", "test simulations with other parameters than those of the first cluster", "one set of parameters that all clusters share", "simulate them with Purpose test and the same seed, prior and number");
        }
        return objects.Count > 0 ? ([.. objects], truths!) : throw new BadInputException($"region {region}", "no cluster with test simulations and a likelihood", "at least one", "see the failures of this run");
    }
}
