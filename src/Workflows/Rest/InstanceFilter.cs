using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Workflows.Rest;

/// <summary>
/// Which instances a list shows. Without a search or a definition it shows runs, and not the hundred analyses that each of them called.
/// </summary>
internal sealed class InstanceFilter(JsonObject body)
{
    private readonly string words = Node.Text(body, "searchTerm")?.Trim() ?? "";
    private readonly HashSet<string> definitions = Chosen(body, "definitionId", "definitionIds");
    private readonly HashSet<string> statuses = Chosen(body, "status", "statuses");
    private readonly HashSet<string> subStatuses = Chosen(body, "subStatus", "subStatuses");

    public int Page { get; } = Math.Max(0, Node.Whole(body, "page", 0));

    public int PageSize { get; } = Math.Clamp(Node.Whole(body, "pageSize", 25), 1, 1000);

    public bool Ascending { get; } = Node.Text(body, "orderDirection") == "Ascending";

    public IQueryable<InstanceRow> Apply(IQueryable<InstanceRow> rows)
    {
        if (definitions.Count > 0) rows = rows.Where(row => definitions.Contains(row.DefinitionId));
        if (statuses.Count > 0) rows = rows.Where(row => statuses.Contains(row.Status));
        if (subStatuses.Count > 0) rows = rows.Where(row => subStatuses.Contains(row.SubStatus));
        if (words.Length > 0) rows = rows.Where(row => row.Id.Contains(words) || row.Name.Contains(words) || row.DefinitionId.Contains(words) || (row.Label != null && row.Label.Contains(words)));
        if (body["hasIncidents"] is JsonValue flag && flag.GetValueKind() is JsonValueKind.True) rows = rows.Where(row => row.IncidentCount > 0);
        if (body["hasIncidents"] is JsonValue none && none.GetValueKind() is JsonValueKind.False) rows = rows.Where(row => row.IncidentCount == 0);
        return definitions.Count == 0 && words.Length == 0 ? rows.Where(row => row.ParentInstanceId == null) : rows;
    }

    private static HashSet<string> Chosen(JsonObject body, string one, string many)
    {
        var chosen = Answer.Texts(body, many).ToHashSet(StringComparer.Ordinal);
        if (Node.Text(body, one) is { Length: > 0 } value) chosen.Add(value);
        return chosen;
    }
}
