using System.Text.Json;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Activities.Settings;

/// <summary>Reads settings strictly and gathers everything that is wrong with them.</summary>
internal static class SurveySettingsReader
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Disallow, MaxDepth = 16 };
    private static readonly string[] Names = [.. SurveySettingsKeys.All.Select(key => key.Name)];

    public static SurveySettings Parse(string json, string where, SurveySettings start)
    {
        using var document = ParseJson(json, where);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw new BadInputException(where, SurveySettingsKeys.Found(root), "a JSON object of settings", "write { \"key\": value, ... }");
        var problems = new List<Problem>();
        CheckKeys(root, Names, where, problems, separator: "#/");
        foreach (var key in SurveySettingsKeys.All)
        {
            if (root.TryGetProperty(key.Name, out var value)) start = key.Read(start, value, $"{where}#/{key.Name}", problems);
        }
        CheckTogether(start, where, problems);
        return problems.Count > 0 ? throw new BadInputException(problems) : start;
    }

    public static SurveySettings Apply(SurveySettings start, IEnumerable<string> assignments)
    {
        var problems = new List<Problem>();
        foreach (var assignment in assignments) start = ApplyOne(start, assignment, problems);
        CheckTogether(start, "--set", problems);
        return problems.Count > 0 ? throw new BadInputException(problems) : start;
    }

    /// <summary>Keys that are unknown or appear twice.</summary>
    internal static void CheckKeys(JsonElement item, string[] known, string where, List<Problem> problems, string separator = "/")
    {
        foreach (var key in item.EnumerateObject().Select(property => property.Name).GroupBy(name => name))
        {
            var pointer = $"{where}{separator}{key.Key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
            if (!known.Contains(key.Key)) problems.Add(new Problem(pointer, "an unknown key", "a known one", Spelling.Suggest(key.Key, known)));
            else if (key.Count() > 1) problems.Add(new Problem(pointer, $"the key {key.Count()} times", "once", "remove the others"));
        }
    }

    private static SurveySettings ApplyOne(SurveySettings start, string assignment, List<Problem> problems)
    {
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            problems.Add(new Problem($"--set {assignment}", "no KEY=VALUE", "a key, an equals sign and a value", "write for example simulations=2000"));
            return start;
        }
        var (name, text, where) = (assignment[..equals].Trim(), assignment[(equals + 1)..].Trim(), $"--set {assignment[..equals].Trim()}");
        if (SurveySettingsKeys.All.FirstOrDefault(key => key.Name == name) is not { } key)
        {
            problems.Add(new Problem(where, "an unknown key", "a known one", Spelling.Suggest(name, Names)));
            return start;
        }
        using var document = ParseValue(text);
        return key.Read(start, document.RootElement, where, problems);
    }

    /// <summary>A number or JSON as it stands, anything else as a word.</summary>
    private static JsonDocument ParseValue(string text)
    {
        try
        {
            return JsonDocument.Parse(text, Options);
        }
        catch (JsonException)
        {
            return JsonDocument.Parse(JsonSerializer.Serialize(text), Options);
        }
    }

    private static JsonDocument ParseJson(string json, string where)
    {
        try
        {
            return JsonDocument.Parse(json, Options);
        }
        catch (JsonException failure)
        {
            throw new BadInputException($"{where}:{failure.LineNumber + 1}", failure.Message, "JSON without comments", "correct the file", failure);
        }
    }

    /// <summary>Below three pixels a scale measures the grid, not the sky.</summary>
    private static void CheckTogether(SurveySettings settings, string where, List<Problem> problems)
    {
        var pixelR500 = 2.0 / settings.PixelsAcross;
        if (problems.Count == 0 && settings.Scales.SmallestR500 < 3 * pixelR500 * (1 - 1e-9))
            problems.Add(new Problem($"{where} scales",
                $"a smallest scale of {CsvText.Number(settings.Scales.SmallestR500)} R500 with {settings.PixelsAcross} pixels across 2 R500",
                $"at least 3 pixels, {CsvText.Number(Math.Round(3 * pixelR500, 4))} R500", "raise the smallest scale, or pixels_across"));
    }
}
