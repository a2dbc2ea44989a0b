using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>An input of an activity type of Elsa's.</summary>
/// <param name="Name">The name; in documents its camel case.</param>
/// <param name="TypeName">Elsa's alias of the type.</param>
/// <param name="Required">True when the activity means nothing without it.</param>
/// <param name="Choices">The values it may have; empty for any.</param>
/// <param name="MustBeLiteral">True when it must be known before the run.</param>
/// <param name="Supported">False for an input that the embedded engine cannot honour: it must stay unset.</param>
/// <param name="Wrapped">False for an input that documents hold without an expression around it.</param>
public sealed record TypeInput(string Name, string TypeName, bool Required = false, IReadOnlyList<string>? Choices = null, bool MustBeLiteral = false, bool Supported = true, bool Wrapped = true);

/// <summary>An activity type of Elsa's that the embedded engine runs.</summary>
/// <param name="TypeName">The type's name in documents.</param>
/// <param name="Inputs">Its inputs.</param>
/// <param name="Outputs">The names of its outputs.</param>
/// <param name="Ports">The ports that hold an activity.</param>
/// <param name="Outcomes">The outcomes that connections may start at; null when its inputs decide.</param>
public sealed record ActivityType(string TypeName, IReadOnlyList<TypeInput> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<string> Ports, IReadOnlyList<string>? Outcomes)
{
    /// <summary>The names under which documents hold lists of what is in it.</summary>
    public IReadOnlyList<string> Lists { get; init; } = [];
}

/// <summary>The activity types of Elsa's that the embedded engine runs.</summary>
public static class ActivityTypes
{
    public const string Flowchart = "Elsa.Flowchart";
    public const string Sequence = "Elsa.Sequence";
    public const string If = "Elsa.If";
    public const string ForEach = "Elsa.ForEach";
    public const string ParallelForEach = "Elsa.ParallelForEach";
    public const string Fork = "Elsa.Fork";
    public const string Start = "Elsa.Start";
    public const string End = "Elsa.End";
    public const string FlowJoin = "Elsa.FlowJoin";
    public const string FlowDecision = "Elsa.FlowDecision";
    public const string FlowFork = "Elsa.FlowFork";
    public const string SetVariable = "Elsa.SetVariable";
    public const string SetOutput = "Elsa.SetOutput";
    public const string WriteLine = "Elsa.WriteLine";
    public const string Fault = "Elsa.Fault";
    public const string DispatchWorkflow = "Elsa.DispatchWorkflow";

    private static readonly string[] done = [Step.Done];

    private static readonly Dictionary<string, ActivityType> types = new ActivityType[]
    {
        new(Flowchart, [], [], [], done) { Lists = ["activities", "connections", "variables"] },
        new(Sequence, [], [], [], done) { Lists = ["activities", "variables"] },
        new(If, [new("Condition", "Boolean")], ["Result"], ["Then", "Else"], done),
        new(ForEach, [new("Items", "List<Object>")], ["CurrentValue"], ["Body"], done),
        new(ParallelForEach, [new("Items", "Object")], [], ["Body"], done),
        new(Fork, [new("JoinMode", "ForkJoinMode", Choices: ["WaitAll"], MustBeLiteral: true, Wrapped: false)], [], [], done) { Lists = ["branches"] },
        new(Start, [], [], [], done),
        new(End, [], [], [], done),
        new(FlowJoin, [new("Mode", "FlowJoinMode", Choices: [.. Enum.GetNames<JoinMode>()], MustBeLiteral: true)], [], [], done),
        new(FlowDecision, [new("Condition", "Boolean")], [], [], ["True", "False"]),
        new(FlowFork, [new("Branches", "List<String>")], [], [], null),
        new(SetVariable, [new("Variable", "Variable", Required: true, Wrapped: false), new("Value", "Object")], [], [], done),
        new(SetOutput, [new("OutputName", "String", Required: true), new("OutputValue", "Object")], [], [], done),
        new(WriteLine, [new("Text", "String")], [], [], done),
        new(Fault, [new("Code", "String"), new("Category", "String"), new("FaultType", "String"), new("Message", "String")], [], [], done),
        new(
            DispatchWorkflow,
            [
                new("WorkflowDefinitionId", "String", Required: true, MustBeLiteral: true),
                new("Input", "ObjectDictionary"),
                new("WaitForCompletion", "Boolean", Required: true, Choices: ["True", "true"], MustBeLiteral: true),
                new("CorrelationId", "String", Supported: false),
                new("StartNewTrace", "Boolean", Supported: false),
                new("ChannelName", "String", Supported: false),
            ],
            ["Result"],
            [],
            done),
    }.ToDictionary(type => type.TypeName, StringComparer.Ordinal);

    public static IReadOnlyCollection<ActivityType> All => types.Values;

    public static ActivityType? Find(string typeName) => types.GetValueOrDefault(typeName);

    /// <summary>How the lines into an activity come together.</summary>
    public static JoinMode JoinModeOf(Activity activity)
    {
        if (activity.Type != FlowJoin) return JoinMode.WaitAllActive;
        return Enum.TryParse<JoinMode>(activity.Input("Mode")?.Text, out var mode) ? mode : JoinMode.WaitAny;
    }
}
