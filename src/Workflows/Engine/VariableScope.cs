using System.Collections.Concurrent;
using System.Text.Json;
using ClusterSurvey.Workflows.Expressions;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>
/// The variables of a workflow, a container or a loop pass, and the outputs of activities that have finished in it.
/// What is not found here is looked up in the scope around it.
/// </summary>
/// <param name="parent">The scope around this one; null for a workflow.</param>
/// <param name="isParallelPass">True for a pass of a parallel loop, from which nothing outside can be assigned.</param>
/// <param name="holdsOutputs">True when outputs of activities are kept here and end with this scope.</param>
internal sealed class VariableScope(VariableScope? parent, bool isParallelPass = false, bool holdsOutputs = false)
{
    public const string CurrentValue = "CurrentValue";
    public const string CurrentIndex = "CurrentIndex";

    private readonly List<Variable> variables = [];
    private readonly ConcurrentDictionary<string, JsonElement>? outputs = holdsOutputs || parent is null ? new(StringComparer.Ordinal) : null;

    public static VariableScope Of(IReadOnlyList<VariableDeclaration> declarations, VariableScope? parent)
    {
        var scope = new VariableScope(parent);
        foreach (var declaration in declarations)
            scope.variables.Add(new Variable(declaration.Id, declaration.Name, declaration.TypeName, declaration.IsArray) { Value = Initial(declaration) });
        return scope;
    }

    /// <summary>The scope of one pass of a loop.</summary>
    public static VariableScope OfPass(VariableScope parent, JsonElement value, int index, bool isParallel)
    {
        var scope = new VariableScope(parent, isParallel, holdsOutputs: isParallel);
        scope.variables.Add(new Variable(CurrentValue, CurrentValue, "Object", false) { Value = value });
        scope.variables.Add(new Variable(CurrentIndex, CurrentIndex, "Int32", false) { Value = WorkflowValue.Of(index) });
        return scope;
    }

    public IEnumerable<string> Names => variables.Select(variable => variable.Name).Concat(parent?.Names ?? []).Distinct();

    public bool TryGet(Func<Variable, bool> meant, out JsonElement value)
    {
        var found = Find(meant, out _);
        value = found?.Value ?? WorkflowValue.Null;
        return found is not null;
    }

    /// <summary>Assigns a variable, converted to its declared type.</summary>
    /// <returns>The variable's id and the value it has now.</returns>
    public (string Id, JsonElement Value) Set(string idOrName, JsonElement value)
    {
        var variable = Find(candidate => candidate.Id == idOrName, out var crossed) ?? Find(candidate => candidate.Name == idOrName, out crossed)
            ?? throw new InvalidOperationException($"no variable '{idOrName}' is in scope: declare it in the workflow or in a container around the activity");
        if (crossed) throw new InvalidOperationException($"the variable '{variable.Name}' is outside of a parallel loop and cannot be assigned from within: declare it in the body of the loop");
        variable.Value = WorkflowValue.Convert(value, variable.TypeName, variable.IsArray);
        return (variable.Id, variable.Value);
    }

    public void KeepOutputs(string activityId, JsonElement values)
    {
        if (outputs is not null) outputs[activityId] = values;
        else parent!.KeepOutputs(activityId, values);
    }

    /// <summary>Everything that is kept here and in the scopes around.</summary>
    public IEnumerable<(string ActivityId, JsonElement Values)> Outputs
        => (outputs ?? []).Select(kept => (kept.Key, kept.Value)).Concat(parent?.Outputs ?? []);

    public bool TryGetOutputs(string activityId, out JsonElement values)
    {
        if (outputs is not null && outputs.TryGetValue(activityId, out values)) return true;
        values = WorkflowValue.Null;
        return parent is not null && parent.TryGetOutputs(activityId, out values);
    }

    private Variable? Find(Func<Variable, bool> meant, out bool crossed)
    {
        crossed = false;
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope.variables.Find(candidate => meant(candidate)) is { } found) return found;
            crossed |= scope.IsParallelPass;
        }
        return null;
    }

    private VariableScope? Outer => parent;

    private bool IsParallelPass => isParallelPass;

    private static JsonElement Initial(VariableDeclaration declaration) => WorkflowValue.Convert(WorkflowValue.Of(declaration.Default?.DeepClone()), declaration.TypeName, declaration.IsArray);

    /// <summary>A variable and its value, which several threads may read while one assigns it.</summary>
    internal sealed class Variable(string id, string name, string typeName, bool isArray)
    {
        private object value = WorkflowValue.Null;

        public string Id => id;

        public string Name => name;

        public string TypeName => typeName;

        public bool IsArray => isArray;

        public JsonElement Value
        {
            get => (JsonElement)Volatile.Read(ref value);
            set => Volatile.Write(ref this.value, value);
        }
    }
}
