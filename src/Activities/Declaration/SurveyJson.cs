using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Declaration;

/// <summary>How values of a workflow are written as JSON, and the one canonical form in which they are hashed.</summary>
public static class SurveyJson
{
    /// <summary>Camel case, enums as text, named floating-point values; unknown members, and members named twice, are errors.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = false,
    };

    /// <summary>The same for files that people read.</summary>
    public static JsonSerializerOptions Indented { get; } = new(Options) { WriteIndented = true };

    /// <summary>As values enter an artifact key: the user's files stand for their content, never for their path.</summary>
    public static JsonSerializerOptions Key { get; } = new(Options) { Converters = { new ContentOfFile() } };

    /// <summary>A value as workflow JSON.</summary>
    public static JsonNode? ToNode(object? value) => value is null ? null : JsonSerializer.SerializeToNode(value, value.GetType(), Options);

    /// <summary>The canonical text of a JSON value: no white space, properties in ordinal order.</summary>
    public static string Canonical(JsonNode? value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject members:
                AppendList(text, '{', '}', members.OrderBy(member => member.Key, StringComparer.Ordinal), member =>
                {
                    text.Append(JsonSerializer.Serialize(member.Key, Options)).Append(':');
                    Append(text, member.Value);
                });
                break;
            case JsonArray items:
                AppendList(text, '[', ']', items, item => Append(text, item));
                break;
            default:
                text.Append(value?.ToJsonString(Options) ?? "null");
                break;
        }
    }

    private static void AppendList<T>(StringBuilder text, char open, char close, IEnumerable<T> items, Action<T> append)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first) text.Append(',');
            append(item);
            first = false;
        }
        text.Append(close);
    }
}

/// <summary>Writes a file of the user's as the hash of its content.</summary>
internal sealed class ContentOfFile : JsonConverter<InputFile>
{
    public override InputFile Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => throw new NotSupportedException("a key is never read back");

    public override void Write(Utf8JsonWriter writer, InputFile value, JsonSerializerOptions options)
    {
        if (!File.Exists(value.Path)) throw new BadInputException(value.Path, "no such file", "a readable file", "correct the path");
        writer.WriteStartObject();
        writer.WriteString("content", FileHash.Of(value.Path));
        writer.WriteEndObject();
    }
}
