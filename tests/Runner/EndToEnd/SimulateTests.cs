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
        Assert.StartsWith("auto: projected for sigma to 1", SimulationTable.Origin(folder["auto.parquet"])!.Simulator, StringComparison.Ordinal);
        Assert.Equal(new SimulationOrigin("cube", "none"), SimulationTable.Origin(folder["cube.parquet"]));
        Assert.Equal("projected", SimulationTable.Origin(folder["projected.parquet"])!.Simulator);
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
            SurveyProgram.WaitFor(process, () => File.Exists(folder["parts.parquet.parts", "part-000000.json"]));
            if (signal is { } number) SurveyProgram.Signal(process, number);
            else process.Kill();
            var stopped = SurveyProgram.Finish(process);
            Assert.Equal(signal is null ? 137 : ExitCode.Cancelled, stopped.ExitCode);
        }
        Assert.False(File.Exists(folder["parts.parquet"]));
        folder.Write($"parts.parquet.999999999-1@{Environment.MachineName}.tmp", "what a killed process left");
        var resumed = SurveyProgram.Run(Arguments("parts.parquet")).Expect(0);
        Assert.Contains("simulations were there from before", resumed.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["parts.parquet.parts"]));
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*.tmp"));
        SurveyProgram.Run(Arguments("whole.parquet")).Expect(0);
        Assert.Equal(File.ReadAllBytes(folder["whole.parquet"]), File.ReadAllBytes(folder["parts.parquet"]));
    }

    [Fact]
    public void A_point_spread_function_lowers_small_scales_and_is_said()
    {
        using var folder = new ScratchFolder();
        folder.Write("theta.csv", "-0.5,-0.5,3.6667\n");
        string[] given = ["--n", "30", "--theta", folder["theta.csv"], "--simulator", "projected"];
        var sharp = Simulate(folder, "sharp.parquet", given);
        var wide = Simulate(folder, "wide.parquet", [.. given, "--psf", "gaussian:80"]);
        Simulate(folder, "none.parquet", [.. given, "--psf", "none"]);
        Assert.Equal(File.ReadAllBytes(folder["none.parquet"]), File.ReadAllBytes(folder["sharp.parquet"]));
        Assert.Equal("Gaussian, half-energy width 80 arcsec, cut at 300 arcsec", SimulationTable.Origin(folder["wide.parquet"])!.Psf);
        // s_global_0 is at 0.2 R500, two half-energy widths: of signal, a fifth is left; at 1 R500 all but a twentieth.
        double Loss(int column) => Enumerable.Range(0, 30).Average(row => sharp[row, column] - wide[row, column]);
        Assert.InRange(Loss(19), 0.5, 1.6);
        Assert.InRange(Loss(22), -0.02, 0.2);
    }

    [Fact]
    public void Machines_are_told_what_was_made_and_what_to_know_of_it()
    {
        using var folder = new ScratchFolder();
        File.WriteAllText(folder["geometry.json"], Geometry);
        var told = SurveyProgram.Run("simulate", "--geometry", folder["geometry.json"], "--out", folder["s.parquet"], "--n", "40", "--scales", "0.2:1:4", "--psf", "king:12:1.5", "--json").Expect(0);
        Assert.Equal(folder["s.parquet"], told.Json["file"]!.GetValue<string>());
        Assert.Equal((40, 0), (told.Json["simulations"]!.GetValue<int>(), told.Json["known"]!.GetValue<int>()));
        Assert.Equal("King, core radius 12 arcsec, slope 1.5, cut at 300 arcsec", told.Json["psf"]!.GetValue<string>());
        Assert.InRange(told.Json["captured_variance"]!.GetValue<double>(), 0.2, 1);
        Assert.Equal(2, told.Json["box_r500"]!.GetValue<double>());
        string[] titles = [.. told.Json["notes"]!.AsArray().Select(note => note!["title"]!.GetValue<string>())];
        Assert.Contains("of sigma^2 on average", told.Errors, StringComparison.Ordinal);
        Assert.Contains("narrow box", titles);
        Assert.Contains("injection scales beyond the box", titles);
        Assert.All(titles, title => Assert.Contains(title, told.Errors, StringComparison.Ordinal));
    }

    [Fact]
    public void Parts_of_another_point_spread_function_are_not_used()
    {
        using var folder = new ScratchFolder();
        File.WriteAllText(folder["geometry.json"], Geometry);
        string[] Arguments(string psf) => ["simulate", "--geometry", folder["geometry.json"], "--out", folder["s.parquet"], "--n", "700", "--scales", "0.2:1:4", "--threads", "1", "--simulator", "projected", "--psf", psf];
        using (var process = SurveyProgram.Start(folder.Path, Arguments("gaussian:40")))
        {
            SurveyProgram.WaitFor(process, () => File.Exists(folder["s.parquet.parts", "part-000000.json"]));
            process.Kill();
            SurveyProgram.Finish(process);
        }
        Assert.DoesNotContain("from before", SurveyProgram.Run(Arguments("none")).Expect(0).Errors, StringComparison.Ordinal);
        Assert.Equal("none", SimulationTable.Origin(folder["s.parquet"])!.Psf);
    }

    private static NumericTable Simulate(ScratchFolder folder, string file, params string[] more)
    {
        File.WriteAllText(folder["geometry.json"], Geometry);
        SurveyProgram.Run(["simulate", "--geometry", folder["geometry.json"], "--out", folder[file], "--scales", "0.2:1:4", .. more]).Expect(0);
        return MatrixFile.Read(folder[file]);
    }
}
