using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Artifacts;

/// <summary>
/// The folder that a run leaves. Steps publish named values in it (small JSON documents, under a group), which later
/// steps of the run gather in the order of their names: this is how the clusters of a parallel loop come together.
/// </summary>
public sealed class RunFolder(string path)
{
    /// <summary>The folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The run's id: the folder's name.</summary>
    public string Id => System.IO.Path.GetFileName(Path);

    /// <summary>The path of a file of the run.</summary>
    /// <exception cref="BadInputException">The parts (a cluster's name, say) lead out of the run's folder.</exception>
    public string FileAt(params string[] parts)
    {
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine([Path, .. parts]));
        return path.StartsWith(Path + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new BadInputException($"'{string.Join('/', parts)}'", "a name that leads out of the run's folder", "a name without '/' and '..'", "give the cluster or region another name");
    }

    /// <summary>Publishes a value under a group and a name; a later value of the same name takes its place.</summary>
    public void Publish(string group, string name, JsonNode value)
        => AtomicFile.WriteText(PlaceOf(group, name), value.ToJsonString(SurveyJson.Indented));

    /// <summary>Takes a published value back, if it is there.</summary>
    public void Withdraw(string group, string name)
    {
        if (File.Exists(PlaceOf(group, name))) File.Delete(PlaceOf(group, name));
    }

    /// <summary>What has been published under a group, ordered by name.</summary>
    public IReadOnlyList<(string Name, JsonNode Value)> Published(string group)
    {
        var folder = FileAt("published", group);
        if (!Directory.Exists(folder)) return [];
        return [.. Directory.EnumerateFiles(folder, "*.json")
            .Select(file => (Name: Uri.UnescapeDataString(System.IO.Path.GetFileNameWithoutExtension(file)), File: file))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .Select(entry => (entry.Name, JsonNode.Parse(File.ReadAllText(entry.File))!))];
    }

    /// <summary>A published value; null when there is none of this name.</summary>
    public JsonNode? Published(string group, string name) => File.Exists(PlaceOf(group, name)) ? JsonNode.Parse(File.ReadAllText(PlaceOf(group, name))) : null;

    /// <summary>All that has been published, under whatever group.</summary>
    public IEnumerable<JsonNode> PublishedAnywhere()
        => Directory.Exists(FileAt("published")) ? Directory.EnumerateDirectories(FileAt("published")).SelectMany(group => Published(System.IO.Path.GetFileName(group))).Select(entry => entry.Value) : [];

    private string PlaceOf(string group, string name) => FileAt("published", group, $"{Uri.EscapeDataString(name)}.json");
}
