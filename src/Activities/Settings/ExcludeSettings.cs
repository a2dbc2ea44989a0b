using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Tables;

namespace ClusterSurvey.Activities.Settings;

/// <summary>The exclusions in a settings file: [{"name": "A2319", "reason": "merger"}, {"where": "centroid_shift > 0.02", "reason": "disturbed"}, {"file": "chexmate-exclusions"}].</summary>
internal static class ExcludeSettings
{
    private const int MostEntries = 5000;
    private static readonly string[] Keys = ["name", "where", "file", "reason"];

    public static SurveySettingsKey Key { get; } = new()
    {
        Name = "exclude",
        Meaning = "clusters that are measured but left out of joint posteriors and sub-samples",
        Allowed = "a list of {\"name\", \"reason\"}, {\"where\", \"reason\"} or {\"file\"}",
        Write = settings => new JsonArray([.. settings.Exclude.Select(ToJson)]),
        Read = Read,
    };

    /// <summary>The settings with the rows of files in the place of the files.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="allowed">Lets a path through, or throws.</param>
    /// <exception cref="BadInputException">No such file, or not a table with the columns name and reason.</exception>
    public static SurveySettings WithFilesRead(SurveySettings settings, Func<string, string> allowed) => settings with
    {
        Exclude = [.. settings.Exclude.SelectMany(entry => entry.File is { } file ? Rows(allowed(ShippedData.Find("samples", file, ".csv"))) : [entry])],
    };

    private static IEnumerable<ExcludeSetting> Rows(string path)
    {
        var records = CsvText.Parse(InputFiles.Read(path), path).ToList();
        string[] header = records.Count == 0 ? [] : records[0].Cells;
        var (name, reason) = (Array.IndexOf(header, "name"), Array.IndexOf(header, "reason"));
        if (name < 0 || reason < 0)
            throw new BadInputException(path, header.Length == 0 ? "an empty file" : string.Join(",", header), "a header with name and reason", "correct the file");
        foreach (var record in records.Skip(1))
        {
            if (record.Cells.Length != header.Length || string.IsNullOrWhiteSpace(record.Cells[name]) || string.IsNullOrWhiteSpace(record.Cells[reason]))
                throw new BadInputException($"{path}:{record.Line}", "an incomplete row", "as many cells as the header, with a name and a reason", "complete the row");
            yield return new ExcludeSetting(record.Cells[name], null, null, record.Cells[reason]);
        }
    }

    private static SurveySettings Read(SurveySettings settings, JsonElement value, string where, List<Problem> problems)
    {
        var before = problems.Count;
        var entries = EntryReader.List(value, MostEntries, where, problems).Select(entry => ReadEntry(entry.Item, entry.Where, problems)).ToList();
        return problems.Count > before ? settings : settings with { Exclude = entries };
    }

    private static ExcludeSetting ReadEntry(JsonElement item, string where, List<Problem> problems)
    {
        var entry = new EntryReader(item, Keys, where, problems);
        var read = new ExcludeSetting(entry.Text("name"), entry.Text("where"), entry.Text("file"), entry.Text("reason", isRequired: entry["file"] is null) ?? "");
        if (item.ValueKind == JsonValueKind.Object && new[] { "name", "where", "file" }.Count(key => entry[key] is not null) != 1)
            problems.Add(new Problem(where, SurveySettingsKeys.Found(item), "exactly one of name, where and file", "correct the entry"));
        return read;
    }

    private static JsonObject ToJson(ExcludeSetting entry)
    {
        var json = new JsonObject();
        if (entry.Name is { } name) json["name"] = name;
        if (entry.Where is { } where) json["where"] = where;
        if (entry.File is { } file) json["file"] = file;
        if (entry.Reason.Length > 0) json["reason"] = entry.Reason;
        return json;
    }
}
