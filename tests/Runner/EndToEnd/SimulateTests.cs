using ClusterSurvey.Activities.Tables;

namespace ClusterSurvey.Runner.Tests.EndToEnd;

public sealed class SimulateTests
{
    // Cells of 0.05 R500: fine enough for projected fields, and coarse enough for the prior's smallest scales to take the cube.
    private const string Geometry = """{"pixels": 40, "box_r500": 2, "depth_r500": 4, "depth_cells": 80, "model": {"rc": 0.1, "rs": 0.7, "beta": 0.6, "epsilon": 2.5}, "source_counts": 300000, "background_fraction": 0.25}""";

    [Fact]
    public void A_set_does_not_depend_on_threads_and_has_the_columns_of_the_contract()
    {
        using var folder = new ScratchFolder();
        var one = Simulate(folder, "one.parquet", "--n", "12", "--threads", "1");
        Simulate(folder, "two.parquet", "--n", "12", "--threads", "2");
        Simulate(folder, "other.parquet", "--n", "12", "--seed", "2");
        Assert.Equal(File.ReadAllBytes(folder["one.parquet"]), File.ReadAllBytes(folder["two.parquet"]));
        Assert.NotEqual(File.ReadAllBytes(folder["one.parquet"]), File.ReadAllBytes(folder["other.parquet"]));
        string[] regions = ["I", "II", "III", "IV", "global", "no_core"];
        Assert.Equal(["log10_sigma", "log10_injection_scale", "slope", .. regions.SelectMany(region => Enumerable.Range(0, 4).Select(i => $"s_{region}_{i}"))], one.Columns);
        Assert.Equal(12, one.RowCount);
    }

    [Fact]
    public void Given_parameters_are_simulated_row_by_row_and_repeated()
    {
        using var folder = new ScratchFolder();
        folder.Write("theta.csv", "-0.7,-0.5,3.6667\n-1.2,-0.3,3\n-0.3,-0.8,4\n");
        var table = Simulate(folder, "twenty.parquet", "--n", "20", "--theta", folder["theta.csv"]);
        Assert.Equal([-0.7, -1.2, -0.3, -0.7, -1.2], Enumerable.Range(0, 5).Select(row => table[row, 0]));
        Assert.Equal(20, table.RowCount);
        Assert.NotEqual(table.Row(0)[3..].ToArray(), table.Row(3)[3..].ToArray());
        // More turbulence, more power: sigma grows from row 1 to row 0 to row 2; over six fields each, since one scatters by a factor of e.
        var global = Enumerable.Range(0, 3).Select(first => Enumerable.Range(0, 6).Average(i => Enumerable.Range(19, 4).Average(column => table[first + 3 * i, column]))).ToArray();
        Assert.True(global[1] < global[0] && global[0] < global[2], string.Join(' ', global));
    }

    [Fact]
    public void The_table_says_what_drew_its_fields_and_the_choice_changes_them()
    {
        using var folder = new ScratchFolder();
        var auto = Simulate(folder, "auto.parquet", "--n", "8");
        var cube = Simulate(folder, "cube.parquet", "--n", "8", "--simulator", "cube");
        Simulate(folder, "projected.parquet", "--n", "8", "--simulator", "projected");
        Assert.StartsWith("auto: projected for sigma to 1", SimulationTable.Simulator(folder["auto.parquet"]), StringComparison.Ordinal);
        Assert.Equal("cube", SimulationTable.Simulator(folder["cube.parquet"]));
        Assert.Equal("projected", SimulationTable.Simulator(folder["projected.parquet"]));
        Assert.Equal(auto.Row(0)[..3].ToArray(), cube.Row(0)[..3].ToArray());
        Assert.NotEqual(auto.Row(0).ToArray(), cube.Row(0).ToArray());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(SurveyProgram.Interrupt)]
    public void An_interrupted_set_goes_on_and_ends_as_if_nothing_had_happened(int? signal)
    {
        using var folder = new ScratchFolder();
        File.WriteAllText(folder["geometry.json"], Geometry);
        string[] Arguments(string file) => ["simulate", "--geometry", folder["geometry.json"], "--out", folder[file], "--n", "700", "--scales", "0.2:1:4", "--threads", "1"];
        using (var process = SurveyProgram.Start(folder.Path, Arguments("parts.parquet")))
        {
            SurveyProgram.WaitFor(process, () => File.Exists(folder["parts.parquet.parts", "part-000000.parquet"]));
            if (signal is { } number) SurveyProgram.Signal(process, number);
            else process.Kill();
            var stopped = SurveyProgram.Finish(process);
            Assert.Equal(signal is null ? 137 : ExitCode.Cancelled, stopped.ExitCode);
        }
        Assert.False(File.Exists(folder["parts.parquet"]));
        var resumed = SurveyProgram.Run(Arguments("parts.parquet")).Expect(0);
        Assert.Contains("simulations were there from before", resumed.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["parts.parquet.parts"]));
        SurveyProgram.Run(Arguments("whole.parquet")).Expect(0);
        Assert.Equal(File.ReadAllBytes(folder["whole.parquet"]), File.ReadAllBytes(folder["parts.parquet"]));
    }

    private static NumericTable Simulate(ScratchFolder folder, string file, params string[] more)
    {
        File.WriteAllText(folder["geometry.json"], Geometry);
        SurveyProgram.Run(["simulate", "--geometry", folder["geometry.json"], "--out", folder[file], "--scales", "0.2:1:4", .. more]).Expect(0);
        return MatrixFile.Read(folder[file]);
    }
}
