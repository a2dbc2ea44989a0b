using System.Text.Json;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Settings;

/// <summary>Reads the texts of an object in a list of the settings, and gathers what is wrong.</summary>
internal sealed class EntryReader
{
    private const int LongestText = 2000;

    private readonly JsonElement item;
    private readonly string where;
    private readonly List<Problem> problems;

    public EntryReader(JsonElement item, string[] keys, string where, List<Problem> problems)
    {
        (this.item, this.where, this.problems) = (item, where, problems);
        if (item.ValueKind == JsonValueKind.Object) SurveySettingsReader.CheckKeys(item, keys, where, problems);
        else problems.Add(new Problem(where, SurveySettingsKeys.Found(item), $"an object with {string.Join(", ", keys)}", "correct the entry"));
    }

    /// <summary>The value of a key; null when it is not there.</summary>
    public JsonElement? this[string key] => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(key, out var value) ? value : null;

    /// <summary>A text that is not blank; null when the key is not there, and, with a problem, when it is something else.</summary>
    public string? Text(string key, bool isRequired = false)
    {
        if (this[key] is not { } value)
        {
            if (isRequired && item.ValueKind == JsonValueKind.Object) Wrong(key, "no such key");
            return null;
        }
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= LongestText } text && !string.IsNullOrWhiteSpace(text)) return text;
        Wrong(key, SurveySettingsKeys.Found(value));
        return null;
    }

    private void Wrong(string key, string found) => problems.Add(new Problem($"{where}/{key}", found, $"a text of 1 to {LongestText} characters", "correct the entry"));

    /// <summary>The entries of a list; none, with a problem, when it is no list or too long.</summary>
    public static IEnumerable<(JsonElement Item, string Where)> List(JsonElement value, int most, string where, List<Problem> problems)
    {
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= most) return value.EnumerateArray().Select((entry, i) => (entry, $"{where}/{i}"));
        problems.Add(new Problem(where, SurveySettingsKeys.Found(value), $"a list of at most {most} entries", "write [] for none"));
        return [];
    }

    /// <summary>Names that appear twice, whatever their case.</summary>
    public static void CheckDistinct(IEnumerable<string> names, string where, List<Problem> problems)
    {
        foreach (var twice in names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            problems.Add(new Problem(where, $"the name '{twice.Key}' twice", "distinct names", "rename one"));
    }
}
