using System.Text.Json;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>Who carries out the passes of a run when several nodes share it.</summary>
public interface ISharedPasses
{
    /// <summary>Hands the passes of a parallel loop of the run over to the nodes, if that was not done before.</summary>
    /// <param name="passes">The paths of the passes, with what each is about.</param>
    /// <returns>The faults of those that failed, by path, when all have ended; null when some have not.</returns>
    IReadOnlyDictionary<string, FaultRecord>? HandOver(IReadOnlyList<(string Path, string Label)> passes);
}

/// <summary>
/// What a node does with the parallel loops that stand in the run itself, in no other loop and no called workflow, when nodes share the run. It ends the
/// walk by cancelling it, which leaves everything as a run that is interrupted leaves it.
/// </summary>
/// <param name="end">Ends the walk.</param>
internal abstract class SharedLoops(CancellationTokenSource end)
{
    /// <summary>True when the walk was ended here, and not from outside.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Does this node's part of a loop.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="items">What its passes are about.</param>
    /// <returns>The faults with which passes have failed elsewhere, when this node goes through all of them; null when it passes the loop by.</returns>
    public abstract IReadOnlyDictionary<string, FaultRecord>? Enter(ActivityFrame loop, JsonElement[] items);

    protected void EndWalk(ActivityFrame loop)
    {
        HasEnded = true;
        end.Cancel();
        loop.Cancellation.ThrowIfCancellationRequested();
    }

    protected static string PathOf(ActivityFrame loop, int index) => loop.Path + Loop.IndexOf(index);
}

/// <summary>Hands the passes over, and goes through them when all have ended: what they did is in the ledger then.</summary>
internal sealed class HandedOverLoops(ISharedPasses passes, CancellationTokenSource end) : SharedLoops(end)
{
    public override IReadOnlyDictionary<string, FaultRecord>? Enter(ActivityFrame loop, JsonElement[] items)
    {
        var faults = passes.HandOver([.. items.Select((item, index) => (PathOf(loop, index), Loop.LabelOf(item, loop.Label)))]);
        if (faults is null) EndWalk(loop);
        return faults;
    }
}

/// <summary>Carries out one pass and ends. Loops that stand before that of the pass have been gone through, or the pass would not be there; nothing comes out of a loop but what it publishes.</summary>
internal sealed class OnePass(string passPath, CancellationTokenSource end) : SharedLoops(end)
{
    public FaultRecord? Fault { get; private set; }

    public override IReadOnlyDictionary<string, FaultRecord>? Enter(ActivityFrame loop, JsonElement[] items)
    {
        if (!passPath.StartsWith(loop.Path + "[", StringComparison.Ordinal)) return null;
        var index = Enumerable.Range(0, items.Length).FirstOrDefault(index => PathOf(loop, index) == passPath, -1);
        if (index < 0) throw new InvalidOperationException($"the loop {loop.Path} has no pass {passPath}");
        var label = Loop.LabelOf(items[index], loop.Label);
        try
        {
            if (loop.Activity.Port("Body") is { } body) ParallelForEachBehaviour.Carry(loop, body, items[index], index, label, loop.Cancellation);
        }
        catch (ActivityFault fault) when (!fault.EndsTheRun)
        {
            Fault = FaultRecord.Of(fault);
        }
        loop.Instance.Report(new PassEnded(loop.InstanceId, passPath, loop.Activity.DisplayName, label, Fault is not null));
        EndWalk(loop);
        return null;
    }
}
