using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Physics.Spectra;

namespace ClusterSurvey.Activities.Settings;

/// <summary>The regions in a settings file: [{"name": "I", "inner": 0, "outer": 0.1}, ...], radii in R500.</summary>
internal static class RegionSettings
{
    private const int MostRegions = 32;
    private static readonly string[] Keys = ["name", "inner", "outer"];

    public static SurveySettingsKey Key { get; } = new()
    {
        Name = "regions",
        Meaning = "the regions by elliptical radius in R500, the inner included, the outer not",
        Allowed = "a list of {\"name\", \"inner\", \"outer\"} with distinct names and 0 <= inner < outer <= 2",
        Write = settings => new JsonArray([.. settings.Regions.Select(ToJson)]),
        Read = Read,
    };

    private static SurveySettings Read(SurveySettings settings, JsonElement value, string where, List<Problem> problems)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is 0 or > MostRegions)
        {
            problems.Add(new Problem(where, SurveySettingsKeys.Found(value), $"a list of 1 to {MostRegions} regions",
                "write for example [{\"name\": \"global\", \"inner\": 0, \"outer\": 1}]"));
            return settings;
        }
        var before = problems.Count;
        var regions = value.EnumerateArray().Select((item, i) => ReadRegion(item, $"{where}/{i}", problems)).ToList();
        var sharedNames = regions.GroupBy(region => region.Name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1 && group.Key.Length > 0)
            .Select(group => group.Key);
        foreach (var name in sharedNames) problems.Add(new Problem(where, $"the name '{name}' twice", "distinct names", "rename a region"));
        return problems.Count > before ? settings : settings with { Regions = regions };
    }

    private static JsonObject ToJson(RadialRegion region)
        => new() { ["name"] = region.Name, ["inner"] = region.Inner, ["outer"] = region.Outer };

    private static RadialRegion ReadRegion(JsonElement item, string where, List<Problem> problems)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new Problem(where, SurveySettingsKeys.Found(item), "an object with name, inner and outer", "correct the region"));
            return default;
        }
        SurveySettingsReader.CheckKeys(item, Keys, where, problems);
        var name = item.TryGetProperty("name", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        if (name.Length is 0 or > 40 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
            problems.Add(new Problem($"{where}/name", $"'{name}'", "letters, digits and '_', at most 40: the name becomes a column and a file",
                "name the region"));
        var (inner, outer) = (Radius(item, "inner", where, problems), Radius(item, "outer", where, problems));
        if (inner is { } low && outer is { } high && low >= high)
            problems.Add(new Problem($"{where}/outer", CsvText.Number(high), $"more than inner, {CsvText.Number(low)}", "correct the radii"));
        return new RadialRegion(name, inner ?? 0, outer ?? 0);
    }

    private static double? Radius(JsonElement item, string key, string where, List<Problem> problems)
    {
        var isNumber = item.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number;
        if (isNumber && value.TryGetDouble(out var radius) && radius is >= 0 and <= 2) return radius;
        var found = value.ValueKind == JsonValueKind.Undefined ? "no such key" : SurveySettingsKeys.Found(value);
        problems.Add(new Problem($"{where}/{key}", found, "a radius from 0 to 2, in R500", "correct the region"));
        return null;
    }
}
