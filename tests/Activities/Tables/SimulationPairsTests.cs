using ClusterSurvey.Foundation;
using ClusterSurvey.Inference;

namespace ClusterSurvey.Activities.Tables;

public sealed class SimulationPairsTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_columns_of_a_set_are_those_of_the_contract()
    {
        Assert.Equal(["log10_sigma", "log10_injection_scale", "slope", "s_I_0", "s_I_1", "s_no_core_0", "s_no_core_1"], SimulationTable.Columns(["I", "no_core"], 2));
        Assert.True(SimulationTable.IsSummary("s_I_0"));
        Assert.False(SimulationTable.IsSummary("slope"));
    }

    [Fact]
    public void Streamed_pairs_and_pairs_in_memory_are_the_same_in_any_order()
    {
        var (path, rows) = (WriteSet("s.parquet", 0, 20_000), new int[257]);
        using var streamed = (ParquetPairs)TablePairs.Open(path, path, _folder.Path);
        var table = ParquetTable.ReadNumbers(path);
        var inMemory = new TablePairs(table.Select([0, 1, 2]), table.Select([3, 4, 5, 6]));
        Assert.Equal((20_000, 3, 4), (streamed.Count, streamed.ParameterCount, streamed.DataCount));
        var random = new Seed(5).Stream();
        for (var i = 0; i < rows.Length; i++) rows[i] = random.NextInt32(20_000);
        var (theta, x, theta2, x2) = (new float[rows.Length * 3], new float[rows.Length * 4], new float[rows.Length * 3], new float[rows.Length * 4]);
        streamed.Read(rows, theta, x);
        inMemory.Read(rows, theta2, x2);
        Assert.Equal(theta2, theta);
        Assert.Equal(x2, x);
        Assert.Equal(rows[7] + 0.25f, theta[(7 * 3) + 1]);
        Assert.Equal(-rows[7] * 4f - 2, x[(7 * 4) + 2]);
    }

    [Fact]
    public void Simulations_of_one_random_field_are_one_group()
    {
        // Rows 0 and 1 share a field, 2 differs in slope, 3 and 4 in the injection scale; 5 is like 0 and stands apart.
        double[] theta = [-1, -0.5, 3, -2, -0.5, 3, -1, -0.5, 4, -1, 0, 4, -1.5, 0, 4, -1, -0.5, 3];
        var path = _folder["s.parquet"];
        using (var writer = SimulationTable.Create(path, ["I"], 1))
        {
            for (var row = 0; row < 6; row++) writer.Append([.. theta.AsSpan(3 * row, 3), row]);
            writer.Complete();
        }
        using var streamed = (ParquetPairs)TablePairs.Open(path, path, _folder.Path);
        var table = ParquetTable.ReadNumbers(path);
        foreach (var pairs in new ISimulationPairs[] { streamed, new TablePairs(table.Select([0, 1, 2]), table.Select([3])) })
            Assert.Equal([0, 0, 2, 3, 3, 5], Enumerable.Range(0, 6).Select(pairs.Group));
    }

    [Fact]
    public void Other_tables_have_no_groups()
    {
        ISimulationPairs pairs = new TablePairs(new NumericTable(["a", "b"], [1, 2, 3, 2]), new NumericTable(["x"], [1, 2]));
        Assert.Equal([0, 1], Enumerable.Range(0, 2).Select(pairs.Group));
    }

    [Fact]
    public void Streaming_needs_the_memory_of_a_row_group_and_not_of_the_set()
    {
        var path = WriteSet("s.parquet", 0, 100_000);
        var (blocks, rows) = (new HashSet<double[]>(ReferenceEqualityComparer.Instance), 0);
        ParquetTable.ForEachGroup(path, SimulationTable.Columns(["I"], 4), (block, count) =>
        {
            blocks.Add(block);
            rows += count;
        });
        // One array is used for all thirteen row groups.
        Assert.Equal(100_000, rows);
        Assert.InRange(Assert.Single(blocks).Length, 1, 8192 * 7);
    }

    [Fact]
    public void Many_threads_may_read_at_once()
    {
        var path = WriteSet("s.parquet", 0, 5000);
        using var pairs = (ParquetPairs)TablePairs.Open(path, path);
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            var (theta, x) = (new float[3], new float[4]);
            for (var row = i; row < 5000; row += 64)
            {
                pairs.Read([row], theta, x);
                if (theta[0] != row || x[0] != -row * 4f) throw new InvalidOperationException($"row {row} read as {theta[0]}");
            }
        });
    }

    [Fact]
    public void Parts_joined_have_the_bytes_of_a_set_written_at_once()
    {
        var whole = WriteSet("whole.parquet", 0, 20_000);
        var parts = new[] { WriteSet("part0.parquet", 0, 3), WriteSet("part1.parquet", 3, 9000), WriteSet("part2.parquet", 9003, 10_997) };
        SimulationTable.Join(parts, _folder["joined.parquet"]);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(_folder["joined.parquet"]));
    }

    [Fact]
    public void Parts_of_different_sets_are_not_joined()
    {
        var first = WriteSet("a.parquet", 0, 3);
        ParquetTable.WriteNumbers(_folder["b.parquet"], new NumericTable(["x"], [1]));
        Assert.Contains("other columns", Refused.Message(() => SimulationTable.Join([first, _folder["b.parquet"]], _folder["j.parquet"])), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["j.parquet"]));
    }

    [Fact]
    public void The_file_says_what_drew_the_fields_and_so_do_joined_parts()
    {
        using (var writer = SimulationTable.Create(_folder["s.parquet"], ["I"], 1, new SimulationOrigin("cube", "King")))
        {
            writer.Append([1, 2, 3, 4]);
            writer.Complete();
        }
        SimulationTable.Join([_folder["s.parquet"]], _folder["joined.parquet"]);
        Assert.Equal(new SimulationOrigin("cube", "King"), SimulationTable.Origin(_folder["s.parquet"]));
        Assert.Equal(new SimulationOrigin("cube", "King"), SimulationTable.Origin(_folder["joined.parquet"]));
        Assert.Null(SimulationTable.Origin(WriteSet("silent.parquet", 0, 3)));
    }

    [Fact]
    public void An_unfinished_set_leaves_no_file()
    {
        using (var writer = SimulationTable.Create(_folder["s.parquet"], ["I"], 4)) writer.Append([1, 2, 3, 4, 5, 6, 7]);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Files_with_different_rows_and_rows_that_are_not_there_are_refused()
    {
        NumericCsv.Write(_folder["theta.csv"], new NumericTable(["t"], [1, 2, 3]));
        Npy.Write(_folder["x.npy"], [1.0, 2], 2);
        Assert.Contains("2 rows, expected 3", Refused.Message(() => TablePairs.Open(_folder["theta.csv"], _folder["x.npy"])), StringComparison.Ordinal);
        var (a, b) = (WriteSet("a.parquet", 0, 3), WriteSet("b.parquet", 0, 4));
        Assert.Contains("4 rows, expected 3", Refused.Message(() => TablePairs.Open(a, b)), StringComparison.Ordinal);
        var pairs = new TablePairs(new NumericTable(["t"], [1, 2]), new NumericTable(["x"], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => pairs.Read([2], new float[1], new float[1]));
        Assert.Throws<ArgumentException>(() => pairs.Read([0, 1], new float[1], new float[2]));
    }

    private string WriteSet(string name, int first, int count)
    {
        using var writer = SimulationTable.Create(_folder[name], ["I"], 4);
        Span<double> row = stackalloc double[7];
        for (var i = first; i < first + count; i++)
        {
            (row[0], row[1], row[2]) = (i, i + 0.25, 3);
            for (var c = 0; c < 4; c++) row[3 + c] = (-i * 4.0) - c;
            writer.Append(row);
        }
        writer.Complete();
        return _folder[name];
    }
}
