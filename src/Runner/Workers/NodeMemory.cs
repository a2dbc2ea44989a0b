namespace ClusterSurvey.Runner.Workers;

/// <summary>The memory of a node, shared out among its jobs: what does not fit stays in the queue, for this node or another. One job always fits, as it does where a survey is computed on one machine.</summary>
/// <param name="bytes">What jobs may take together.</param>
internal sealed class NodeMemory(double bytes)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, double> taken = new(StringComparer.Ordinal);

    /// <summary>Takes memory for a job; false when there is not enough beside the others.</summary>
    public bool TryTake(string job, double needed)
    {
        lock (gate)
        {
            if (taken.Count > 0 && needed > 0 && taken.Values.Sum() + needed > bytes) return false;
            taken[job] = needed;
            return true;
        }
    }

    /// <summary>Gives back what a job has, if it has any.</summary>
    public void GiveBack(string job)
    {
        lock (gate) taken.Remove(job);
    }
}
