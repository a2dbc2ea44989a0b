using System.Text.Json;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Physics.MeanModel;

namespace ClusterSurvey.Activities.Stored;

/// <summary>A fitted mean model as an artifact (JSON).</summary>
public static class StoredMeanModel
{
    public const string Kind = "mean-model";

    public static Artifact Save(ArtifactStore store, MeanModelPosterior posterior)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(posterior);
        return store.Save(Kind, 1, stream => JsonSerializer.Serialize(stream, posterior.State, SurveyJson.Indented));
    }

    public static MeanModelPosterior Load(ArtifactStore store, Artifact artifact)
    {
        ArgumentNullException.ThrowIfNull(store);
        using var stream = store.OpenAs(artifact, Kind);
        return new MeanModelPosterior(JsonSerializer.Deserialize<MeanModelState>(stream, SurveyJson.Options)!);
    }
}
