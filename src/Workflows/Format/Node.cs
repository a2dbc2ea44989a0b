using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterSurvey.Workflows.Format;

/// <summary>Reads members of documents that people and other programs have edited: what is not of the expected kind counts as absent.</summary>
internal static class Node
{
    public static string? Text(JsonObject? holder, string name)
        => holder?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static bool Flag(JsonObject? holder, string name)
        => holder?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    public static int Whole(JsonObject? holder, string name, int otherwise)
        => holder?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<int>(out var number) ? number : otherwise;

    public static double? Number(JsonObject? holder, string name)
        => holder?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.Deserialize<double>() : null;

    public static JsonObject? Members(JsonObject? holder, string name) => holder?[name] as JsonObject;

    /// <summary>The objects of a list, each with its JSON pointer.</summary>
    public static IEnumerable<(JsonObject Item, string Pointer)> Items(JsonObject? holder, string name, string pointer)
        => holder?[name] is JsonArray items
            ? items.Select((item, index) => (Item: item as JsonObject, Pointer: $"{pointer}/{Escape(name)}/{index}")).Where(found => found.Item is not null).Select(found => (found.Item!, found.Pointer))
            : [];

    /// <summary>A member's name as a token of a JSON pointer (RFC 6901).</summary>
    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The name under which an activity's JSON holds an input, output or port.</summary>
    public static string CamelCase(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
