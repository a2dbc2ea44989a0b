using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Settings;

/// <summary>The sub-samples in a settings file: [{"name": "mass", "column": "m500_1e14msun", "quantiles": 3, "within": "tier IN (1, 12)"}, ...].</summary>
internal static class SubsampleSettings
{
    private const int MostGroupings = 64, MostGroups = 20;
    private static readonly string[] Keys = ["name", "column", "quantiles", "within", "groups"], GroupKeys = ["name", "where"];

    public static SurveySettingsKey Key { get; } = new()
    {
        Name = "subsamples",
        Meaning = "divisions of the sample whose groups get joint posteriors: quantiles of a column, its values, or conditions in SQL",
        Allowed = "a list of {\"name\", \"column\", \"quantiles\", \"within\"} or {\"name\", \"groups\": [{\"name\", \"where\"}], \"within\"} with distinct names",
        Write = settings => new JsonArray([.. settings.Subsamples.Select(ToJson)]),
        Read = Read,
    };

    private static SurveySettings Read(SurveySettings settings, JsonElement value, string where, List<Problem> problems)
    {
        var before = problems.Count;
        var groupings = EntryReader.List(value, MostGroupings, where, problems).Select(entry => ReadGrouping(entry.Item, entry.Where, problems)).ToList();
        EntryReader.CheckDistinct(groupings.Select(grouping => grouping.Name).Where(name => name.Length > 0), where, problems);
        return problems.Count > before ? settings : settings with { Subsamples = groupings };
    }

    private static GroupingSetting ReadGrouping(JsonElement item, string where, List<Problem> problems)
    {
        var entry = new EntryReader(item, Keys, where, problems);
        var grouping = new GroupingSetting
        {
            Name = entry.Text("name", isRequired: true) ?? "",
            Column = entry.Text("column"),
            Within = entry.Text("within"),
            Quantiles = Quantiles(entry["quantiles"], $"{where}/quantiles", problems),
            Groups = entry["groups"] is { } groups ? [.. EntryReader.List(groups, MostGroups, $"{where}/groups", problems).Select(group => ReadGroup(group.Item, group.Where, problems))] : [],
        };
        EntryReader.CheckDistinct(grouping.Groups.Select(group => group.Name).Where(name => name.Length > 0), $"{where}/groups", problems);
        if (entry["column"] is null == (grouping.Groups.Count == 0) && item.ValueKind == JsonValueKind.Object)
            problems.Add(new Problem(where, entry["column"] is null ? "neither column nor groups" : "both column and groups", "one of them", "correct the entry"));
        if (entry["column"] is null && grouping.Quantiles is not null)
            problems.Add(new Problem($"{where}/quantiles", "quantiles without a column", "a column", "name the column"));
        return grouping;
    }

    private static GroupSetting ReadGroup(JsonElement item, string where, List<Problem> problems)
    {
        var entry = new EntryReader(item, GroupKeys, where, problems);
        return new GroupSetting(entry.Text("name", isRequired: true) ?? "", entry.Text("where", isRequired: true) ?? "");
    }

    private static int? Quantiles(JsonElement? value, string where, List<Problem> problems)
    {
        if (value is not { } given) return null;
        if (given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out var count) && count is >= 2 and <= 10) return count;
        problems.Add(new Problem(where, SurveySettingsKeys.Found(given), "a whole number from 2 to 10", "correct the value"));
        return null;
    }

    private static JsonObject ToJson(GroupingSetting grouping)
    {
        var json = new JsonObject { ["name"] = grouping.Name };
        if (grouping.Column is { } column) json["column"] = column;
        if (grouping.Quantiles is { } quantiles) json["quantiles"] = quantiles;
        if (grouping.Within is { } within) json["within"] = within;
        if (grouping.Groups.Count > 0) json["groups"] = new JsonArray([.. grouping.Groups.Select(group => new JsonObject { ["name"] = group.Name, ["where"] = group.Where })]);
        return json;
    }
}
