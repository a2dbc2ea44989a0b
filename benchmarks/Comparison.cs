using System.Diagnostics;
using System.Globalization;

namespace ClusterSurvey.Benchmarks;

/// <summary>A hot path against a baseline that does the same work.</summary>
/// <param name="What">The work.</param>
/// <param name="Baseline">What the baseline is.</param>
/// <param name="RunBaseline">Does the work as the baseline does.</param>
/// <param name="RunOurs">Does the work as the program does.</param>
internal sealed record Comparison(string What, string Baseline, Action RunBaseline, Action RunOurs)
{
    private const int Rounds = 5;

    public static void Header() => Console.WriteLine($"{"work",-66}{"baseline",-44}{"baseline, ms",14}{"ours, ms",12}{"ratio",8}");

    /// <summary>Warms both up, measures them in turn, and prints the medians and the median ratio.</summary>
    public void Run()
    {
        RunBaseline();
        RunOurs();
        var rounds = Enumerable.Range(0, Rounds).Select(_ => (Baseline: Measure(RunBaseline), Ours: Measure(RunOurs))).ToArray();
        var line = string.Create(CultureInfo.InvariantCulture,
            $"{What,-66}{Baseline,-44}{Median(rounds.Select(r => r.Baseline)),14:f1}{Median(rounds.Select(r => r.Ours)),12:f1}{Median(rounds.Select(r => r.Baseline / r.Ours)),8:f1}");
        Console.WriteLine(line);
    }

    private static double Measure(Action work)
    {
        var began = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
