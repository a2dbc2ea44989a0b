using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Inference.Methods;

namespace ClusterSurvey.Activities.Simulations;

/// <summary>Simulations of all clusters with the same parameters, row by row: each row is a survey of known truth.</summary>
internal static class SimulatedSurveys
{
    /// <summary>The regions of what stands by cluster and region, in order.</summary>
    public static IEnumerable<string> Regions(IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>> tables)
        => tables.Values.SelectMany(cluster => cluster.Keys).Distinct().Order(StringComparer.Ordinal);

    /// <summary>The clusters that have both a table and a likelihood of a region, in order.</summary>
    public static IEnumerable<string> Clusters(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>> likelihoods, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>> tables, string region)
        => tables.Where(cluster => cluster.Value.ContainsKey(region) && likelihoods.TryGetValue(cluster.Key, out var learnt) && learnt.ContainsKey(region)).Select(cluster => cluster.Key).Order(StringComparer.Ordinal);

    /// <summary>What a region's surveys depend on.</summary>
    public static JsonObject Ingredients(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>> likelihoods, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>> tables, string region)
        => new(Clusters(likelihoods, tables, region).Select(cluster => KeyValuePair.Create(cluster, (JsonNode?)new JsonArray(SurveyJson.ToNode(likelihoods[cluster][region]), SurveyJson.ToNode(tables[cluster][region])))));

    /// <summary>The clusters of a region with their observations in every survey, and the truths of the surveys, row by row.</summary>
    /// <exception cref="BadInputException">No cluster, or tables that do not share their parameters.</exception>
    public static (TestedObject[] Objects, double[] Truths) Load(
        ArtifactStore store, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>> likelihoods, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>> tables, string region)
    {
        var (objects, truths) = (new List<TestedObject>(), (double[]?)null);
        foreach (var cluster in Clusters(likelihoods, tables, region))
        {
            using var stream = store.OpenAs(likelihoods[cluster][region], NeuralLikelihood.Method);
            var tests = StoredSimulations.Load(store, tables[cluster][region]);
            var summaries = tests.Summaries(region);
            objects.Add(new TestedObject(cluster, NeuralLikelihood.Load(stream), summaries.Values, summaries.ColumnCount));
            var drawn = tests.Parameters();
            truths ??= drawn.Values;
            if (!truths.AsSpan().SequenceEqual(drawn.Values))
                throw new BadInputException($"{cluster}, region {region}", "simulations with other parameters than those of the first cluster", "one set of parameters that all clusters share",
                    "simulate them with Purpose test or calibration, and the same seed, prior and number");
        }
        return objects.Count > 0 ? ([.. objects], truths!) : throw new BadInputException($"region {region}", "no cluster with test simulations and a likelihood", "at least one", "see the failures of this run");
    }
}
