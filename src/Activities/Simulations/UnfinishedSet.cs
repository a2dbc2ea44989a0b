using System.Globalization;
using System.Text.Json;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Physics.Simulation;

namespace ClusterSurvey.Activities.Simulations;

/// <summary>
/// A set of simulations in the making, in files of some rows each, so that an interrupted set goes on where it stopped: the files stand in a folder until all are there and
/// have been joined (<see cref="SimulationTable.Join"/>).
/// </summary>
/// <param name="Folder">The folder of the files.</param>
/// <param name="Fingerprint">Everything on which the set depends, as text: parts of another set are not used.</param>
public sealed record UnfinishedSet(string Folder, string Fingerprint)
{
    /// <summary>Rows of a part: an interruption costs at most one part's work.</summary>
    private const int RowsPerPart = 256;

    /// <summary>Simulates what is missing; the files stay until <see cref="Remove"/>.</summary>
    /// <returns>The files in the order of their rows, how many rows were there already, and what was odd about the whole set.</returns>
    public (IReadOnlyList<string> Files, int Known, SimulationQuality Quality) Complete(ClusterSimulator simulator, SimulationPlan plan, int threads, IProgress<int>? rowsDone, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(simulator);
        ArgumentNullException.ThrowIfNull(plan);
        Prepare();
        var fields = Math.Max(1, RowsPerPart / plan.RowsPerField);
        var parts = new List<string>();
        var (known, done, tally) = (0, 0, default(SimulationTally));
        for (var first = 0; first < plan.FieldCount; first += fields)
        {
            cancellation.ThrowIfCancellationRequested();
            var last = Math.Min(plan.FieldCount, first + fields);
            var rows = Math.Min(plan.RowCount, last * plan.RowsPerField) - plan.RowsOf(first).First;
            var part = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"part-{parts.Count:d6}.parquet"));
            parts.Add(part);
            if (Finished(part) is { } finished) (known, tally) = (known + rows, tally + finished);
            else tally += Simulate(simulator, plan, first, last, threads, part, new Offset(rowsDone, done, plan.RowsPerField), cancellation);
            done += rows;
            rowsDone?.Report(done);
        }
        return (parts, known, tally.Quality(simulator));
    }

    /// <summary>Removes the files, when what was joined from them is where it belongs.</summary>
    public void Remove() => Directory.Delete(Folder, recursive: true);

    // What is odd about a part is written after it: with it there, the part is whole.
    private static string TallyOf(string part) => Path.ChangeExtension(part, ".json");

    private static SimulationTally? Finished(string part) =>
        File.Exists(part) && File.Exists(TallyOf(part)) ? JsonSerializer.Deserialize<SimulationTally>(File.ReadAllBytes(TallyOf(part)), SurveyJson.Options) : null;

    private static SimulationTally Simulate(
        ClusterSimulator simulator, SimulationPlan plan, int first, int last, int threads, string part, IProgress<int> progress, CancellationToken cancellation)
    {
        var (s, tally) = SimulationSet.Run(simulator, plan, first, last, threads, progress, cancellation);
        WritePart(part, plan, s, simulator, plan.RowsOf(first).First);
        AtomicFile.WriteText(TallyOf(part), JsonSerializer.Serialize(tally, SurveyJson.Options));
        return tally;
    }

    private static void WritePart(string path, SimulationPlan plan, ReadOnlySpan<double> s, ClusterSimulator simulator, int firstRow)
    {
        var (design, width) = (simulator.Design, simulator.Design.Length);
        using var writer = SimulationTable.Create(path, design.RegionNames, design.ScalesR500.Count, new SimulationOrigin(simulator.FieldsInWords, simulator.PsfInWords));
        var row = new double[3 + width];
        for (var i = 0; i < s.Length / width; i++)
        {
            plan.Theta(firstRow + i).CopyTo(row);
            s.Slice(i * width, width).CopyTo(row.AsSpan(3));
            writer.Append(row);
        }
        writer.Complete();
    }

    private void Prepare()
    {
        var mark = Path.Combine(Folder, "set.txt");
        if (File.Exists(mark) && File.ReadAllText(mark) == Fingerprint) return;
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        AtomicFile.WriteText(mark, Fingerprint);
    }

    private sealed class Offset(IProgress<int>? rows, int before, int rowsPerField) : IProgress<int>
    {
        public void Report(int value) => rows?.Report(before + value * rowsPerField);
    }
}
