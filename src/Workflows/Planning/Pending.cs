using System.Text.Json.Nodes;

namespace ClusterSurvey.Workflows.Planning;

/// <summary>Stands for a value that a plan cannot know, because the step that gives it has yet to run.</summary>
internal static class Pending
{
    private const string Member = "$pending";

    public static JsonObject From(string step) => new() { [Member] = step };

    /// <summary>The members of a value that are known, and those that wait for a step.</summary>
    public static (JsonNode? Known, IReadOnlyList<KeyValuePair<string, string>> Waiting) Split(JsonNode? value)
    {
        if (value is not JsonObject members || members.ContainsKey(Member)) return (value, []);
        var waiting = members.Select(member => KeyValuePair.Create(member.Key, StepIn(member.Value))).Where(member => member.Value is not null).ToArray();
        var known = members.Where(member => StepIn(member.Value) is null).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()));
        return (new JsonObject(known), [.. waiting.Select(member => KeyValuePair.Create(member.Key, member.Value!))]);
    }

    /// <summary>The step for which a value waits; null when the value is known in all its parts.</summary>
    public static string? StepIn(JsonNode? value) => value switch
    {
        JsonObject members when members.TryGetPropertyValue(Member, out var step) => step!.GetValue<string>(),
        JsonObject members => members.Select(member => StepIn(member.Value)).FirstOrDefault(step => step is not null),
        JsonArray items => items.Select(StepIn).FirstOrDefault(step => step is not null),
        _ => null,
    };
}
