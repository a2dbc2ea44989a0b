using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Expressions;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Validation;

/// <summary>Checks one document, activity by activity, with the variables that each of them sees.</summary>
internal sealed class DocumentCheck(WorkflowDocument document, StepCatalog catalog)
{
    private readonly List<DefinitionProblem> problems = [];

    public IReadOnlyList<DefinitionProblem> Problems()
    {
        problems.Clear();
        if (document.Root is null) problems.Add(new(document.DefinitionId, null, "/root", "no root activity", "an activity", "draw one in the designer"));
        problems.AddRange(OptionCheck.Problems(document));
        CheckIds();
        CheckVariables(null, document.Variables);
        CheckInputDefaults();
        if (document.Root is { } root) Visit(root, VisibleVariables.None(OutputAccessors()).With(document.Variables));
        return [.. problems];
    }

    private HashSet<string> OutputAccessors()
        => [.. document.Activities.SelectMany(activity => OutputsOf(activity).Select(output => JavaScriptExpressions.OutputAccessorName(activity.Name, output)))];

    private IEnumerable<string> OutputsOf(Activity activity)
        => catalog.TryFind(activity.Type, out var step) ? step.Outputs.Select(output => output.Name) : ActivityTypes.Find(activity.Type)?.Outputs ?? [];

    private void CheckIds()
    {
        foreach (var group in document.Activities.GroupBy(activity => activity.Id))
            foreach (var activity in group.Skip(group.Key.Length == 0 ? 0 : 1))
                Add(activity, "/id", group.Key.Length == 0 ? "no id" : $"the id '{activity.Id}' a second time", "an id that no other activity has", "give it another id");
    }

    private void CheckVariables(Activity? container, IReadOnlyList<VariableDeclaration> variables)
    {
        foreach (var group in variables.GroupBy(variable => variable.Id).Where(group => group.Count() > 1))
            problems.Add(new(document.DefinitionId, container?.Id, group.Last().Pointer, $"the variable id '{group.Key}' a second time", "an id that no other variable has", "give it another id"));
        foreach (var variable in variables)
            if (!WorkflowValue.TryConvert(variable.Default, variable.TypeName, variable.IsArray, out _))
                problems.Add(new(document.DefinitionId, container?.Id, $"{variable.Pointer}/value", variable.Default!.ToJsonString(), $"a value of type {variable.TypeName}", "correct the variable's value"));
    }

    private void CheckInputDefaults()
    {
        foreach (var input in document.Inputs.Where(input => !WorkflowValue.TryConvert(input.Default, input.TypeName, input.IsArray, out var value) || !input.Allows(value)))
            problems.Add(new(document.DefinitionId, null, $"{input.Pointer}/defaultValue", input.Default!.ToJsonString(), input.Expected, "correct the default"));
        foreach (var input in document.Inputs.Where(input => input.Minimum > input.Maximum))
            problems.Add(new(document.DefinitionId, null, $"{input.Pointer}/minimum", "a minimum above the maximum", "bounds between which numbers lie", "correct the bounds"));
    }

    private void Visit(Activity activity, VisibleVariables visible)
    {
        CheckVariables(activity, activity.Variables);
        if (catalog.TryFind(activity.Type, out var step)) problems.AddRange(new StepCheck(document, activity, visible, step).Problems());
        else if (ActivityTypes.Find(activity.Type) is { } type) problems.AddRange(new BuiltInCheck(document, activity, visible, type).Problems());
        else AddUnknownType(activity);
        if (activity.Type == ActivityTypes.Flowchart) problems.AddRange(FlowchartCheck.Problems(document.DefinitionId, activity, catalog));
        if (activity.Type == ActivityTypes.Fork) problems.AddRange(ForkCheck.Problems(document.DefinitionId, activity));
        foreach (var child in activity.Children) Visit(child, Inside(activity, visible));
    }

    private static VisibleVariables Inside(Activity activity, VisibleVariables visible) => activity.Type switch
    {
        ActivityTypes.ForEach => visible.InPass(isParallel: false),
        ActivityTypes.ParallelForEach => visible.InPass(isParallel: true),
        _ => visible.With(activity.Variables),
    };

    private void AddUnknownType(Activity activity)
    {
        List<string> known = [.. ActivityTypes.All.Select(type => type.TypeName), .. catalog.Steps.Select(step => step.TypeName)];
        var expected = activity.Type.StartsWith("Elsa.", StringComparison.Ordinal) ? "an activity that the embedded engine supports" : "the type of a step";
        Add(activity, "/type", activity.Type.Length == 0 ? "no type" : $"the type '{activity.Type}'", expected, Spelling.Suggest(activity.Type, known));
    }

    private void Add(Activity activity, string place, string found, string expected, string remedy)
        => problems.Add(new(document.DefinitionId, activity.Id, activity.Pointer + place, found, expected, remedy));
}
