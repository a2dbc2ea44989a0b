using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using DotLiquid;
using DotLiquid.Exceptions;

namespace ClusterSurvey.Workflows.Expressions;

/// <summary>Liquid templates as Elsa's expressions see them: <c>{{ Variables.Name }}</c>, <c>{{ Input.Name }}</c>.</summary>
public sealed class LiquidExpressions
{
    private const int MostTags = 1_000;
    private const int IterationLimit = 100_000;
    private const int TimeLimitMilliseconds = 10_000;

    static LiquidExpressions() => LiquidFence.RegisterTags();

    private readonly ConcurrentDictionary<string, Template> templates = new(StringComparer.Ordinal);

    /// <exception cref="ExpressionException">The template is wrong or exceeds a limit.</exception>
    public string Render(string template, ExpressionScope scope)
    {
        try
        {
            using var text = new LiquidFence.BoundedWriter();
            templates.GetOrAdd(template, Parse).Render(text, Parameters(scope));
            return text.ToString();
        }
        catch (Exception wrong) when (wrong is LiquidException or MaximumIterationsExceededException or RenderException or TimeoutException or FormatException or System.ArgumentException or ArithmeticException or InvalidOperationException or OutOfMemoryException)
        {
            throw new ExpressionException(Format.Expression.Liquid, template, wrong.Message, wrong);
        }
    }

    /// <summary>What is wrong with a template; null when it is good.</summary>
    public static string? ProblemOf(string template)
    {
        try
        {
            Parse(template);
            return null;
        }
        catch (Exception wrong) when (wrong is LiquidException or System.ArgumentException)
        {
            return wrong.Message;
        }
    }

    private static Template Parse(string text)
    {
        // A block within a block is a call within a call: too many would overflow the stack.
        if (text.AsSpan().Count("{%") > MostTags) throw new SyntaxException($"more than {MostTags} tags");
        var template = Template.Parse(text);
        template.MakeThreadSafe();
        return template;
    }

    private static RenderParameters Parameters(ExpressionScope scope) => new(CultureInfo.InvariantCulture)
    {
        LocalVariables = Hash.FromDictionary(new Dictionary<string, object>
        {
            ["Variables"] = new Members(name => scope.TryGetVariable(name, out var value) ? ToLiquid(value) : null),
            ["Input"] = new Members(name => scope.TryGetInput(name, out var value) ? ToLiquid(value) : null),
            ["WorkflowInstanceId"] = scope.InstanceId,
            ["WorkflowDefinitionId"] = scope.DefinitionId,
        }),
        ErrorsOutputMode = ErrorsOutputMode.Rethrow,
        Filters = LiquidFence.Filters,
        MaxIterations = IterationLimit,
        Timeout = TimeLimitMilliseconds,
    };

    private static object? ToLiquid(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => Hash.FromDictionary(value.EnumerateObject().ToDictionary(member => member.Name, member => ToLiquid(member.Value)!)),
        JsonValueKind.Array => value.EnumerateArray().Select(ToLiquid).ToList(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    // Looks values up when the template asks for them, so that large ones are not converted for nothing.
    private sealed class Members(Func<string, object?> find) : Drop
    {
        public override object? BeforeMethod(string method) => find(method);
    }
}
