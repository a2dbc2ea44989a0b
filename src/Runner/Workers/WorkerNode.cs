using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Runner.Observability;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Workers;

/// <summary>A node: which jobs it has, and whether it still has them.</summary>
internal sealed class WorkerNode : IDisposable
{
    /// <summary>A failure that may heal is waited out so often; with waits of up to a minute that is half an hour.</summary>
    private const int MostFailures = 35;

    private static readonly TimeSpan firstWait = TimeSpan.FromSeconds(2), longestWait = TimeSpan.FromMinutes(1);

    // A node that is lost without the scheduler's notice, and the trace of one that nobody misses.
    private static readonly TimeSpan leastSilence = TimeSpan.FromMinutes(5), forgotten = TimeSpan.FromDays(1);

    private const string Left = "left to another node, which has taken it over";

    private readonly ConcurrentDictionary<string, Held> held = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();
    private readonly JobBook book;
    private readonly JobWork work;
    private readonly TimeProvider time;
    private readonly Lease lease;
    private readonly DateTimeOffset started;
    private readonly QueueMeter meter;
    private readonly NodeMemory memory = new(MachineShare.Here.ForClusters);
    private long lastBeat;
    private volatile int waiting, working;

    public WorkerNode(RunHome home, RunLedger ledger, int slots, Lease lease, TimeProvider time)
    {
        (this.lease, this.time) = (lease, time);
        (Slots, started, book) = (slots, time.GetUtcNow(), home.JobsIn(ledger));
        work = new JobWork(home, ledger, new Parallelism(1, Math.Max(1, MachineShare.Here.Cores / slots)), time);
        Name = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}");
        Home = home.Identity();
        lastBeat = time.GetTimestamp();
        meter = new QueueMeter(() => (waiting, working));
    }

    public string Name { get; }

    public string Home { get; }

    public int Slots { get; }

    /// <summary>How long ago it last said that it is there.</summary>
    public TimeSpan SinceCheckIn => time.GetElapsedTime(Volatile.Read(ref lastBeat));

    /// <summary>The jobs of the folder.</summary>
    public JobBook Book => book;

    /// <summary>Carries out a job of the ledger, if it is still to be done.</summary>
    public void Carry(string id, CancellationToken cancellation)
    {
        using var mine = new Held(CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping.Token));
        if (!held.TryAdd(id, mine)) return;
        try
        {
            if (!HasRoomFor(id) || book.Take(id, Name, time.GetUtcNow()) is not { } job) return;
            mine.Attempt = job.Attempt;
            Carry(job, mine.Stop.Token);
        }
        finally
        {
            held.TryRemove(id, out _);
            memory.GiveBack(id);
        }
    }

    /// <summary>Says that it is there, and lets go of jobs that it no longer has.</summary>
    public void Watch()
    {
        var now = time.GetUtcNow();
        book.Beat(new NodeRow { Name = Name, Home = Home, Machine = Environment.MachineName, ProcessId = Environment.ProcessId, Slots = Slots, StartedAt = started, HeartbeatAt = now });
        Volatile.Write(ref lastBeat, time.GetTimestamp());
        var silence = TimeSpan.FromSeconds(10 * lease.Seconds);
        book.GiveUpLostNodes(now - (silence > leastSilence ? silence : leastSilence));
        foreach (var gone in book.Nodes.Where(node => node.HeartbeatAt < now - forgotten)) book.Remove(gone.Name);
        // Before the ledger is read: what is taken meanwhile is not in it yet, and was not lost.
        var mine = held.Where(job => job.Value.Attempt is not null).Select(job => (Id: job.Key, Held: job.Value, job.Value.Attempt)).ToArray();
        var open = book.Open;
        (waiting, working) = (open.Count(job => job.State == JobState.Queued), open.Count(job => job.State == JobState.Running));
        var running = open.Where(job => job.State == JobState.Running && job.Node == Name).ToDictionary(job => job.Id, StringComparer.Ordinal);
        foreach (var job in mine)
            if (running.GetValueOrDefault(job.Id)?.Attempt != job.Attempt && held.ContainsKey(job.Id)) job.Held.Lose();
        foreach (var left in running.Values.Where(job => !held.ContainsKey(job.Id))) book.GiveBack(left);
    }

    /// <summary>Stops the jobs at work; other nodes go on with them.</summary>
    public void Stop() => stopping.Cancel();

    /// <summary>Takes the node off the list.</summary>
    public void SignOff() => book.Remove(Name);

    /// <inheritdoc/>
    public void Dispose()
    {
        meter.Dispose();
        stopping.Dispose();
    }

    // A job that does not fit stays in the queue. One whose node was lost goes back there first: the scheduler tells of it only once.
    private bool HasRoomFor(string id)
    {
        if (book.Find(id) is not { } job || memory.TryTake(id, work.MemoryOf(job))) return true;
        if (job.State == JobState.Running && book.Take(id, Name, time.GetUtcNow()) is { } lost) book.GiveBack(lost);
        return false;
    }

    private JobState? StateOf(JobRow job) => book.Find(job.Id)?.State;

    // Of a job that this node has no longer.
    private string WhyGone(JobRow job) => StateOf(job) == JobState.Cancelled ? "stopped" : Left;

    private void Carry(JobRow job, CancellationToken cancellation)
    {
        Output.Note($"{Shown(job)}: begins");
        try
        {
            work.Carry(job, cancellation);
            Output.Note($"{Shown(job)}: {(StateOf(job) == JobState.Suspended ? "waits for its clusters" : "done")}");
        }
        catch (LeaseLostException)
        {
            Output.Note($"{Shown(job)}: {WhyGone(job)}");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Output.Note($"{Shown(job)}: {(book.GiveBack(job) ? "given back" : WhyGone(job))}");
        }
        catch (Exception failure)
        {
            // The boundary of a job: whatever ends it must not end the node.
            Explain(job, failure);
        }
    }

    private void Explain(JobRow job, Exception failure)
    {
        var message = failure.InPlainWords();
        if (failure is IOException or UnauthorizedAccessException or BadInputException && job.Failures < MostFailures)
        {
            var wait = TimeSpan.FromTicks(Math.Min(longestWait.Ticks, firstWait.Ticks << Math.Min(job.Failures, 10)));
            Output.Error(string.Create(CultureInfo.InvariantCulture, $"{Shown(job)}: {message}; it is tried again in {wait.TotalSeconds:f0} s"));
            if (!book.PutOff(job, message, time.GetUtcNow() + wait)) Output.Note($"{Shown(job)}: {WhyGone(job)}");
            return;
        }
        Output.Error($"{Shown(job)}: {message}; it is not tried again");
        if (failure is not (IOException or UnauthorizedAccessException or BadInputException)) Output.Error($"{failure.GetType().Name}{Environment.NewLine}{failure.StackTrace}");
        work.Fail(job, message, "correct the cause named in the message, then resume the run");
    }

    private static string Shown(JobRow job) => job.Kind == JobKind.Run ? job.Run : $"{job.Run}, {job.Label}";

    /// <summary>A job that this node has.</summary>
    private sealed class Held(CancellationTokenSource stop) : IDisposable
    {
        private readonly Lock gate = new();
        private bool isOver;

        public CancellationTokenSource Stop => stop;

        /// <summary>The attempt; null while it is being taken.</summary>
        public int? Attempt { get; set; }

        public void Lose()
        {
            lock (gate)
                if (!isOver) stop.Cancel();
        }

        public void Dispose()
        {
            lock (gate) isOver = true;
            stop.Dispose();
        }
    }
}
