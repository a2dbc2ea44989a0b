using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Simulations;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Inference.Posteriors;

namespace ClusterSurvey.Activities;

/// <summary>The population of some clusters in one region: the mean and the scatter of each parameter, in the order of theta.</summary>
/// <param name="Grouping">Division of the sample; empty for the whole.</param>
/// <param name="Group">Name of the group.</param>
/// <param name="Region">The region.</param>
/// <param name="Clusters">Its clusters that have a likelihood there.</param>
/// <param name="Means">Posterior of the population's mean of each parameter.</param>
/// <param name="Scatters">Posterior of the scatter of each parameter over clusters, without errors of measurement.</param>
/// <param name="Converged">False when the sampler ended before it had the draws asked for.</param>
/// <param name="CommonError">The error that the likelihoods have in common, by which the means were widened; null when none was measured.</param>
public sealed record PopulationSummary(
    string Grouping, string Group, string Region, IReadOnlyList<string> Clusters, IReadOnlyList<ParameterSummary> Means, IReadOnlyList<ParameterSummary> Scatters, bool Converged,
    MeasuredCommonError? CommonError = null);

[Step("Inference", "Infer populations",
    "Infers the mean and the scatter of the turbulence over clusters, for the whole sample and every group, in each region: what the clusters share, and by how much they differ.", Version = 2, Random = true)]
public sealed class InferPopulations : PartwiseStep
{
    /// <summary>Two clusters do not tell a scatter from chance.</summary>
    public const int FewestClusters = 3;

    /// <summary>The parameters of clusters are distributed normally about their mean.</summary>
    public const string Normal = "normal";

    /// <summary>No population is inferred.</summary>
    public const string None = "none";

    [Input("The likelihood cubes by cluster and region.", Order = 1, ByPart = true)]
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>> Cubes { get; init; }

    [Input("The groups of clusters; all clusters together are one beside them.", Order = 2, ByPart = true)]
    public IReadOnlyList<ClusterGroup> Groups { get; init; } = [];

    [Input("Effective draws of each posterior.", Min = 100, Max = 100_000, Order = 3)]
    public int Draws { get; init; } = 1000;

    [Input("The distribution of parameters over clusters: normal, or none to infer no population.", Choices = [Normal, None], Order = 4)]
    public string Population { get; init; } = Normal;

    [Input("What the likelihoods of each region are wrong in together, as it was measured; empty for nothing.", Order = 5, ByPart = true)]
    public IReadOnlyDictionary<string, MeasuredCommonError>? CommonErrors { get; init; }

    [Output("The population of every group of three clusters or more in every region.", ByPart = true)]
    public IReadOnlyDictionary<string, PopulationSummary>? Populations { get; private set; }

    /// <summary>Every group in every region in which enough of its clusters have a likelihood.</summary>
    public override IReadOnlyList<StepPart> Parts(ArtifactStore store) => [.. Members().Select(member => new StepPart(member.Name, Ingredients(member)))];

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        InferMissing(context, Members().ToDictionary(member => member.Name));
        Populations = context.Parts.All<PopulationSummary>(nameof(Populations));
        return Done;
    }

    private JsonObject Ingredients(Member member)
    {
        var known = new JsonObject
        {
            [nameof(Cubes)] = SurveyJson.ToNode(new SortedDictionary<string, Artifact>(member.Clusters.ToDictionary(cluster => cluster, cluster => Cubes[cluster][member.Region]), StringComparer.Ordinal)),
        };
        if (CommonErrors?.GetValueOrDefault(member.Region) is { } common) known[nameof(CommonErrors)] = SurveyJson.ToNode(common);
        return known;
    }

    // Each population is one thread's; what it gives depends on its name and cubes alone.
    private void InferMissing(StepContext context, Dictionary<string, Member> members)
    {
        var (missing, done, keeping) = (context.Parts.Missing, 0, new Lock());
        ParallelWork.Do(() => Parallel.ForEach(missing, new ParallelOptions { MaxDegreeOfParallelism = context.Threads, CancellationToken = context.Cancellation }, part =>
        {
            var population = Infer(context, members[part]);
            lock (keeping)
            {
                context.Parts.Keep(part, (nameof(Populations), population));
                context.Progress?.Report(new StepProgress((double)++done / missing.Count, part));
            }
        }));
    }

    private PopulationSummary Infer(StepContext context, Member member)
    {
        var objects = member.Clusters.Select(cluster => new NamedCube(cluster, StoredCube.Load(context.Store, Cubes[cluster][member.Region]))).ToArray();
        var seed = context.Seed.Derive(member.Group.Grouping).Derive(member.Group.Name).Derive(member.Region);
        var common = CommonErrors?.GetValueOrDefault(member.Region);
        var posterior = PopulationPosterior.Compute(seed, objects, Draws, common: common?.ToCommonError() ?? CommonError.None, cancellation: context.Cancellation);
        var parameters = Enumerable.Range(0, objects[0].Cube.Grid.Dimensions).ToArray();
        return new PopulationSummary(member.Group.Grouping, member.Group.Name, member.Region, member.Clusters,
            [.. parameters.Select(posterior.Mean)], [.. parameters.Select(posterior.Scatter)], posterior.Converged, common?.At(posterior.CommonError));
    }

    private IEnumerable<Member> Members() =>
        from single in Groups.Prepend(new ClusterGroup("", "all", [.. Cubes.Keys.Order(StringComparer.Ordinal)]))
        from region in SimulatedSurveys.Regions(Cubes)
        let clusters = single.Clusters.Where(cluster => Cubes.TryGetValue(cluster, out var regions) && regions.ContainsKey(region)).ToArray()
        where Population != None && clusters.Length >= FewestClusters
        select new Member(single, region, clusters);

    private sealed record Member(ClusterGroup Group, string Region, string[] Clusters)
    {
        public string Name => Group.Grouping.Length == 0 ? Region : $"{Group.Grouping}: {Group.Name}, {Region}";
    }
}
