using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterSurvey.Runner.Runs;

/// <summary>The files and folders that a run may read because its user named them.</summary>
internal static class DataRoots
{
    /// <summary>Every text among the given values of inputs, at any depth, that is the path of something.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<KeyValuePair<string, JsonNode?>> given) => [.. given.SelectMany(input => Texts(input.Value)).Where(text => File.Exists(text) || Directory.Exists(text)).Select(Path.GetFullPath).Distinct()];

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Texts(member.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };
}
