using System.Text.Json.Nodes;
using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Validation;

/// <summary>What is checked of every activity: the names of its inputs, outputs and ports, its expressions, and where outputs go.</summary>
internal abstract class ActivityCheck(WorkflowDocument document, Activity activity, VisibleVariables visible)
{
    // What every activity may hold: who it is, and what designers remember about it.
    private static readonly string[] designers = ["id", "nodeId", "name", "type", "version", "customProperties", "metadata"];

    private readonly List<DefinitionProblem> problems = [];

    protected WorkflowDocument Document => document;

    protected Activity Activity => activity;

    protected VisibleVariables Visible => visible;

    protected abstract IReadOnlyList<string> InputNames { get; }

    protected abstract IReadOnlyList<string> OutputNames { get; }

    protected abstract IReadOnlyList<string> PortNames { get; }

    /// <summary>Members that are held as they are, without an expression around them.</summary>
    protected virtual IReadOnlyList<string> PlainNames => [];

    /// <summary>Members that are lists of objects.</summary>
    protected virtual IReadOnlyList<string> ListNames => [];

    public IReadOnlyList<DefinitionProblem> Problems()
    {
        CheckNames("input", activity.Expressions.Keys, InputNames);
        CheckNames("port", activity.Ports.Keys, PortNames);
        CheckNames("output", activity.OutputTargets.Keys.Where(name => !InputNames.Contains(name, StringComparer.OrdinalIgnoreCase)), OutputNames);
        CheckMembers();
        var expressions = new ExpressionCheck(document, activity, visible);
        foreach (var expression in activity.Expressions.Values) problems.AddRange(expressions.Problems(expression));
        foreach (var (name, variable) in activity.OutputTargets.Where(target => OutputNames.Any(output => Node.CamelCase(output) == target.Key))) CheckAssigned($"/{name}/memoryReference/id", visible.ById(variable), variable);
        CheckMore();
        return problems;
    }

    protected abstract void CheckMore();

    /// <summary>Checks a variable that the activity assigns.</summary>
    protected void CheckAssigned(string place, VisibleVariables.Entry? variable, string name)
    {
        if (variable is null) Add(place, $"the variable '{name}'", "a variable in scope", Spelling.Suggest(name, visible.Names));
        else if (variable.IsOutside) Add(place, $"the variable '{variable.Name}', which is outside of the parallel loop", "a variable of the loop's body", "declare the variable in the container that is the body of the loop");
    }

    protected void Add(string place, string found, string expected, string remedy)
        => problems.Add(new(document.DefinitionId, activity.Id, activity.Pointer + place, found, expected, remedy));

    // What is neither known nor wrapped would change nothing, in silence: whoever wrote it meant something by it.
    private void CheckMembers()
    {
        var wrapped = InputNames.Concat(OutputNames).Select(Node.CamelCase).ToList();
        List<string> ports = [.. PortNames.Select(Node.CamelCase)];
        List<string> known = [.. designers, .. PlainNames.Select(Node.CamelCase), .. ListNames];
        foreach (var (name, value) in activity.Members.Where(member => member.Value is not null))
        {
            var place = $"/{Node.Escape(name)}";
            if (activity.Expressions.ContainsKey(name) || activity.Ports.ContainsKey(name) || activity.OutputTargets.ContainsKey(name)) continue;
            if (ListNames.Contains(name)) CheckList(place, value!);
            else if (ports.Contains(name)) Add(place, Shortened(value!), "an activity with an id and a type", "draw it again in the designer");
            else if (wrapped.Contains(name)) CheckWrapped(place, value!);
            else if (!known.Contains(name)) Add(place, $"the member '{name}'", $"a member of {activity.Type}", Spelling.Suggest(name, [.. wrapped, .. ports, .. known]));
        }
    }

    private void CheckList(string place, JsonNode value)
    {
        if (value is not JsonArray items) Add(place, Shortened(value), "a list", "draw it again in the designer");
        else if (items.ToList().FindIndex(item => item is not JsonObject) is var index and >= 0) Add($"{place}/{index}", Shortened(items[index]), "an object", "remove it from the list");
    }

    private void CheckWrapped(string place, JsonNode value)
    {
        if (value is not JsonObject wrapper) Add(place, Shortened(value), """{"typeName": ..., "expression": {"type": ..., "value": ...}}""", "write it as an expression, Literal for a plain value");
        else if (wrapper["expression"] is { } expression) Add($"{place}/expression", Shortened(expression), """{"type": ..., "value": ...}""", $"give it a type: one of {string.Join(", ", Expression.Supported)}");
    }

    private static string Shortened(JsonNode? value) => value?.ToJsonString() is { } text ? text.Length > 80 ? $"{text[..80]}..." : text : "null";

    private void CheckNames(string kind, IEnumerable<string> found, IReadOnlyList<string> declared)
    {
        var known = declared.Select(Node.CamelCase).ToList();
        foreach (var name in found.Where(name => !known.Contains(name)))
            Add($"/{Node.Escape(name)}", $"the {kind} '{name}'", $"an {kind} of {activity.Type}".Replace("an port", "a port", StringComparison.Ordinal), Spelling.Suggest(name, known));
    }
}
