using System.Text.Json.Nodes;

namespace ClusterSurvey.Workflows.Format;

/// <summary>A variable of a workflow or of a container.</summary>
/// <param name="Id">What output mappings refer to.</param>
/// <param name="Name">What expressions refer to.</param>
/// <param name="TypeName">Elsa's alias of the type: String, Int32, Double, Object and so on.</param>
/// <param name="IsArray">True for a list of that type.</param>
/// <param name="Default">The value when its scope begins, as written.</param>
/// <param name="Pointer">The JSON pointer of the declaration.</param>
public sealed record VariableDeclaration(string Id, string Name, string TypeName, bool IsArray, JsonNode? Default, string Pointer)
{
    internal static IReadOnlyList<VariableDeclaration> ReadAll(JsonObject holder, string pointer) =>
    [
        .. Node.Items(holder, "variables", pointer).Select(found => new VariableDeclaration(
            Node.Text(found.Item, "id") ?? Node.Text(found.Item, "name") ?? "",
            Node.Text(found.Item, "name") ?? "",
            Node.Text(found.Item, "typeName") ?? "Object",
            Node.Flag(found.Item, "isArray"),
            found.Item["value"],
            found.Pointer)),
    ];
}

/// <summary>An input that a workflow declares.</summary>
/// <param name="Default">The value when the run gives none (<c>defaultValue</c>).</param>
public sealed record InputDeclaration(string Name, string TypeName, bool IsArray, string? DisplayName, string? Description, JsonNode? Default, string Pointer)
{
    internal static IReadOnlyList<InputDeclaration> ReadAll(JsonObject document) =>
    [
        .. Node.Items(document, "inputs", "").Select(found => new InputDeclaration(
            Node.Text(found.Item, "name") ?? "",
            Node.Text(found.Item, "type") ?? "Object",
            Node.Flag(found.Item, "isArray"),
            Node.Text(found.Item, "displayName"),
            Node.Text(found.Item, "description"),
            found.Item["defaultValue"],
            found.Pointer)),
    ];
}

/// <summary>An output that a workflow declares.</summary>
public sealed record OutputDeclaration(string Name, string TypeName, string? Description, string Pointer)
{
    internal static IReadOnlyList<OutputDeclaration> ReadAll(JsonObject document) =>
    [
        .. Node.Items(document, "outputs", "").Select(found => new OutputDeclaration(
            Node.Text(found.Item, "name") ?? "",
            Node.Text(found.Item, "type") ?? "Object",
            Node.Text(found.Item, "description"),
            found.Pointer)),
    ];
}

/// <summary>A line of a flowchart: from a port of one activity to another activity.</summary>
/// <param name="Source">The id of the activity at which it starts.</param>
/// <param name="Port">The outcome that follows it.</param>
/// <param name="Target">The id of the activity at which it ends.</param>
/// <param name="TargetPort">The port at which it ends: In.</param>
/// <param name="Pointer">The JSON pointer of the connection.</param>
public sealed record Connection(string Source, string Port, string Target, string TargetPort, string Pointer)
{
    internal static IReadOnlyList<Connection> ReadAll(JsonObject flowchart, string pointer) =>
    [
        .. Node.Items(flowchart, "connections", pointer).Select(found => new Connection(
            Node.Text(Node.Members(found.Item, "source"), "activity") ?? "",
            Node.Text(Node.Members(found.Item, "source"), "port") ?? "Done",
            Node.Text(Node.Members(found.Item, "target"), "activity") ?? "",
            Node.Text(Node.Members(found.Item, "target"), "port") ?? "In",
            found.Pointer)),
    ];
}
