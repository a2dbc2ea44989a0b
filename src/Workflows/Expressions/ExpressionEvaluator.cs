using System.Text.Json;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Expressions;

/// <summary>Evaluates the expressions of documents.</summary>
public sealed class ExpressionEvaluator
{
    private readonly JavaScriptExpressions javaScript = new();
    private readonly LiquidExpressions liquid = new();

    /// <summary>The value of an expression; literals stay text, which is converted where the type is known.</summary>
    /// <exception cref="ExpressionException">It cannot be evaluated.</exception>
    public JsonElement Evaluate(Expression expression, ExpressionScope scope, CancellationToken cancellation) => expression.Type switch
    {
        Expression.Literal => expression.Text is null ? WorkflowValue.Null : WorkflowValue.Of(expression.Text),
        Expression.Object => ObjectOf(expression),
        Expression.Variable => VariableOf(expression, scope),
        Expression.Input => InputOf(expression, scope),
        Expression.JavaScript => javaScript.Evaluate(expression.Text ?? "", scope, cancellation),
        Expression.Liquid => WorkflowValue.Of(liquid.Render(expression.Text ?? "", scope)),
        _ => throw new ExpressionException(expression.Type, expression.Text, $"this syntax is not supported; use one of {string.Join(", ", Expression.Supported)}"),
    };

    private static JsonElement ObjectOf(Expression expression)
    {
        if (string.IsNullOrWhiteSpace(expression.Text)) return WorkflowValue.Null;
        return WorkflowValue.TryParse(expression.Text, out var value) ? value : throw new ExpressionException(expression.Type, expression.Text, "this is no JSON");
    }

    private static JsonElement VariableOf(Expression expression, ExpressionScope scope)
    {
        var (id, name) = expression.ReferencedVariable;
        if (id is not null && scope.TryGetVariableById(id, out var byId)) return byId;
        if (name is not null && scope.TryGetVariable(name, out var byName)) return byName;
        throw new ExpressionException(expression.Type, expression.Text, "no variable of this id or name is in scope");
    }

    private static JsonElement InputOf(Expression expression, ExpressionScope scope)
        => expression.ReferencedInput is { } name && scope.TryGetInput(name, out var value) ? value : throw new ExpressionException(expression.Type, expression.Text, "the workflow has no input of this name");
}
