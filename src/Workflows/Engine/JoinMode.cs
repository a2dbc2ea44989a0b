namespace ClusterSurvey.Workflows.Engine;

/// <summary>How several lines into one activity come together.</summary>
public enum JoinMode
{
    /// <summary>All lines must have been followed.</summary>
    WaitAll,

    /// <summary>The first that is followed counts.</summary>
    WaitAny,

    /// <summary>All lines must be decided, and one of them followed: also what holds without a FlowJoin.</summary>
    WaitAllActive,
}
