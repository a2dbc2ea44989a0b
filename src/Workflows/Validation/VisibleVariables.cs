using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Expressions;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Validation;

/// <summary>
/// The variables that an activity sees, inner ones first, and which of them a parallel loop keeps it from assigning; and the
/// functions with which its scripts read outputs of activities.
/// </summary>
internal sealed class VisibleVariables
{
    private readonly IReadOnlyList<Entry> entries;

    private VisibleVariables(IReadOnlyList<Entry> entries, IReadOnlySet<string> outputAccessors, bool isInParallelLoop)
        => (this.entries, OutputAccessors, IsInParallelLoop) = (entries, outputAccessors, isInParallelLoop);

    public bool IsInParallelLoop { get; }

    public IReadOnlySet<string> OutputAccessors { get; }

    public IReadOnlyList<string> Names => [.. entries.Select(entry => entry.Name).Distinct()];

    public static VisibleVariables None(IReadOnlySet<string> outputAccessors) => new([], outputAccessors, false);

    public VisibleVariables With(IEnumerable<VariableDeclaration> declarations)
        => new([.. declarations.Select(declaration => new Entry(declaration.Id, declaration.Name, false)), .. entries], OutputAccessors, IsInParallelLoop);

    public VisibleVariables InPass(bool isParallel)
    {
        var outer = isParallel ? entries.Select(entry => entry with { IsOutside = true }) : entries;
        return new([new(VariableScope.CurrentValue, VariableScope.CurrentValue, false), new(VariableScope.CurrentIndex, VariableScope.CurrentIndex, false), .. outer], OutputAccessors, IsInParallelLoop || isParallel);
    }

    public Entry? ById(string? id) => entries.FirstOrDefault(entry => entry.Id == id);

    public Entry? ByName(string? name) => entries.FirstOrDefault(entry => entry.Name == name);

    /// <summary>The variable whose accessor in scripts is <c>get</c> or <c>set</c> + this.</summary>
    public Entry? ByAccessor(string accessor) => entries.FirstOrDefault(entry => JavaScriptExpressions.AccessorName(entry.Name) == accessor);

    internal sealed record Entry(string Id, string Name, bool IsOutside);
}
