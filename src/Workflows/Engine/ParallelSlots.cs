namespace ClusterSurvey.Workflows.Engine;

/// <summary>How many threads a run may still start: one bound for all its loops and forks, however they are nested.</summary>
internal sealed class ParallelSlots(int parallelism)
{
    // The thread that runs the workflow works too.
    private int free = Math.Max(1, parallelism) - 1;

    public bool TryTake()
    {
        while (true)
        {
            var seen = Volatile.Read(ref free);
            if (seen <= 0) return false;
            if (Interlocked.CompareExchange(ref free, seen - 1, seen) == seen) return true;
        }
    }

    /// <summary>Takes whatever is free: a step may use it for as long as no pass does.</summary>
    /// <returns>How many were taken.</returns>
    public int TakeRest()
    {
        var taken = 0;
        while (TryTake()) taken++;
        return taken;
    }

    public void Return(int taken = 1) => Interlocked.Add(ref free, taken);
}
