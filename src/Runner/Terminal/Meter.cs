using Spectre.Console;

namespace ClusterSurvey.Runner.Terminal;

/// <summary>One bar for one piece of work that counts what it has done; nothing where there is no terminal.</summary>
public static class Meter
{
    public static void Show(string what, int total, Action<IProgress<int>?> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var console = Output.Messages;
        if (!console.Profile.Capabilities.Interactive || Console.IsErrorRedirected)
        {
            work(null);
            return;
        }
        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new Bar(context.AddTask(Markup.Escape(what), maxValue: total))));
    }

    private sealed class Bar(ProgressTask task) : IProgress<int>
    {
        // Reports come from several threads and may overtake each other.
        public void Report(int value) => task.Value = Math.Max(task.Value, value);
    }
}
