using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterSurvey.Workflows.Tests.Rest;

/// <summary>What JSON looks like whatever it says: members and kinds. The items of a list have one shape together; null counts as absent.</summary>
internal sealed class Shape
{
    // What these hold is up to the definition that was run.
    private static readonly HashSet<string> free =
        ["activityState", "outputs", "payload", "properties", "metadata", "input", "output", "customProperties", "uiSpecifications", "constructionProperties", "activities", "connections"];

    private static readonly HashSet<string> any = ["value", "defaultValue"];

    private readonly HashSet<string> kinds = [];
    private readonly Dictionary<string, (Shape Shape, int Count)> members = new(StringComparer.Ordinal);
    private Shape? items;
    private int objects;

    public static Shape Of(JsonNode? node)
    {
        var shape = new Shape();
        shape.Add(node, isFree: false);
        return shape;
    }

    /// <summary>What of this shape another one has not, or has of another kind, and what it has beyond.</summary>
    public IEnumerable<string> Differences(Shape other, string pointer = "")
    {
        if (!kinds.SetEquals(other.kinds)) yield return $"{pointer}: recorded {string.Join('|', kinds)}, ours {string.Join('|', other.kinds)}";
        foreach (var (name, (shape, count)) in members)
        {
            if (other.members.TryGetValue(name, out var ours))
                foreach (var difference in shape.Differences(ours.Shape, $"{pointer}/{name}")) yield return difference;
            else if (count == objects) yield return $"{pointer}/{name}: missing";
        }
        foreach (var name in other.members.Keys.Except(members.Keys)) yield return $"{pointer}/{name}: more than was recorded";
        // An empty list says nothing of its items.
        if (items is not null && other.items is not null)
            foreach (var difference in items.Differences(other.items, $"{pointer}/*")) yield return difference;
    }

    private void Add(JsonNode? node, bool isFree)
    {
        kinds.Add(KindOf(node));
        if (isFree) return;
        if (node is JsonObject json)
        {
            objects++;
            foreach (var (name, value) in json.Where(member => member.Value is not null && !any.Contains(member.Key))) Member(name, value);
        }
        if (node is JsonArray { Count: > 0 } list)
        {
            items ??= new Shape();
            foreach (var item in list) items.Add(item, isFree: false);
        }
    }

    private void Member(string name, JsonNode? value)
    {
        var (shape, count) = members.GetValueOrDefault(name, (new Shape(), 0));
        shape.Add(value, free.Contains(name));
        members[name] = (shape, count + 1);
    }

    private static string KindOf(JsonNode? node) => node?.GetValueKind() switch
    {
        null => "nothing",
        JsonValueKind.True or JsonValueKind.False => "Boolean",
        var kind => kind.ToString()!,
    };
}
