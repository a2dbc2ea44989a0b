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

    /// <summary>What becomes of each of many numbered things that know nothing of each other, on the threads of a step, whose bar tells how many are done.</summary>
    /// <param name="context">The step.</param>
    /// <param name="count">How many.</param>
    /// <param name="make">Makes one, by its number from 0.</param>
    /// <param name="shown">The bar after so many.</param>
    public static T[] Each<T>(StepContext context, int count, Func<int, T> make, Func<int, StepProgress> shown)
    {
        var made = new T[count];
        var done = 0;
        Do(() => Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = context.Threads, CancellationToken = context.Cancellation }, i =>
        {
            made[i] = make(i);
            context.Progress?.Report(shown(Interlocked.Increment(ref done)));
        }));
        return made;
    }

    /// <summary>What becomes of each of many things that know nothing of each other, in their order.</summary>
    public static T[] Each<TSource, T>(IReadOnlyList<TSource> many, Func<TSource, T> make)
    {
        var made = new T[many.Count];
        Do(() => Parallel.For(0, many.Count, i => made[i] = make(many[i])));
        return made;
    }

    /// <summary>Does something with each of many things that know nothing of each other.</summary>
    public static void Each<TSource>(IReadOnlyList<TSource> many, Action<TSource> work) => Do(() => Parallel.For(0, many.Count, i => work(many[i])));
}
