using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Activities.Survey;

namespace ClusterSurvey.Activities;

[Step("Survey", "Gather clusters", "Gathers the likelihood cubes of all clusters that came through and are not excluded.", Cached = false, RunsInPlan = true)]
public sealed class GatherClusters : Step
{
    [Output("The likelihood cubes by cluster and region.", Order = 1)]
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>>? Cubes { get; private set; }

    [Output("The learnt likelihoods by cluster and region, of the clusters whose definition gives them.", Order = 2)]
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>>? Likelihoods { get; private set; }

    [Output("The test simulations by cluster and region, of the clusters whose definition makes some.", Order = 3)]
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>>? TestTables { get; private set; }

    [Output("The held-out simulations by cluster and region, of the clusters whose networks were calibrated.", Order = 6)]
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>>? HeldOut { get; private set; }

    [Output("Test simulations that depart from what the survey takes for granted, by what is different, cluster and region, of the clusters whose definition makes some.", Order = 4)]
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>>>? Departures { get; private set; }

    [Output("The groups that the settings divide them into.", Order = 5)]
    public IReadOnlyList<ClusterGroup>? Groups { get; private set; }

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var clusters = context.Run.Published(PublishCluster.Group);
        if (clusters.Count == 0)
            throw new BadInputException(context.Run.Id, "no cluster that came through", "at least one",
                "see the failures of this run, and correct their causes");
        var products = clusters.Select(cluster => (cluster.Name, Products: ClusterProducts.Of(cluster.Name, cluster.Value))).ToList();
        var division = Division(context, products);
        context.Run.Publish("survey", "division", SurveyJson.ToNode(division)!);
        var excluded = division.ExcludedNames();
        if (clusters.All(cluster => excluded.Contains(cluster.Name)))
            throw new BadInputException("exclude", $"every cluster that came through: {string.Join(", ", clusters.Select(cluster => cluster.Name))}", "at least one that is not excluded", "exclude fewer");
        var counted = products.Where(cluster => !excluded.Contains(cluster.Name)).ToList();
        Cubes = ByCluster(counted.Select(cluster => (cluster.Name, (IReadOnlyDictionary<string, Artifact>?)cluster.Products.Cubes)));
        Likelihoods = ByCluster(counted.Select(cluster => (cluster.Name, cluster.Products.Likelihoods)));
        HeldOut = ByCluster(counted.Select(cluster => (cluster.Name, cluster.Products.HeldOut)));
        TestTables = ByCluster(counted.Select(cluster => (cluster.Name, cluster.Products.TestTables)));
        Departures = counted.SelectMany(cluster => cluster.Products.Departures?.Keys ?? []).Distinct().Order(StringComparer.Ordinal).ToDictionary(
            departure => departure, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>> (departure) => ByCluster(counted.Select(cluster => (cluster.Name, cluster.Products.Departures?.GetValueOrDefault(departure)))), StringComparer.Ordinal);
        Groups = [.. division.Groupings.SelectMany(grouping => grouping.Groups.Select(group => new ClusterGroup(grouping.Name, group.Name, group.Clusters)))];
        return Done;
    }

    private static SortedDictionary<string, IReadOnlyDictionary<string, Artifact>> ByCluster(IEnumerable<(string Name, IReadOnlyDictionary<string, Artifact>? Given)> products)
        => new(products.Where(cluster => cluster.Given is not null).ToDictionary(cluster => cluster.Name, cluster => cluster.Given!), StringComparer.Ordinal);

    private static SampleDivision Division(StepContext context, IEnumerable<(string Name, ClusterProducts Products)> products) => context.Run.Published("survey", "sample") is { } sample
        ? SampleDivision.Of(context.Run, SurveyRun.ReadSample(context.Store, sample), SurveyRun.MeasuredMorphology(products))
        : SampleDivision.None;
}
