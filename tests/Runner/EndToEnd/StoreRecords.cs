using System.Text.Json.Nodes;

namespace ClusterSurvey.Runner.Tests.EndToEnd;

/// <summary>What the artifact store of some runs has written down of its steps.</summary>
internal static class StoreRecords
{
    /// <summary>The records of a step.</summary>
    public static IEnumerable<JsonNode> Of(string home, string step)
        => Directory.EnumerateFiles(Path.Combine(home, ".artifacts", "results"), "*.json", SearchOption.AllDirectories)
            .Select(file => JsonNode.Parse(File.ReadAllText(file))!)
            .Where(record => record["step"]!.GetValue<string>() == step);

    /// <summary>Where the store has the content of an artifact.</summary>
    public static string PathOf(string home, JsonNode artifact)
    {
        var sha256 = artifact["sha256"]!.GetValue<string>();
        return Directory.EnumerateFiles(Path.Combine(home, ".artifacts", "objects", sha256[..2]), $"{sha256}*").Single();
    }
}
