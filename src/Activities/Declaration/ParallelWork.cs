using System.Runtime.ExceptionServices;

namespace ClusterSurvey.Activities.Declaration;

/// <summary>Work of a step on several threads.</summary>
internal static class ParallelWork
{
    /// <summary>Does it; what fails on a thread comes out as it was thrown: a disk that is full is that, however many threads met it.</summary>
    public static void Do(Action work)
    {
        try
        {
            work();
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.Flatten().InnerExceptions[0]);
        }
    }
}
