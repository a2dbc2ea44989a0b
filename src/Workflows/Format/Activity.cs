using System.Text.Json.Nodes;

namespace ClusterSurvey.Workflows.Format;

/// <summary>
/// An activity of a document, read once from its JSON, which stays as it was: members that are not known here
/// (the designer's positions and whatever a later version adds) are kept.
/// </summary>
public sealed class Activity
{
    private readonly JsonObject json;
    private readonly Dictionary<string, Expression> expressions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> outputTargets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Activity> ports = new(StringComparer.Ordinal);

    private Activity(JsonObject json, string pointer, string parentNodeId)
    {
        (this.json, Pointer) = (json, pointer);
        Id = Node.Text(json, "id") ?? "";
        NodeId = $"{parentNodeId}:{Id}";
        Type = Node.Text(json, "type") ?? "";
        Name = Node.Text(json, "name") is { Length: > 0 } name ? name : Id;
        Version = Node.Whole(json, "version", 1);
        DisplayName = Node.Text(Node.Members(json, "metadata"), "displayText") is { Length: > 0 } text ? text : Name;
        CanStartWorkflow = Node.Flag(Node.Members(json, "customProperties"), "canStartWorkflow");
        Variables = VariableDeclaration.ReadAll(json, pointer);
        Connections = Connection.ReadAll(json, pointer);
        Activities = [.. Node.Items(json, "activities", pointer).Select(child => new Activity(child.Item, child.Pointer, NodeId))];
        // Elsa.Fork keeps its branches as a list of activities; FlowFork's property of the same name is an input.
        Branches = [.. Node.Items(json, "branches", pointer).Select(child => new Activity(child.Item, child.Pointer, NodeId))];
        ReadProperties();
    }

    public string Id { get; }

    /// <summary>The ids from <c>Workflow1</c> down through every container and port.</summary>
    public string NodeId { get; }

    public string Type { get; }

    public string Name { get; }

    public int Version { get; }

    /// <summary>The designer's text for it, or its name.</summary>
    public string DisplayName { get; }

    public bool CanStartWorkflow { get; }

    /// <summary>The JSON pointer of the activity in its document.</summary>
    public string Pointer { get; }

    /// <summary>The variables of a container.</summary>
    public IReadOnlyList<VariableDeclaration> Variables { get; }

    /// <summary>The connections of a flowchart.</summary>
    public IReadOnlyList<Connection> Connections { get; }

    /// <summary>The activities of a Flowchart or Sequence.</summary>
    public IReadOnlyList<Activity> Activities { get; }

    /// <summary>The branches of a Fork.</summary>
    public IReadOnlyList<Activity> Branches { get; }

    /// <summary>The activities held in ports, by the camel-case name of the port (<c>body</c>, <c>then</c>, <c>else</c>).</summary>
    public IReadOnlyDictionary<string, Activity> Ports => ports;

    /// <summary>Inputs by the camel-case name that the document holds.</summary>
    public IReadOnlyDictionary<string, Expression> Expressions => expressions;

    /// <summary>Ids of the variables that receive outputs, by the camel-case name of the output.</summary>
    public IReadOnlyDictionary<string, string> OutputTargets => outputTargets;

    /// <summary>This activity and everything in it.</summary>
    public IEnumerable<Activity> Tree => Children.SelectMany(child => child.Tree).Prepend(this);

    /// <summary>The activities directly in it.</summary>
    public IEnumerable<Activity> Children => [.. Activities, .. Branches, .. ports.Values];

    /// <summary>The expression of an input; null when it is not set.</summary>
    public Expression? Input(string name) => expressions.GetValueOrDefault(Node.CamelCase(name));

    /// <summary>The activity in a port; null when the port is empty.</summary>
    public Activity? Port(string name) => ports.GetValueOrDefault(Node.CamelCase(name));

    /// <summary>Every member of the activity's JSON, as it stands there.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode?>> Members => json;

    /// <summary>A property that is held as it is, without an expression around it; null when it is absent.</summary>
    public JsonNode? Raw(string name) => json[Node.CamelCase(name)];

    /// <summary>A custom property of the activity; null when it is absent.</summary>
    public JsonNode? Custom(string name) => Node.Members(json, "customProperties")?[name];

    internal static Activity Read(JsonObject json, string pointer, string parentNodeId) => new(json, pointer, parentNodeId);

    /// <summary>Writes the node ids of this activity and everything in it into the document.</summary>
    internal void WriteNodeIds()
    {
        foreach (var activity in Tree) activity.json["nodeId"] = activity.NodeId;
    }

    private void ReadProperties()
    {
        foreach (var (name, value) in json)
        {
            if (value is not JsonObject property || name is "metadata" or "customProperties") continue;
            var pointer = $"{Pointer}/{Node.Escape(name)}";
            if (Expression.Read(property, pointer) is { } expression) expressions[name] = expression;
            else if (Node.Text(property, "type") is not null && property.ContainsKey("id")) ports[name] = new Activity(property, pointer, NodeId);
            else if (Node.Text(Node.Members(property, "memoryReference"), "id") is { } memory && !IsOwnMemory(memory)) outputTargets[name] = memory;
        }
    }

    // A real Elsa server names the memory of unmapped members after the activity: that is no variable.
    private bool IsOwnMemory(string id) => id.StartsWith($"{Id}:", StringComparison.Ordinal);
}
