using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Workflows.Format;

/// <summary>
/// A workflow definition in Elsa 3.8's JSON. The JSON is kept whole and seen through typed properties, so that
/// loading and saving gives the same document.
/// </summary>
public sealed class WorkflowDocument
{
    /// <summary>The id that stands above the root in every node id.</summary>
    public const string WorkflowNodeId = "Workflow1";

    // Of two members with one name it would be chance which counts.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonObject json;

    private WorkflowDocument(JsonObject json, string source)
    {
        (this.json, Source) = (json, source);
        Variables = VariableDeclaration.ReadAll(json, "");
        Inputs = InputDeclaration.ReadAll(json);
        Outputs = OutputDeclaration.ReadAll(json);
        Root = Node.Members(json, "root") is { } root ? Activity.Read(root, "/root", WorkflowNodeId) : null;
        ContentId = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(SurveyJson.Canonical(json))))[..16];
    }

    /// <summary>Where the document came from, for messages.</summary>
    public string Source { get; }

    public string DefinitionId => Node.Text(json, "definitionId") ?? "";

    /// <summary>The id of this version of the definition; empty in a document that no server has stored.</summary>
    public string VersionId => Node.Text(json, "id") ?? "";

    public string Name => Node.Text(json, "name") is { Length: > 0 } name ? name : DefinitionId;

    public string Description => Node.Text(json, "description") ?? "";

    public int Version => Node.Whole(json, "version", 1);

    public bool IsLatest => Node.Flag(json, "isLatest");

    public bool IsPublished => Node.Flag(json, "isPublished");

    /// <summary>An id made from the content: equal documents have equal ids, whatever the order of their members.</summary>
    public string ContentId { get; }

    public IReadOnlyList<VariableDeclaration> Variables { get; }

    public IReadOnlyList<InputDeclaration> Inputs { get; }

    public IReadOnlyList<OutputDeclaration> Outputs { get; }

    /// <summary>The root activity; null in a document that has none yet.</summary>
    public Activity? Root { get; }

    /// <summary>Every activity, parents before children.</summary>
    public IEnumerable<Activity> Activities => Root?.Tree ?? [];

    /// <summary>The options, as they stand in the document.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode?>> Options => Node.Members(json, "options") ?? [];

    /// <summary>
    /// True when a fault in one pass of a ParallelForEach shall be recorded as an incident while the workflow goes on
    /// (<c>options.incidentStrategyType</c> names Elsa's ContinueWithIncidentsStrategy, by alias or by full type name).
    /// </summary>
    public bool ContinuesWithIncidents => Node.Text(Node.Members(json, "options"), "incidentStrategyType")?.Contains("ContinueWithIncidents", StringComparison.Ordinal) ?? false;

    /// <summary>Reads a document. Half-edited documents are read; only text that is no JSON object is refused.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="source">Where it came from, for messages.</param>
    /// <exception cref="BadInputException">The text is no JSON object.</exception>
    public static WorkflowDocument Parse(string text, string source)
    {
        try
        {
            if (JsonNode.Parse(text, documentOptions: Strict) is JsonObject json) return new WorkflowDocument(json, source);
        }
        catch (JsonException wrong)
        {
            throw new BadInputException(source, wrong.Message, "a workflow definition in JSON", "export it from the designer again, or correct the file", wrong);
        }
        throw new BadInputException(source, "JSON that is no object", "a workflow definition", "export it from the designer again, or correct the file");
    }

    /// <summary>Reads a document from a file.</summary>
    public static WorkflowDocument Load(string path)
    {
        if (!File.Exists(path)) throw new BadInputException(path, "no such file", "a workflow definition in JSON", "correct the path");
        return Parse(File.ReadAllText(path), path);
    }

    /// <summary>A copy of the whole JSON.</summary>
    public JsonObject ToJson() => (JsonObject)json.DeepClone();

    /// <summary>The JSON as text that people read.</summary>
    public string ToText() => json.ToJsonString(SurveyJson.Indented);

    /// <summary>Writes the document to a file, whole or not at all.</summary>
    public void Save(string path) => AtomicFile.WriteText(path, ToText() + "\n");

    /// <summary>A copy in which every activity carries the node id that its place gives it.</summary>
    public WorkflowDocument WithNodeIds()
    {
        var copy = new WorkflowDocument(ToJson(), Source);
        copy.Root?.WriteNodeIds();
        return new WorkflowDocument(copy.json, Source);
    }
}
