using ClusterSurvey.Workflows.Engine;

namespace ClusterSurvey.Workflows.Rest;

/// <summary>What the designer's palette says of the engine's own constructs.</summary>
/// <param name="Category">The heading under which it stands.</param>
/// <param name="DisplayName">Its name for people.</param>
/// <param name="Description">What it does, in a sentence.</param>
/// <param name="Inputs">What its inputs mean, by name.</param>
internal sealed record ActivityTexts(string Category, string DisplayName, string Description, IReadOnlyDictionary<string, string> Inputs)
{
    private const string Flow = "Flow";
    private const string Loops = "Loops";
    private const string Values = "Values";

    private static readonly Dictionary<string, ActivityTexts> all = new(StringComparer.Ordinal)
    {
        [ActivityTypes.Flowchart] = Of(Flow, "Flowchart", "Activities joined by lines: each runs when what leads to it has ended."),
        [ActivityTypes.Sequence] = Of(Flow, "Sequence", "Activities one after another."),
        [ActivityTypes.If] = Of(Flow, "If", "Runs one of two activities, as a condition says.", ("Condition", "True for the first, false for the second.")),
        [ActivityTypes.ForEach] = Of(Loops, "For each", "Runs its body for every item of a list, one after another.", ("Items", "The list.")),
        [ActivityTypes.ParallelForEach] = Of(Loops, "Parallel for each", "Runs its body for every item of a list, as many at a time as the machine has cores: so clusters are surveyed.", ("Items", "The list.")),
        [ActivityTypes.Fork] = Of(Flow, "Fork", "Runs its branches side by side and waits for all of them.", ("JoinMode", "Which branches are waited for.")),
        [ActivityTypes.Start] = Of(Flow, "Start", "Where a flowchart begins."),
        [ActivityTypes.End] = Of(Flow, "End", "Ends the flowchart, whatever else is still to come."),
        [ActivityTypes.FlowJoin] = Of(Flow, "Join", "Brings lines together again.", ("Mode", "Which lines are waited for: all, any, or all that were not skipped.")),
        [ActivityTypes.FlowDecision] = Of(Flow, "Decision", "Goes on along one of two lines, as a condition says.", ("Condition", "True or false.")),
        [ActivityTypes.FlowFork] = Of(Flow, "Fork in a flowchart", "Goes on along several lines side by side.", ("Branches", "The names of the lines.")),
        [ActivityTypes.SetVariable] = Of(Values, "Set variable", "Gives a variable a value.", ("Variable", "The variable."), ("Value", "Its new value.")),
        [ActivityTypes.SetOutput] = Of(Values, "Set output", "Gives an output of the workflow its value.", ("OutputName", "The output."), ("OutputValue", "Its value.")),
        [ActivityTypes.WriteLine] = Of(Values, "Write line", "Writes a line into the journal.", ("Text", "The line.")),
        [ActivityTypes.Fault] = Of(Flow, "Fault", "Ends the workflow, or the pass of a parallel loop, with an error.",
            ("Code", "A code for programs."), ("Category", "What kind of error it is."), ("FaultType", "Whose error it is."), ("Message", "What went wrong, for people.")),
        [ActivityTypes.DispatchWorkflow] = Of(Flow, "Run a workflow", "Runs another definition, waits for it and takes its outputs.",
            ("WorkflowDefinitionId", "The definition to run."), ("Input", "Its inputs, as an object."), ("WaitForCompletion", "Must be on: the survey waits for what it calls.")),
    };

    public static ActivityTexts For(string typeName) => all[typeName];

    private static ActivityTexts Of(string category, string displayName, string description, params (string Name, string Meaning)[] inputs)
        => new(category, displayName, description, inputs.ToDictionary(input => input.Name, input => input.Meaning, StringComparer.Ordinal));
}
