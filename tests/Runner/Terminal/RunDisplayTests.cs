using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Workflows.Engine;
using Spectre.Console.Testing;

namespace ClusterSurvey.Runner.Tests.Terminal;

public sealed class RunDisplayTests
{
    [Fact]
    public void Bars_show_the_survey_its_clusters_and_what_failed()
    {
        using var console = new TestConsole().Interactive().EmitAnsiSequences().Width(120);
        using (var display = RunDisplay.OnTerminal(console))
        {
            display.Report(new ActivityStarted("run", "load", "Load sample", null, "Survey.LoadSample"));
            display.Report(new ActivityCompleted("run", "load", "Load sample", null, "Survey.LoadSample", FromCache: false));
            display.Report(new LoopStarted("run", "each", "Each cluster", null, 2));
            display.Report(new ActivityStarted("a", "maps", "Load maps", "A85 [east]", "Survey.LoadMaps"));
            display.Report(new ActivityProgressed("a", "sim", "Simulate spectra", "A85 [east]", 0.5, "500 of 1000 simulations"));
            display.Report(new PassEnded("run", "each[0]", "Each cluster", "A85 [east]", Quarantined: false));
            display.Report(new ActivityFaulted("b", "maps", "Load maps", "A644", "Survey.LoadMaps", "half a file", "copy it again", []));
            display.Report(new PassEnded("run", "each[1]", "Each cluster", "A644", Quarantined: true));
            display.Report(new ActivityStarted("run", "report", "Write report", null, "Survey.WriteReport"));
        }
        foreach (var shown in (string[])["survey: Load sample", "clusters", "A85 [east]", "A644: Load maps failed", "survey: Write report"])
            Assert.Contains(shown, console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_display_that_is_told_nothing_closes()
    {
        using var console = new TestConsole().Interactive();
        RunDisplay.OnTerminal(console).Dispose();
        Assert.DoesNotContain("clusters", console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_tell_what_has_ended_and_after_a_silence_what_is_at_work()
    {
        var lines = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using (var display = RunDisplay.InLines(lines.Enqueue, TimeSpan.FromMilliseconds(20)))
        {
            display.Report(new LoopStarted("run", "each", "Each cluster", null, 2));
            display.Report(new ActivityStarted("a", "sim", "Simulate spectra", "A85", "Survey.Simulate"));
            display.Report(new ActivityStarted("b", "sim", "Simulate spectra", "A644", "Survey.Simulate"));
            display.Report(new ActivityProgressed("a", "sim", "Simulate spectra", "A85", 0.5, "500 of 1000 simulations"));
            const string Reminder = "A644: Simulate spectra; A85: Simulate spectra, 500 of 1000 simulations (50 %)";
            Assert.True(SpinWait.SpinUntil(() => lines.Contains(Reminder), TimeSpan.FromMinutes(1)), string.Join('\n', lines));
            display.Report(new ActivityCompleted("a", "sim", "Simulate spectra", "A85", "Survey.Simulate", FromCache: false));
            display.Report(new PassEnded("run", "each[0]", "Each cluster", "A85", Quarantined: false));
            Assert.True(SpinWait.SpinUntil(() => lines.Contains("A644: Simulate spectra"), TimeSpan.FromMinutes(1)), string.Join('\n', lines));
        }
        Assert.Contains("A85: Simulate spectra", lines);
        Assert.Contains("A85: done (1 of 2)", lines);
    }

    [Fact]
    public void Lines_that_have_been_told_nothing_of_stay_silent()
    {
        var lines = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using (RunDisplay.InLines(lines.Enqueue, TimeSpan.FromMilliseconds(1))) Thread.Sleep(50);
        Assert.Empty(lines);
    }
}
