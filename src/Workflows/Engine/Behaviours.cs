using ClusterSurvey.Activities.Declaration;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>What an activity of some type does.</summary>
internal abstract class Behaviour
{
    public static IReadOnlyList<string> Done { get; } = [Step.Done];

    /// <summary>
    /// True for a container whose activities may change what is outside of it: when a run is resumed and the container has
    /// finished, these changes are gathered by walking through it.
    /// </summary>
    public virtual bool MayChangeOutside => false;

    /// <summary>Does it.</summary>
    /// <returns>The outcomes.</returns>
    public abstract IReadOnlyList<string> Execute(ActivityFrame frame);
}

/// <summary>The behaviours of the activity types that the engine knows.</summary>
internal static class Behaviours
{
    private static readonly Dictionary<string, Behaviour> builtIn = new(StringComparer.Ordinal)
    {
        [ActivityTypes.Flowchart] = new FlowchartBehaviour(),
        [ActivityTypes.Sequence] = new SequenceBehaviour(),
        [ActivityTypes.If] = new IfBehaviour(),
        [ActivityTypes.ForEach] = new ForEachBehaviour(),
        [ActivityTypes.ParallelForEach] = new ParallelForEachBehaviour(),
        [ActivityTypes.Fork] = new ForkBehaviour(),
        [ActivityTypes.Start] = new MilestoneBehaviour(),
        [ActivityTypes.End] = new MilestoneBehaviour(),
        [ActivityTypes.FlowJoin] = new MilestoneBehaviour(),
        [ActivityTypes.FlowDecision] = new FlowDecisionBehaviour(),
        [ActivityTypes.FlowFork] = new FlowForkBehaviour(),
        [ActivityTypes.SetVariable] = new SetVariableBehaviour(),
        [ActivityTypes.SetOutput] = new SetOutputBehaviour(),
        [ActivityTypes.WriteLine] = new WriteLineBehaviour(),
        [ActivityTypes.Fault] = new FaultBehaviour(),
        [ActivityTypes.DispatchWorkflow] = new DispatchWorkflowBehaviour(),
    };

    public static Behaviour Of(string type, StepCatalog catalog)
    {
        if (builtIn.TryGetValue(type, out var behaviour)) return behaviour;
        return catalog.TryFind(type, out var step) ? new StepBehaviour(step) : throw new InvalidOperationException($"no activity of the type '{type}'");
    }
}
