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
    /// <summary>Rows of a part: an interruption costs at most the work of one part a thread.</summary>
    private const int RowsPerPart = 256;

    /// <summary>Simulates what is missing; the files stay until <see cref="Remove"/>.</summary>
    /// <returns>The files in the order of their rows, how many rows were there already, and what was odd about the whole set.</returns>
    public (IReadOnlyList<string> Files, int Known, SimulationQuality Quality) Complete(ISpectrumSimulator simulator, SimulationPlan plan, int threads, IProgress<int>? rowsDone, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(simulator);
        ArgumentNullException.ThrowIfNull(plan);
        Prepare();
        var parts = Parts(plan);
        string[] files = [.. parts.Select((_, i) => Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"part-{i:d6}.parquet")))];
        SimulationTally?[] tallies = [.. files.Select(Finished)];
        int[] missing = [.. Enumerable.Range(0, parts.Length).Where(i => tallies[i] is null)];
        var known = Enumerable.Range(0, parts.Length).Where(i => tallies[i] is not null).Sum(i => plan.RowsOf(parts[i]).Count);
        rowsDone?.Report(known);
        SimulationSet.Run(simulator, plan, [.. missing.Select(i => parts[i])], threads, (which, s, tally) =>
        {
            var part = missing[which];
            WritePart(files[part], plan, s, simulator, plan.RowsOf(parts[part]).First);
            AtomicFile.WriteText(TallyOf(files[part]), JsonSerializer.Serialize(tally, SurveyJson.Options));
            tallies[part] = tally;
        }, new RowsOfFields(rowsDone, known, plan), cancellation);
        return (files, known, tallies.Aggregate(default(SimulationTally), (sum, tally) => sum + tally!.Value).Quality(simulator));
    }

    /// <summary>Removes the files, when what was joined from them is where it belongs.</summary>
    public void Remove() => Directory.Delete(Folder, recursive: true);

    // What is odd about a part is written after it: with it there, the part is whole.
    private static string TallyOf(string part) => Path.ChangeExtension(part, ".json");

    private static SimulationTally? Finished(string part) =>
        File.Exists(part) && File.Exists(TallyOf(part)) ? JsonSerializer.Deserialize<SimulationTally>(File.ReadAllBytes(TallyOf(part)), SurveyJson.Options) : null;

    private static (int First, int Last)[] Parts(SimulationPlan plan)
    {
        var fields = Math.Max(1, RowsPerPart / plan.RowsPerField);
        return [.. Enumerable.Range(0, (plan.FieldCount + fields - 1) / fields).Select(i => (i * fields, Math.Min(plan.FieldCount, (i + 1) * fields)))];
    }

    private static void WritePart(string path, SimulationPlan plan, ReadOnlySpan<double> s, ISpectrumSimulator simulator, int firstRow)
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

    private sealed class RowsOfFields(IProgress<int>? rows, int known, SimulationPlan plan) : IProgress<int>
    {
        public void Report(int value) => rows?.Report(Math.Min(plan.RowCount, known + value * plan.RowsPerField));
    }
}
