using System.Collections.Concurrent;
using System.Globalization;
using ClusterSurvey.Workflows.Engine;
using Spectre.Console;

namespace ClusterSurvey.Runner.Terminal;

/// <summary>Shows how a run comes along: bars on a terminal, lines elsewhere.</summary>
public abstract class RunDisplay : IProgress<RunEvent>, IDisposable
{
    public static RunDisplay Open(IAnsiConsole console)
    {
        ArgumentNullException.ThrowIfNull(console);
        return console.Profile.Capabilities.Interactive && console.Profile.Capabilities.Ansi && !Console.IsErrorRedirected ? OnTerminal(console) : InLines(Output.Note, TimeSpan.FromMinutes(1));
    }

    /// <summary>The bars, on a console that is known to be a terminal.</summary>
    public static RunDisplay OnTerminal(IAnsiConsole console) => new Bars(console);

    /// <summary>Lines, for logs and pipes: what has ended, and what is at work whenever nothing has been said for so long.</summary>
    public static RunDisplay InLines(Action<string> write, TimeSpan silence)
    {
        ArgumentNullException.ThrowIfNull(write);
        return new RunLines(write, silence);
    }

    public abstract void Report(RunEvent value);

    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>The activities that are worth showing: steps, and not the glue between them.</summary>
    protected static bool IsStep(string type) => type.StartsWith("Survey.", StringComparison.Ordinal);

    /// <summary>That a step is tried again, when and why.</summary>
    protected static string Retry(ActivityRetried again)
        => string.Create(CultureInfo.InvariantCulture, $"{again.DisplayName} is tried again in {again.Wait.TotalSeconds:g3} s: {again.Message}");

    private sealed class Bars : RunDisplay
    {
        private readonly ConcurrentQueue<RunEvent> events = new();
        private readonly Thread painter;
        private volatile bool closed;

        public Bars(IAnsiConsole console)
        {
            painter = new Thread(() => Paint(console)) { IsBackground = true, Name = "progress" };
            painter.Start();
        }

        public override void Report(RunEvent value) => events.Enqueue(value);

        public override void Dispose()
        {
            closed = true;
            painter.Join();
            base.Dispose();
        }

        private void Paint(IAnsiConsole console) => console.Progress()
            .AutoClear(false)
            .HideCompleted(false)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(),
                new SpinnerColumn())
            .Start(context =>
            {
                var view = new BarView(context);
                while (!closed || !events.IsEmpty)
                {
                    while (events.TryDequeue(out var happened)) view.Show(happened);
                    Thread.Sleep(100);
                }
                view.Close();
            });
    }

    private sealed class BarView(ProgressContext context)
    {
        private readonly Dictionary<string, ProgressTask> clusters = [];
        private ProgressTask? survey;

        public void Show(RunEvent value)
        {
            switch (value)
            {
                case LoopStarted { Label: null, Passes: > 0 } loop:
                    survey?.StopTask();
                    survey = context.AddTask("[bold]clusters[/]", maxValue: Math.Max(1, loop.Passes));
                    break;
                case ActivityStarted step when IsStep(step.Type):
                    Of(step).Description = Text(step, null);
                    break;
                case ActivityProgressed step:
                    Of(step).Description = Text(step, step.Doing);
                    Of(step).Value = 100 * step.Fraction;
                    break;
                case ActivityCompleted { Label: null } step when IsStep(step.Type):
                    Of(step).Value = 100;
                    Of(step).StopTask();
                    clusters.Remove("");
                    break;
                case ActivityRetried again:
                    Of(again).Description = $"[yellow]{Markup.Escape(again.Label ?? "survey")}: {Markup.Escape(Retry(again))}[/]";
                    break;
                case ActivityFaulted fault:
                    Of(fault).Description = $"[red]{Markup.Escape(fault.Label ?? "survey")}: {Markup.Escape(fault.DisplayName)} failed[/]";
                    break;
                case PassEnded pass:
                    survey?.Increment(1);
                    if (!clusters.Remove(pass.Label ?? "", out var bar)) break;
                    bar.Value = 100;
                    if (!pass.Quarantined) bar.Description = $"[green]{Markup.Escape(pass.Label ?? "")}[/]";
                    bar.StopTask();
                    break;
            }
        }

        public void Close()
        {
            foreach (var bar in clusters.Values) bar.StopTask();
            survey?.StopTask();
        }

        private ProgressTask Of(RunEvent value)
        {
            var key = value.Label ?? "";
            return clusters.TryGetValue(key, out var bar) ? bar : clusters[key] = context.AddTask(Markup.Escape(value.Label ?? "survey"), maxValue: 100);
        }

        private static string Text(RunEvent value, string? doing)
            => $"{Markup.Escape(value.Label ?? "survey")}: {Markup.Escape(value.DisplayName)}{(doing is null ? "" : $" [grey]{Markup.Escape(doing)}[/]")}";
    }
}
