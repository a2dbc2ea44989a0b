using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterSurvey.Workflows.Format;

/// <summary>
/// An expression as a document holds it. Half-edited documents hold expressions whose value does not fit their type:
/// they are read without complaint, and the validator names them before a run.
/// </summary>
/// <param name="Type">Literal, Object, Variable, Input, JavaScript or Liquid.</param>
/// <param name="Text">The value as text: a string as it is, anything else as JSON; null when there is none.</param>
/// <param name="Pointer">The JSON pointer of the value's place in its document.</param>
public sealed record Expression(string Type, string? Text, string Pointer)
{
    public const string Literal = "Literal";
    public const string Object = "Object";
    public const string Variable = "Variable";
    public const string Input = "Input";
    public const string JavaScript = "JavaScript";
    public const string Liquid = "Liquid";

    /// <summary>The types that the embedded engine evaluates.</summary>
    public static IReadOnlyList<string> Supported { get; } = [Literal, Object, Variable, Input, JavaScript, Liquid];

    /// <summary>The id and name of the variable that is meant, whether Elsa wrote an object or Studio wrote the same in a string.</summary>
    public (string? Id, string? Name) ReferencedVariable => Reference() is { } reference ? (Node.Text(reference, "id"), Node.Text(reference, "name")) : (null, null);

    /// <summary>The name of the workflow input that is meant; null for a bare name, which Elsa does not resolve either.</summary>
    public string? ReferencedInput => Reference() is { } reference ? Node.Text(reference, "name") : null;

    /// <summary>Reads the expression of an input property; null when the property holds none.</summary>
    public static Expression? Read(JsonObject? property, string pointer)
    {
        if (property?["expression"] is not JsonObject expression || Node.Text(expression, "type") is not { } type) return null;
        return new Expression(type, TextOf(expression["value"]), $"{pointer}/expression/value");
    }

    private static string? TextOf(JsonNode? value) => value switch
    {
        null => null,
        JsonValue when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => value.ToJsonString(),
    };

    private JsonObject? Reference()
    {
        if (Text is null || !Text.AsSpan().TrimStart().StartsWith("{")) return null;
        try
        {
            return JsonNode.Parse(Text) as JsonObject;
        }
        catch (JsonException)
        {
            // Text left over from another syntax: the validator says that nothing is picked.
            return null;
        }
    }
}
