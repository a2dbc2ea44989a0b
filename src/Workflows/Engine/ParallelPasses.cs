namespace ClusterSurvey.Workflows.Engine;

/// <summary>
/// Runs numbered passes on the calling thread and on as many more as the run has slots for. Passes begin in order;
/// the calling thread never waits for a slot, so nested loops cannot block each other.
/// </summary>
internal sealed class ParallelPasses
{
    private readonly int count;
    private readonly ParallelSlots slots;
    private readonly Action<int, CancellationToken> pass;
    private readonly CancellationTokenSource stop;
    private readonly List<Thread> threads = [];
    private readonly SortedDictionary<int, Exception> failures = [];
    private int next = -1;

    private ParallelPasses(int count, ParallelSlots slots, Action<int, CancellationToken> pass, CancellationTokenSource stop)
        => (this.count, this.slots, this.pass, this.stop) = (count, slots, pass, stop);

    /// <summary>Runs all passes. When some fail, the others are stopped and the first failure in the order of passes is thrown.</summary>
    public static void Run(int count, ParallelSlots slots, Action<int, CancellationToken> pass, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var passes = new ParallelPasses(count, slots, pass, stop);
        passes.Work();
        passes.Join();
        cancellation.ThrowIfCancellationRequested();
        if (passes.failures.Count > 0) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(passes.failures.First().Value);
    }

    private void Work()
    {
        while (!stop.IsCancellationRequested)
        {
            Grow();
            var index = Interlocked.Increment(ref next);
            if (index >= count) return;
            RunOne(index);
        }
    }

    private void RunOne(int index)
    {
        try
        {
            pass(index, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Another pass failed, or the run was cancelled: whoever asked for the stop reports it.
        }
        catch (Exception failure)
        {
            // Carried over to the thread that waits, which throws it.
            lock (failures) failures[index] = failure;
            stop.Cancel();
        }
    }

    private void Grow()
    {
        lock (threads)
        {
            // The calling thread works too: a slot for more would be taken for nothing.
            while (threads.Count < count - 1 && Volatile.Read(ref next) + 2 < count && !stop.IsCancellationRequested && slots.TryTake())
            {
                var thread = new Thread(WorkInSlot) { IsBackground = true, Name = "loop pass" };
                threads.Add(thread);
                thread.Start();
            }
        }
    }

    private void WorkInSlot()
    {
        try
        {
            Work();
        }
        finally
        {
            slots.Return();
        }
    }

    private void Join()
    {
        for (var position = 0; ; position++)
        {
            Thread thread;
            lock (threads)
            {
                if (position >= threads.Count) return;
                thread = threads[position];
            }
            thread.Join();
        }
    }
}
