using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;

namespace ClusterSurvey.Workflows.Expressions;

/// <summary>
/// Values of a workflow are JSON. Inside the engine they are held as <see cref="JsonElement"/>, which does not change
/// and may be read by several threads; steps receive them as <see cref="JsonNode"/>.
/// </summary>
public static class WorkflowValue
{
    public static JsonElement Null { get; } = JsonSerializer.SerializeToElement<object?>(null);

    public static JsonElement Of(JsonNode? node) => node is null ? Null : JsonSerializer.SerializeToElement(node, SurveyJson.Options);

    public static JsonElement Of(string text) => JsonSerializer.SerializeToElement(text, SurveyJson.Options);

    public static JsonElement Of(bool flag) => JsonSerializer.SerializeToElement(flag, SurveyJson.Options);

    public static JsonElement Of(long number) => JsonSerializer.SerializeToElement(number, SurveyJson.Options);

    public static JsonElement Parse(string json) => JsonSerializer.Deserialize<JsonElement>(json, SurveyJson.Options);

    /// <summary>A value as a node of its own, which the caller may put anywhere.</summary>
    public static JsonNode? ToNode(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(value),
        JsonValueKind.Array => JsonArray.Create(value),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => JsonValue.Create(value),
    };

    /// <summary>A value as text: a string as it is, null as nothing, anything else as JSON.</summary>
    public static string ToText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        _ => value.GetRawText(),
    };

    /// <summary>A value as a condition, as Elsa takes it: true, a number that is not zero, or the text <c>true</c>; whatever does not convert is false.</summary>
    public static bool Holds(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.Number => value.GetDouble() != 0,
        JsonValueKind.String => bool.TryParse(value.GetString(), out var flag) && flag,
        _ => false,
    };

    /// <summary>A value as a flag: true, or text that says so.</summary>
    /// <exception cref="FormatException">The value is neither.</exception>
    public static bool ToFlag(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Null or JsonValueKind.Undefined => false,
        JsonValueKind.String when bool.TryParse(value.GetString(), out var flag) => flag,
        JsonValueKind.Number => value.GetDouble() != 0,
        _ => throw new FormatException($"found {Shortened(value)}, expected true or false"),
    };

    /// <summary>A value as the items of a loop: a list, or text that holds one.</summary>
    /// <exception cref="FormatException">The value is no list.</exception>
    public static JsonElement ToItems(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array) return value;
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return Parse("[]");
        if (value.ValueKind == JsonValueKind.String && TryParse(value.GetString()!, out var parsed) && parsed.ValueKind == JsonValueKind.Array) return parsed;
        throw new FormatException($"found {Shortened(value)}, expected a list");
    }

    public static bool TryParse(string json, out JsonElement value)
    {
        try
        {
            value = Parse(json);
            return true;
        }
        catch (JsonException)
        {
            value = Null;
            return false;
        }
    }

    /// <summary>Converts a value of JSON to a declared type.</summary>
    /// <returns>False when it does not convert; nothing is given then.</returns>
    public static bool TryConvert(JsonNode? value, string typeName, bool isArray, out JsonNode? converted)
    {
        try
        {
            converted = ToNode(Convert(Of(value?.DeepClone()), typeName, isArray));
            return true;
        }
        catch (FormatException)
        {
            converted = null;
            return false;
        }
    }

    /// <summary>
    /// Converts a value to a declared type (Elsa's alias), with the invariant culture. Types that are no plain numbers,
    /// flags or text take any value.
    /// </summary>
    /// <exception cref="FormatException">The value does not convert.</exception>
    public static JsonElement Convert(JsonElement value, string typeName, bool isArray = false)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return Null;
        if (isArray) return ToItems(value);
        try
        {
            return typeName switch
            {
                "String" => value.ValueKind == JsonValueKind.String ? value : Of(ToText(value)),
                "Boolean" => Of(ToFlag(value)),
                "Int16" or "Int32" or "Int64" or "Long" => IsEmptyText(value) ? Null : Of(ToWhole(value)),
                "Single" or "Double" or "Decimal" => IsEmptyText(value) ? Null : ToNumber(value),
                "Object" or "ObjectDictionary" when value.ValueKind == JsonValueKind.String => value,
                _ => value.ValueKind == JsonValueKind.String && TryParse(value.GetString()!, out var parsed) && parsed.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? parsed : value,
            };
        }
        catch (OverflowException wrong)
        {
            throw new FormatException(wrong.Message, wrong);
        }
    }

    private static bool IsEmptyText(JsonElement value) => value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString());

    private static long ToWhole(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number when value.GetDouble() == Math.Floor(value.GetDouble()) => checked((long)value.GetDouble()),
        JsonValueKind.String => long.Parse(value.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        _ => throw new FormatException($"found {Shortened(value)}, expected a whole number"),
    };

    private static JsonElement ToNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value,
        JsonValueKind.String => JsonSerializer.SerializeToElement(double.Parse(value.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture), SurveyJson.Options),
        _ => throw new FormatException($"found {Shortened(value)}, expected a number"),
    };

    private static string Shortened(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? "nothing" : value.GetRawText() is { Length: > 80 } text ? $"{text[..80]}..." : value.GetRawText();
}
