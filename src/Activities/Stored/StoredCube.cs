using System.Text.Json;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Inference.Posteriors;

namespace ClusterSurvey.Activities.Stored;

/// <summary>A log-likelihood cube as an artifact: values [sigma, injection scale, slope] and the axes.</summary>
public static class StoredCube
{
    public const string Kind = "likelihood-cube";

    public static Artifact Save(ArtifactStore store, LikelihoodCube cube)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(cube);
        var bundle = new ArrayBundle { Metadata = new() { ["axes"] = SurveyJson.ToNode(cube.Grid.Axes) } };
        bundle.Add("log_likelihood", cube.LogLikelihood.ToArray(), [.. cube.Grid.Axes.Select(axis => axis.Count)]);
        return store.Save(Kind, 1, bundle.Write);
    }

    public static LikelihoodCube Load(ArtifactStore store, Artifact artifact)
    {
        var bundle = store.LoadBundle(artifact, Kind);
        var axes = bundle.Metadata["axes"].Deserialize<GridAxis[]>(SurveyJson.Options)!;
        return new LikelihoodCube(new ParameterGrid(axes), bundle.Doubles("log_likelihood"));
    }
}
