using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Validation;

/// <summary>What is checked of every activity: the names of its inputs, outputs and ports, its expressions, and where outputs go.</summary>
internal abstract class ActivityCheck(WorkflowDocument document, Activity activity, VisibleVariables visible)
{
    private readonly List<DefinitionProblem> problems = [];

    protected WorkflowDocument Document => document;

    protected Activity Activity => activity;

    protected VisibleVariables Visible => visible;

    protected abstract IReadOnlyList<string> InputNames { get; }

    protected abstract IReadOnlyList<string> OutputNames { get; }

    protected abstract IReadOnlyList<string> PortNames { get; }

    public IReadOnlyList<DefinitionProblem> Problems()
    {
        CheckNames("input", activity.Expressions.Keys, InputNames);
        CheckNames("port", activity.Ports.Keys, PortNames);
        CheckNames("output", activity.OutputTargets.Keys.Where(name => !InputNames.Contains(name, StringComparer.OrdinalIgnoreCase)), OutputNames);
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

    private void CheckNames(string kind, IEnumerable<string> found, IReadOnlyList<string> declared)
    {
        var known = declared.Select(Node.CamelCase).ToList();
        foreach (var name in found.Where(name => !known.Contains(name)))
            Add($"/{Node.Escape(name)}", $"the {kind} '{name}'", $"an {kind} of {activity.Type}".Replace("an port", "a port", StringComparison.Ordinal), Spelling.Suggest(name, known));
    }
}
