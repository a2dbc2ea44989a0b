using System.Dynamic;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;

namespace ClusterSurvey.Workflows.ElsaHost;

/// <summary>Carries values between the JSON of the steps and the objects that Elsa keeps in variables and gives to scripts.</summary>
internal static class ElsaValues
{
    public static object? ToElsa(JsonNode? node) => node switch
    {
        null => null,
        JsonObject members => Members(members),
        JsonArray items => items.Select(ToElsa).ToList(),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => Number(node.Deserialize<double>(SurveyJson.Options)),
        },
    };

    public static JsonNode? ToNode(object? value) => value switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        _ => JsonSerializer.SerializeToNode(value, value.GetType(), SurveyJson.Options),
    };

    private static ExpandoObject Members(JsonObject members)
    {
        var expando = new ExpandoObject();
        foreach (var (name, value) in members) ((IDictionary<string, object?>)expando)[name] = ToElsa(value);
        return expando;
    }

    // Whole numbers stay whole, as in the embedded engine, so that both make the same keys.
    private static object Number(double number) => number == Math.Floor(number) && Math.Abs(number) < 1L << 53 ? (long)number : number;
}
