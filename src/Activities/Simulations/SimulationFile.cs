using System.Globalization;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Physics.Simulation;

namespace ClusterSurvey.Activities.Simulations;

/// <summary>
/// Writes a set of simulations to a file in parts, so that an interrupted set goes on where it stopped: finished parts
/// stand beside the file until all are there, then they are joined and removed.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Fingerprint">Everything on which the set depends, as text: parts of another set are not used.</param>
public sealed record SimulationFile(string Path, string Fingerprint)
{
    /// <summary>Rows of a part: an interruption costs at most one part's work.</summary>
    private const int RowsPerPart = 256;

    private string Parts => $"{Path}.parts";

    /// <summary>Simulates what is missing, and writes the file.</summary>
    /// <returns>How many rows were there already.</returns>
    public int Write(ClusterSimulator simulator, SimulationPlan plan, int threads, IProgress<int>? rowsDone, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(simulator);
        ArgumentNullException.ThrowIfNull(plan);
        Prepare();
        var fields = Math.Max(1, RowsPerPart / plan.RowsPerField);
        var parts = new List<string>();
        var (known, done) = (0, 0);
        for (var first = 0; first < plan.FieldCount; first += fields)
        {
            cancellation.ThrowIfCancellationRequested();
            var last = Math.Min(plan.FieldCount, first + fields);
            var rows = Math.Min(plan.RowCount, last * plan.RowsPerField) - plan.RowsOf(first).First;
            var part = System.IO.Path.Combine(Parts, string.Create(CultureInfo.InvariantCulture, $"part-{parts.Count:d6}.parquet"));
            parts.Add(part);
            if (File.Exists(part)) known += rows;
            else Simulate(simulator, plan, first, last, threads, part, new Offset(rowsDone, done, plan.RowsPerField), cancellation);
            done += rows;
            rowsDone?.Report(done);
        }
        SimulationTable.Join(parts, Path);
        Directory.Delete(Parts, recursive: true);
        return known;
    }

    private static void Simulate(
        ClusterSimulator simulator, SimulationPlan plan, int first, int last, int threads, string part, IProgress<int> progress, CancellationToken cancellation)
    {
        var (s, _) = SimulationSet.Run(simulator, plan, first, last, threads, progress, cancellation);
        SimulateSpectra.Write(part, plan, s, simulator, firstRow: plan.RowsOf(first).First);
    }

    private void Prepare()
    {
        var mark = System.IO.Path.Combine(Parts, "set.txt");
        if (File.Exists(mark) && File.ReadAllText(mark) == Fingerprint) return;
        if (Directory.Exists(Parts)) Directory.Delete(Parts, recursive: true);
        AtomicFile.WriteText(mark, Fingerprint);
    }

    private sealed class Offset(IProgress<int>? rows, int before, int rowsPerField) : IProgress<int>
    {
        public void Report(int value) => rows?.Report(before + value * rowsPerField);
    }
}
