using Acornima;
using Acornima.Ast;
using ClusterSurvey.Workflows.Expressions;
using Jint;

namespace ClusterSurvey.Workflows.Validation;

/// <summary>What a script reads and assigns, found in its syntax tree without running it.</summary>
internal sealed class ScriptReferences : AstVisitor
{
    private readonly HashSet<string> ownNames = new(StringComparer.Ordinal);
    private readonly List<string> calls = [];
    private readonly List<(string Accessor, bool IsAssigned)> accessors = [];

    private ScriptReferences()
    {
    }

    /// <summary>Variables by their own names.</summary>
    public List<(string Name, bool IsAssigned)> Variables { get; } = [];

    /// <summary>Variables by the names in <c>getName</c> and <c>setName</c>.</summary>
    public IEnumerable<(string Accessor, bool IsAssigned)> Accessors => accessors.Where(found => !ownNames.Contains((found.IsAssigned ? "set" : "get") + found.Accessor));

    /// <summary>Workflow inputs.</summary>
    public List<string> Inputs { get; } = [];

    /// <summary>Functions that are called by their bare names and are neither the script's own nor accessors.</summary>
    public IEnumerable<string> Functions => calls.Where(function => !ownNames.Contains(function));

    /// <summary>The references of a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="error">What is wrong with its syntax; null when it is good.</param>
    public static ScriptReferences Of(string script, out string? error)
    {
        var references = new ScriptReferences();
        error = null;
        try
        {
            references.Visit(JavaScriptExpressions.Prepare(script).Program!);
        }
        catch (Exception wrong) when (wrong is ScriptPreparationException or ParseErrorException or FormatException)
        {
            error = wrong.Message;
        }
        return references;
    }

    protected override object? VisitCallExpression(CallExpression call)
    {
        if (call.Callee is Identifier function) Note(function.Name, call.Arguments.Count > 0 && call.Arguments[0] is StringLiteral text ? text.Value : null);
        return base.VisitCallExpression(call);
    }

    protected override object? VisitMemberExpression(MemberExpression member)
    {
        if (member.Object is Identifier holder && NameOf(member) is { } name)
        {
            if (holder.Name == "variables") Variables.Add((name, false));
            if (holder.Name == "input") Inputs.Add(name);
        }
        return base.VisitMemberExpression(member);
    }

    protected override object? VisitAssignmentExpression(AssignmentExpression assignment)
    {
        if (assignment.Left is Identifier own) ownNames.Add(own.Name);
        if (assignment.Left is MemberExpression { Object: Identifier { Name: "variables" } } member && NameOf(member) is { } name) Variables.Add((name, true));
        return base.VisitAssignmentExpression(assignment);
    }

    protected override object? VisitFunctionDeclaration(FunctionDeclaration function)
    {
        if (function.Id is { } id) ownNames.Add(id.Name);
        Own(function.Params);
        return base.VisitFunctionDeclaration(function);
    }

    protected override object? VisitFunctionExpression(FunctionExpression function)
    {
        if (function.Id is { } id) ownNames.Add(id.Name);
        Own(function.Params);
        return base.VisitFunctionExpression(function);
    }

    protected override object? VisitArrowFunctionExpression(ArrowFunctionExpression function)
    {
        Own(function.Params);
        return base.VisitArrowFunctionExpression(function);
    }

    protected override object? VisitVariableDeclarator(VariableDeclarator declarator)
    {
        Own([declarator.Id]);
        return base.VisitVariableDeclarator(declarator);
    }

    // What is declared may be taken apart: every name in it is the script's own.
    private void Own(IEnumerable<Node> declared)
        => ownNames.UnionWith(declared.SelectMany(node => node.DescendantNodesAndSelf()).OfType<Identifier>().Select(name => name.Name));

    private static string? NameOf(MemberExpression member) => member switch
    {
        { Computed: false, Property: Identifier name } => name.Name,
        { Computed: true, Property: StringLiteral text } => text.Value,
        _ => null,
    };

    private void Note(string function, string? firstArgument)
    {
        if (function == "getInput" && firstArgument is not null) Inputs.Add(firstArgument);
        else if ((function is "getVariable" or "setVariable") && firstArgument is not null) Variables.Add((firstArgument, function == "setVariable"));
        else if (IsAccessor(function)) accessors.Add((function[3..], function[..3] == "set"));
        else calls.Add(function);
    }

    private static bool IsAccessor(string function)
        => function.Length > 3 && (function[..3] is "get" or "set") && char.IsUpper(function[3]) && !JavaScriptExpressions.Functions.Contains(function);
}
