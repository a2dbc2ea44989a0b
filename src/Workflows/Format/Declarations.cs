using System.Globalization;
using System.Text.Json;
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
/// <param name="Minimum">The least number that it takes (<c>minimum</c>, which Elsa does not know and passes over); null for any.</param>
/// <param name="Maximum">The greatest one (<c>maximum</c>); null for any.</param>
/// <param name="ZeroForNone">True when it takes 0 besides (<c>zeroForNone</c>), which asks for nothing.</param>
public sealed record InputDeclaration(
    string Name, string TypeName, bool IsArray, string? DisplayName, string? Description, JsonNode? Default, double? Minimum, double? Maximum, bool ZeroForNone, string Pointer)
{
    /// <summary>True when not every number will do.</summary>
    public bool HasBounds => Minimum is not null || Maximum is not null;

    /// <summary>What it takes, in words: "a whole number, at least 10".</summary>
    public string Expected
    {
        get
        {
            if (!HasBounds) return $"a value of type {TypeName}";
            var kind = TypeName is "Int32" or "Int64" ? "a whole number" : "a number";
            return string.Create(CultureInfo.InvariantCulture, $"{(ZeroForNone ? "0 for none, or " : "")}{kind}{(Minimum is { } least ? $", at least {least}" : "")}{(Maximum is { } most ? $", at most {most}" : "")}");
        }
    }

    /// <summary>True for a value, converted to the type of the input, that its bounds allow; what is no number they do not concern.</summary>
    public bool Allows(JsonNode? value)
        => value is not JsonValue number || number.GetValueKind() != JsonValueKind.Number || number.Deserialize<double>() is var found && (ZeroForNone && found == 0 || !(found < Minimum || found > Maximum));

    internal const string DefaultMember = "defaultValue", MinimumMember = "minimum", MaximumMember = "maximum", ZeroForNoneMember = "zeroForNone";

    internal static IReadOnlyList<InputDeclaration> ReadAll(JsonObject document) =>
    [
        .. Node.Items(document, "inputs", "").Select(found => new InputDeclaration(
            Node.Text(found.Item, "name") ?? "",
            Node.Text(found.Item, "type") ?? "Object",
            Node.Flag(found.Item, "isArray"),
            Node.Text(found.Item, "displayName"),
            Node.Text(found.Item, "description"),
            found.Item[DefaultMember],
            Node.Number(found.Item, MinimumMember),
            Node.Number(found.Item, MaximumMember),
            Node.Flag(found.Item, ZeroForNoneMember),
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
