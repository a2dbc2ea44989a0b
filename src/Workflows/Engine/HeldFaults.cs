namespace ClusterSurvey.Workflows.Engine;

/// <summary>
/// Holds the faults of work that stands side by side: as in Elsa, what is scheduled when something faults still runs, and
/// only then the container faults. Safe for several threads.
/// </summary>
internal sealed class HeldFaults
{
    private readonly SortedDictionary<int, ActivityFault> faults = [];

    /// <summary>Does one piece of the work.</summary>
    /// <returns>True when it came to its end.</returns>
    public bool Hold(int place, Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (ActivityFault fault)
        {
            lock (faults) faults.Add(place, fault);
            return false;
        }
    }

    /// <summary>Throws the first fault in the order of the work, when there is any; the others become incidents of the instance.</summary>
    public void Throw(ActivityFrame frame)
    {
        if (faults.Count == 0) return;
        foreach (var fault in faults.Values.Skip(1)) frame.Instance.Journal.Incident(fault, null);
        throw faults.Values.First();
    }
}
