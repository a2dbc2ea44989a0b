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
            case (JsonArray before, JsonArray after) when before.Count == after.Count:
                for (var i = 0; i < after.Count; i++) Compare($"{path}[{i}]", before[i], after[i], changes);
                break;
            default:
                changes.Add(new FieldChange(path, Text(old), Text(now)));
                break;
        }
    }

    private static string Join(string path, string name)
    {
        var plain = path.Length == 0 && name.StartsWith(InputPrefix, StringComparison.Ordinal) ? name[InputPrefix.Length..] : name;
        return path.Length == 0 ? plain : $"{path}.{plain}";
    }

    private static string Text(JsonNode? value) => value?.ToJsonString(SurveyJson.Options) ?? "";

    private static string Shown(string value) => value.Length == 0 ? "(none)" : value.Length > LongestShown ? $"{value[..LongestShown]}..." : value;
}
