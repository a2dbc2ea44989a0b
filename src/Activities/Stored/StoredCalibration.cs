using System.Text.Json;
using System.Text.Json.Serialization;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Inference.Diagnostics;

namespace ClusterSurvey.Activities.Stored;

/// <summary>The tests of calibration of one network, an ensemble of flows, as an artifact (JSON).</summary>
/// <param name="Cases">Simulations that it has not learnt from.</param>
/// <param name="Tests">The tests, corrected for the number of those of this network alone.</param>
/// <param name="Retrained">True when it failed at first, and a larger one was trained: the tests are those of the better of the two.</param>
public sealed record StoredCalibration(int Cases, IReadOnlyList<CalibrationTest> Tests, bool Retrained = false)
{
    public const string Kind = "calibration";

    /// <summary>The smallest probability among the tests, not corrected.</summary>
    [JsonIgnore]
    public double SmallestPValue => Tests.Min(test => test.PValue);

    public Artifact Save(ArtifactStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.Save(Kind, 1, stream => JsonSerializer.Serialize(stream, this, SurveyJson.Indented));
    }

    public static StoredCalibration Load(ArtifactStore store, Artifact artifact)
    {
        ArgumentNullException.ThrowIfNull(store);
        using var stream = store.OpenAs(artifact, Kind);
        return JsonSerializer.Deserialize<StoredCalibration>(stream, SurveyJson.Options)!;
    }
}
