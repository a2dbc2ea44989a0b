using System.Collections.Concurrent;
using System.Globalization;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Workflows.Engine;

namespace ClusterSurvey.Runner.Web;

/// <summary>Follows a run for the pages: what every cluster is doing now, and the lines that a terminal would show, in the run's folder.</summary>
public sealed class RunWatch(RunFolder folder, TimeProvider time) : RunDisplay
{
    private const string LogFile = "run.log";

    private readonly ConcurrentDictionary<string, StepNow> steps = new(StringComparer.Ordinal);
    private readonly Lock writing = new();

    /// <summary>What a step does at the moment.</summary>
    /// <param name="Step">The step's name for people.</param>
    /// <param name="Doing">What it says of itself; null when it has said nothing.</param>
    /// <param name="Fraction">How far it has come, between 0 and 1.</param>
    public sealed record StepNow(string Step, string? Doing, double Fraction);

    /// <summary>The step at which a cluster is; null for none. The survey's own steps belong to the empty name.</summary>
    public StepNow? StepOf(string cluster) => steps.GetValueOrDefault(cluster);

    /// <inheritdoc/>
    public override void Report(RunEvent value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var label = value.Label ?? "";
        switch (value)
        {
            case ActivityStarted step when IsStep(step.Type):
                steps[label] = new StepNow(step.DisplayName, null, 0);
                break;
            case ActivityProgressed step:
                steps[label] = new StepNow(step.DisplayName, step.Doing, step.Fraction);
                break;
            case ActivityCompleted step when IsStep(step.Type):
                steps.TryRemove(label, out _);
                Write($"{value.Label ?? "survey"}: {step.DisplayName}{(step.FromCache ? " (known)" : "")}");
                break;
            case ActivityFaulted fault:
                steps.TryRemove(label, out _);
                Write($"{value.Label ?? "survey"}: {fault.DisplayName} failed: {fault.Message} ({fault.Remedy})");
                break;
            case ActivityWrote line:
                Write($"{value.Label ?? "survey"}: {line.Text}");
                break;
            case PassEnded pass:
                Write($"{pass.Label}: {(pass.Quarantined ? "set aside" : "done")}");
                break;
        }
    }

    /// <summary>Adds a line to the log of a run.</summary>
    public static void Tell(RunFolder folder, string line)
    {
        ArgumentNullException.ThrowIfNull(folder);
        File.AppendAllText(folder.FileAt(LogFile), line + "\n");
    }

    /// <summary>The last lines of the log of a run.</summary>
    public static IReadOnlyList<string> Tail(RunFolder folder, int lines)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = folder.FileAt(LogFile);
        return File.Exists(path) ? [.. File.ReadLines(path).TakeLast(lines)] : [];
    }

    private void Write(string line)
    {
        lock (writing) Tell(folder, string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():HH:mm:ss} {line}"));
    }
}
