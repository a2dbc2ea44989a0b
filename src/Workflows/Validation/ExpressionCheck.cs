using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows.Expressions;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Validation;

/// <summary>Checks one expression where it stands: syntax, and the names that it uses.</summary>
internal sealed class ExpressionCheck(WorkflowDocument document, Activity activity, VisibleVariables visible)
{
    private readonly List<DefinitionProblem> problems = [];

    public IReadOnlyList<DefinitionProblem> Problems(Expression expression)
    {
        problems.Clear();
        switch (expression.Type)
        {
            case Expression.Literal: break;
            case Expression.Object: CheckObject(expression); break;
            case Expression.Variable: CheckVariable(expression); break;
            case Expression.Input: CheckInput(expression, expression.ReferencedInput); break;
            case Expression.JavaScript: CheckScript(expression); break;
            case Expression.Liquid when LiquidExpressions.ProblemOf(expression.Text ?? "") is { } wrong: Add(expression, wrong, "a Liquid template", "correct the template"); break;
            case Expression.Liquid: break;
            default: Add(expression, $"the syntax '{expression.Type}'", $"one of {string.Join(", ", Expression.Supported)}", Spelling.Suggest(expression.Type, Expression.Supported)); break;
        }
        return [.. problems];
    }

    private void CheckObject(Expression expression)
    {
        if (!string.IsNullOrWhiteSpace(expression.Text) && !WorkflowValue.TryParse(expression.Text, out _)) Add(expression, "text that is no JSON", "JSON", "correct the text");
    }

    private void CheckVariable(Expression expression)
    {
        var (id, name) = expression.ReferencedVariable;
        if (id is null && name is null) Add(expression, "no variable picked", "a variable in scope", "pick one in the designer");
        else if (visible.ById(id) is null && visible.ByName(name) is null) AddUnknownVariable(expression, name ?? id!);
    }

    private void CheckInput(Expression expression, string? name)
    {
        if (name is null) Add(expression, "no input picked", "an input of the workflow", "pick one in the designer");
        else if (!document.Inputs.Any(input => input.Name == name)) Add(expression, $"the input '{name}'", "an input that the definition declares", Spelling.Suggest(name, [.. document.Inputs.Select(input => input.Name)]));
    }

    private void CheckScript(Expression expression)
    {
        var references = ScriptReferences.Of(expression.Text ?? "", out var error);
        if (error is not null) Add(expression, error, "JavaScript", "correct the script");
        foreach (var (name, isAssigned) in references.Variables.Distinct()) CheckName(expression, visible.ByName(name), name, isAssigned);
        foreach (var (accessor, isAssigned) in references.Accessors.Distinct().Where(found => found.IsAssigned || !IsInputOrOutput(found.Accessor)))
            CheckName(expression, visible.ByAccessor(accessor), accessor, isAssigned);
        foreach (var name in references.Inputs.Distinct()) CheckInput(expression, name);
        foreach (var function in references.Functions.Distinct().Where(function => !JavaScriptExpressions.IsKnown(function)))
            Add(expression, $"a call of '{function}'", "a function of the language or one that the embedded engine gives to scripts", Spelling.Suggest(function, JavaScriptExpressions.Functions));
    }

    private bool IsInputOrOutput(string accessor) => document.Inputs.Any(input => input.Name == accessor) || visible.OutputAccessors.Contains($"get{accessor}");

    private void CheckName(Expression expression, VisibleVariables.Entry? variable, string name, bool isAssigned)
    {
        if (variable is null) AddUnknownVariable(expression, name);
        else if (isAssigned && variable.IsOutside) Add(expression, $"an assignment to '{variable.Name}', which is outside of the parallel loop", "a variable of the loop's body", "declare the variable in the container that is the body of the loop");
    }

    private void AddUnknownVariable(Expression expression, string name) => Add(expression, $"the variable '{name}'", "a variable in scope", Spelling.Suggest(name, visible.Names));

    private void Add(Expression expression, string found, string expected, string remedy)
        => problems.Add(new DefinitionProblem(document.DefinitionId, activity.Id, expression.Pointer, found, expected, remedy));
}
