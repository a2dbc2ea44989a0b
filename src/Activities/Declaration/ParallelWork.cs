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

    /// <summary>What becomes of each of many things that know nothing of each other, in their order.</summary>
    public static T[] Each<TSource, T>(IReadOnlyList<TSource> many, Func<TSource, T> make)
    {
        var made = new T[many.Count];
        Do(() => Parallel.For(0, many.Count, i => made[i] = make(many[i])));
        return made;
    }
}
