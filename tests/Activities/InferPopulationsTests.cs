using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Posteriors;

namespace ClusterSurvey.Activities;

/// <summary>Clusters whose likelihoods are normal in three parameters, about values drawn from a population.</summary>
public sealed class InferPopulationsTests : IDisposable
{
    private const int Clusters = 10;

    private static readonly double[] Mean = [-0.7, -0.4, 3.5];
    private static readonly double[] Error = [0.06, 0.1, 0.3];
    private static readonly ParameterGrid Grid = new([new("log10_sigma", -2, 0, 40), new("log10_injection_scale", -1.5, 0.5, 40), new("slope", 1, 6, 40)]);

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_known_population_is_found_and_a_group_is_its_own()
    {
        double[] scatter = [0.2, 0.25, 0.6];
        var store = new ArtifactStore(folder["store"]);
        var cubes = Sample(store, new Seed(3), scatter, out var values);
        string[] half = [.. cubes.Keys.Take(Clusters / 2)];
        var found = Run(store, cubes, new("half", "first", half), new("half", "two", [.. cubes.Keys.Take(2)]));
        Assert.Equal(["global", "half: first, global"], found.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(half, found["half: first, global"].Clusters);
        var all = found["global"];
        Assert.True(all.Converged);
        for (var p = 0; p < 3; p++)
        {
            // The sample's own mean and deviation, errors of measurement taken off: what a posterior of ten clusters can know.
            double[] column = [.. values.Select(value => value[p])];
            Assert.InRange(all.Means[p].Median, column.Average() - 0.3 * scatter[p], column.Average() + 0.3 * scatter[p]);
            Assert.InRange(scatter[p], all.Scatters[p].Low95, all.Scatters[p].High95);
            Assert.True(all.Scatters[p].Low95 > 0.1 * scatter[p]);
        }
    }

    [Fact]
    public void Without_scatter_the_mean_is_the_shared_value()
    {
        var store = new ArtifactStore(folder["store"]);
        var cubes = Sample(store, new Seed(5), [0, 0, 0], out _);
        var all = Run(store, cubes)["global"];
        var prior = Grid.ToFlatPrior();
        var shared = JointPosterior.From(prior, cubes.Select(cube => new NamedCube(cube.Key, StoredCube.Load(store, cube.Value["global"])))).Posterior.Summarize();
        for (var p = 0; p < 3; p++)
        {
            Assert.Equal(shared[p].Median, all.Means[p].Median, 0.6 * shared[p].StandardDeviation);
            Assert.InRange(all.Means[p].StandardDeviation / shared[p].StandardDeviation, 0.9, 1.6);
            Assert.True(all.Scatters[p].Median < Error[p]);
        }
    }

    private Dictionary<string, PopulationSummary> Run(ArtifactStore store, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>> cubes, params Samples.ClusterGroup[] groups)
    {
        var inputs = new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["Cubes"] = SurveyJson.ToNode(cubes), ["Groups"] = SurveyJson.ToNode(groups), ["Draws"] = 300 };
        var context = new StepContext { Seed = new Seed(1), Store = store, Run = new RunFolder(folder["run"]), Cancellation = TestContext.Current.CancellationToken };
        var result = StepRunner.Run(StepDescriptor.Of(typeof(InferPopulations)), inputs, context);
        return System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, PopulationSummary>>(result.Outputs["Populations"]!, SurveyJson.Options)!;
    }

    private static SortedDictionary<string, IReadOnlyDictionary<string, Artifact>> Sample(ArtifactStore store, Seed seed, double[] scatter, out List<double[]> values)
    {
        var stream = seed.Stream();
        var cubes = new SortedDictionary<string, IReadOnlyDictionary<string, Artifact>>(StringComparer.Ordinal);
        values = [];
        for (var i = 0; i < Clusters; i++)
        {
            double[] value = [.. Mean.Select((mean, p) => mean + scatter[p] * stream.NextNormal())];
            double[] measured = [.. value.Select((truth, p) => truth + Error[p] * stream.NextNormal())];
            var cube = new LikelihoodCube(Grid, [.. Enumerable.Range(0, Grid.NodeCount).Select(node => LogLikelihood(node, measured))]);
            cubes[$"cluster {i}"] = new Dictionary<string, Artifact> { ["global"] = StoredCube.Save(store, cube) };
            values.Add(value);
        }
        return cubes;
    }

    private static double LogLikelihood(int node, double[] measured)
    {
        var theta = new double[3];
        Grid.ReadNodes(node, theta);
        return -0.5 * theta.Select((value, p) => Math.Pow((value - measured[p]) / Error[p], 2)).Sum();
    }
}
