using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;

namespace ClusterSurvey.Workflows.Planning;

/// <summary>A part of a step's key that differs between its last run and the next.</summary>
/// <param name="Field">Which: <c>version</c>, <c>seed</c>, or an input with the path within its value.</param>
/// <param name="Old">The value of the last run as JSON; empty when the part is new.</param>
/// <param name="New">The value of the next run; empty when the part has gone.</param>
public sealed record FieldChange(string Field, string Old, string New)
{
    private const int LongestShown = 60;
    private const string InputPrefix = "input:";

    /// <summary>The differences between two sets of ingredients, in the order of the new ones.</summary>
    public static IReadOnlyList<FieldChange> Between(JsonObject old, JsonObject now)
    {
        var changes = new List<FieldChange>();
        Compare("", old, now, changes);
        return changes;
    }

    public override string ToString() => $"{Field} {Shown(Old)} -> {Shown(New)}";

    private static void Compare(string path, JsonNode? old, JsonNode? now, List<FieldChange> changes)
    {
        if (JsonNode.DeepEquals(old, now)) return;
        switch (old, now)
        {
            case (JsonObject before, JsonObject after):
                foreach (var name in after.Select(member => member.Key).Union(before.Select(member => member.Key)))
                    Compare(Join(path, name), before[name], after[name], changes);
                break;
            case (JsonArray before, JsonArray after) when ByName(before) is { } earlier && ByName(after) is { } later && SameOrder(before, after):
                foreach (var name in later.Keys.Union(earlier.Keys)) Compare($"{path}[{name}]", earlier.GetValueOrDefault(name), later.GetValueOrDefault(name), changes);
                break;
            case (JsonArray before, JsonArray after) when before.Count == after.Count:
                for (var i = 0; i < after.Count; i++) Compare($"{path}[{i}]", before[i], after[i], changes);
                break;
            default:
                changes.Add(new FieldChange(path, Text(old), Text(now)));
                break;
        }
    }

    // Lists of things with names (regions, parameters) are compared by name, so that one that is added does not seem to change all that follow.
    private static Dictionary<string, JsonNode?>? ByName(JsonArray items)
    {
        var named = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var item in items)
            if (NameOf(item) is not { } name || !named.TryAdd(name, item)) return null;
        return named;
    }

    // Another order of the same names is a change of the list as a whole.
    private static bool SameOrder(JsonArray before, JsonArray after)
    {
        var (earlier, later) = (before.Select(NameOf).ToArray(), after.Select(NameOf).ToArray());
        return earlier.Intersect(later).SequenceEqual(later.Intersect(earlier));
    }

    private static string? NameOf(JsonNode? item) => item is JsonObject members && members["name"] is JsonValue name && name.TryGetValue<string>(out var text) ? text : null;

    private static string Join(string path, string name)
    {
        var plain = path.Length == 0 && name.StartsWith(InputPrefix, StringComparison.Ordinal) ? name[InputPrefix.Length..] : name;
        return path.Length == 0 ? plain : $"{path}.{plain}";
    }

    private static string Text(JsonNode? value) => value?.ToJsonString(SurveyJson.Options) ?? "";

    private static string Shown(string value) => value.Length == 0 ? "(none)" : value.Length > LongestShown ? $"{value[..LongestShown]}..." : value;
}
