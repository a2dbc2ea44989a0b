using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ClusterSurvey.Activities.Declaration;

namespace ClusterSurvey.Activities.Artifacts;

/// <summary>What a step gave: its outcome and outputs, and what its key was made of, so that a later run can say why it differs.</summary>
/// <param name="Key">The artifact key.</param>
/// <param name="Step">The step's name in definitions.</param>
/// <param name="Version">The step's version.</param>
/// <param name="Ingredients">The inputs as they entered the key.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Outputs">Outputs by name, as workflow JSON.</param>
public sealed record StepResult(string Key, string Step, int Version, JsonObject Ingredients, string Outcome, JsonObject Outputs)
{
    /// <summary>The keys of the step's parts by name, when it is one in parts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Parts { get; init; }

    /// <summary>True when the result was found and not computed.</summary>
    [JsonIgnore]
    public bool FromCache { get; init; }

    /// <summary>Every artifact that the outputs name.</summary>
    [JsonIgnore]
    public IEnumerable<Artifact> Artifacts => Outputs.SelectMany(output => ArtifactsIn(output.Value));

    /// <summary>Every artifact that a value names, however deep.</summary>
    public static IEnumerable<Artifact> ArtifactsIn(JsonNode? node) => node switch
    {
        JsonObject members when members.ContainsKey("sha256") && members.ContainsKey("kind") => [members.Deserialize<Artifact>(SurveyJson.Options)!],
        JsonObject members => members.SelectMany(member => ArtifactsIn(member.Value)),
        JsonArray items => items.SelectMany(ArtifactsIn),
        _ => [],
    };
}
