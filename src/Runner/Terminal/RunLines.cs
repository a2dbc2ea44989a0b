using System.Globalization;
using ClusterSurvey.Workflows.Engine;

namespace ClusterSurvey.Runner.Terminal;

/// <summary>A line for every step that ends and, after a silence, one that tells what is at work and how far it is.</summary>
internal sealed class RunLines : RunDisplay
{
    private readonly Action<string> write;
    private readonly TimeSpan silence;
    private readonly Timer reminder;
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, string> atWork = new(StringComparer.Ordinal);
    private int passes, ended;
    private bool closed;

    public RunLines(Action<string> write, TimeSpan silence)
    {
        (this.write, this.silence) = (write, silence);
        reminder = new Timer(_ => Remind(), null, silence, Timeout.InfiniteTimeSpan);
    }

    public override void Report(RunEvent value)
    {
        lock (gate)
        {
            switch (value)
            {
                case LoopStarted { Label: null } loop:
                    (passes, ended) = (loop.Passes, 0);
                    break;
                case ActivityStarted step when IsStep(step.Type):
                    atWork[Whose(step)] = step.DisplayName;
                    break;
                case ActivityProgressed step:
                    atWork[Whose(step)] = string.Create(CultureInfo.InvariantCulture, $"{step.DisplayName}, {step.Doing} ({100 * step.Fraction:f0} %)");
                    break;
                case ActivityCompleted step when IsStep(step.Type):
                    atWork.Remove(Whose(step));
                    Say($"{Whose(step)}: {step.DisplayName}{(step.FromCache ? " (known)" : "")}");
                    break;
                case ActivityRetried again:
                    Say($"{Whose(again)}: {Retry(again)}");
                    break;
                case ActivityFaulted fault:
                    atWork.Remove(Whose(fault));
                    Say($"{Whose(fault)}: {fault.DisplayName}{(fault.Region is { } region ? $", region {region}," : "")} failed: {fault.Message}");
                    break;
                case PassEnded pass:
                    atWork.Remove(Whose(pass));
                    Say(string.Create(CultureInfo.InvariantCulture, $"{pass.Label}: {(pass.Quarantined ? "set aside" : "done")} ({++ended} of {passes})"));
                    break;
            }
        }
    }

    public override void Dispose()
    {
        lock (gate) closed = true;
        reminder.Dispose();
        base.Dispose();
    }

    private static string Whose(RunEvent value) => value.Label ?? "survey";

    private void Say(string line)
    {
        write(line);
        if (!closed) reminder.Change(silence, Timeout.InfiniteTimeSpan);
    }

    private void Remind()
    {
        lock (gate)
        {
            if (closed) return;
            if (atWork.Count > 0) Say(string.Join("; ", atWork.Select(step => $"{step.Key}: {step.Value}")));
            else reminder.Change(silence, Timeout.InfiniteTimeSpan);
        }
    }
}
