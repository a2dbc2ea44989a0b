using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using DuckDB.NET.Data;

namespace ClusterSurvey.Activities.Tables;

public sealed class RunTableTests : IDisposable
{
    private static readonly ClusterRow Cluster = new()
    {
        Cluster = "A2142",
        Region = "II",
        Redshift = 0.0909,
        R500Kpc = 1424,
        Log10Sigma = new Interval(-0.7, -0.8, -0.6),
        Log10InjectionScale = new Interval(-0.5, -0.9, -0.1),
        Slope = null,
        Clumping = new Interval(1.04, 1.02, 1.06),
        Pixels = 412,
        OutsideTraining = false,
        MorphologyCoverage = 0.93,
        CentroidShift = 0.0045,
        CentroidShiftSource = "table",
        CentroidShiftMeasured = 0.0061,
        CentroidShiftMeasuredError = 0.0004,
        Flags = "",
    };

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_come_back_with_what_is_unknown_still_unknown()
    {
        RunTable.Write(_folder["clusters.parquet"], [Cluster, Cluster with { Region = "é;'\"", Flags = "few counts;outside training" }]);
        Assert.Equal([Cluster, Cluster with { Region = "é;'\"", Flags = "few counts;outside training" }], RunTable.Read<ClusterRow>(_folder["clusters.parquet"]));
    }

    [Fact]
    public void Every_table_of_a_run_makes_the_round_trip()
    {
        RoundTrip(new SpectrumRow { Cluster = "A85", Region = "I", ScaleR500 = 0.1, ScaleKpc = 123.5, Power = 1e-12, NullPower = 5e-13, S = Math.Log(2) }, "spectra");
        RoundTrip(new SpectrumRow { Cluster = "A85", Region = "IV", ScaleR500 = 0.1, ScaleKpc = 123.5, Power = null, NullPower = null, S = null }, "spectra");
        RoundTrip(new SampleDrawRow { Cluster = "", Region = "global", Draw = 17, Log10Sigma = -0.71, Log10InjectionScale = -0.49, Slope = 3.7 }, "samples");
        RoundTrip(new SubsampleRow { Grouping = "state", Subsample = "relaxed", Where = "centroid_shift < 0.01", Region = "I", Clusters = 2, ClusterNames = "A85;A1795", Log10Sigma = new(1, 0, 2), Log10InjectionScale = null, Slope = null, Flags = "" }, "subsamples");
        RoundTrip(new PopulationRow
        {
            Grouping = "", Subsample = "all", Region = "I", Clusters = 3, ClusterNames = "A;B;C", MeanLog10Sigma = new(-0.7, -0.8, -0.6), ScatterLog10Sigma = new(0.1, 0.05, 0.2), MeanLog10InjectionScale = null,
            ScatterLog10InjectionScale = null, MeanSlope = new(3.6, 3, 4), ScatterSlope = new(0.1, 0.05, 0.3), Converged = true,
        }, "population");
        RoundTrip(new TrendRow
        {
            Region = "global", Quantity = "gini", QuantityUnit = "1", Clusters = 5, ClusterNames = "A;B;C;D;E", Measured = 2, LeftOut = "F", Correlation = new(-0.6, -0.8, -0.2),
            PValue = 0.04, PValueHolm = 0.2, Slope = new(-1, -2, 0), IntrinsicScatter = null, SpearmanDraws = new(-0.4, -0.7, 0), Pivot = 0.7, Level = -0.8, Converged = true,
        }, "trends");
        RoundTrip(new CalibrationRow { Cluster = "A85", Region = "I", Test = "sbc", Parameter = "slope", Cases = 200, Statistic = 0.04, PValue = 0.6, PValueHolm = 1, Passed = true, Retrained = true }, "calibration");
        RoundTrip(new FailureRow { Cluster = "A644", Region = "", Step = "Survey.LoadMaps", Kind = "bad_input", Where = "a.fits[HDU 1] CDELT2", Found = "0", Expected = "above 0", Remedy = "rebin", Attempts = 1 }, "failures");
        RoundTrip(Cluster, "clusters");
    }

    [Fact]
    public void The_bytes_are_the_same_every_time()
    {
        byte[] Bytes()
        {
            using var stream = new MemoryStream();
            RunTable.Write(stream, [Cluster, Cluster with { Cluster = "A85" }]);
            return stream.ToArray();
        }
        Assert.Equal(Bytes(), Bytes());
    }

    [Fact]
    public void Units_stand_in_the_metadata()
    {
        RunTable.Write<SpectrumRow>(_folder["s.parquet"], []);
        var (table, version, columns) = ParquetTable.Read(_folder["s.parquet"]);
        Assert.Equal(("spectra", 1), (table, version));
        Assert.Equal(["cluster", "region", "scale_r500", "scale_kpc", "power", "null_power", "s"], columns.Select(column => column.Name));
        Assert.Equal(["", "", "R500", "kpc"], columns.Take(4).Select(column => column.Unit));
        Assert.All(columns, column => Assert.Empty(column.Values));
    }

    [Fact]
    public void Another_table_and_another_file_are_refused()
    {
        RunTable.Write(_folder["c.parquet"], [Cluster]);
        Assert.Contains("table 'clusters'", Refused.Message(() => RunTable.Read<SpectrumRow>(_folder["c.parquet"])), StringComparison.Ordinal);
        Refused.By(() => RunTable.Read<SpectrumRow>(_folder.Write("text.parquet", "cluster,region\n")));
        Refused.By(() => RunTable.Read<SpectrumRow>(_folder["none.parquet"]));
    }

    [Fact]
    public void DuckDB_reads_what_is_written()
    {
        RunTable.Write(_folder["clusters.parquet"], [Cluster, Cluster with { Cluster = "A85", OutsideTraining = null, Log10Sigma = new(-1, -1.2, -0.8) }]);
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT cluster, log10_sigma_median, slope_median, outside_training, pixels FROM '{_folder["clusters.parquet"]}' ORDER BY cluster DESC";
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal(("A85", -1.0, true, true, 412), (reader.GetString(0), reader.GetDouble(1), reader.IsDBNull(2), reader.IsDBNull(3), reader.GetInt32(4)));
        Assert.True(reader.Read());
        Assert.Equal(("A2142", -0.7, false), (reader.GetString(0), reader.GetDouble(1), reader.GetBoolean(3)));
        Assert.False(reader.Read());
    }

    [Fact]
    public void Damaged_files_are_refused_or_read_and_never_crash()
    {
        RunTable.Write(_folder["c.parquet"], [Cluster, Cluster]);
        var sound = File.ReadAllBytes(_folder["c.parquet"]);
        var (random, refused) = (new Seed(3).Stream(), 0);
        for (var trial = 0; trial < 400; trial++)
        {
            var bytes = sound[..(trial % 4 == 0 ? random.NextInt32(sound.Length + 1) : sound.Length)];
            for (var i = 0; i < 4 && bytes.Length > 0; i++) bytes[random.NextInt32(bytes.Length)] = (byte)random.NextInt32(256);
            _folder.Write("damaged.parquet", bytes);
            try
            {
                RunTable.Read<ClusterRow>(_folder["damaged.parquet"]);
            }
            catch (BadInputException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 200, 400);
    }

    [Fact]
    public void Sub_samples_of_older_runs_are_read_as_parts_of_no_division()
    {
        var row = new SubsampleRow { Grouping = "state", Subsample = "all", Where = "", Region = "I", Clusters = 2, ClusterNames = "A85;A1795", Log10Sigma = new(1, 0, 2), Log10InjectionScale = null, Slope = null, Flags = "" };
        RunTable.Write(_folder["now.parquet"], [row with { CommonError = 0.04, CommonErrorDeviation = 0.01 }, row with { Region = "II" }]);
        var columns = ParquetTable.Read(_folder["now.parquet"]).Columns;
        var earlier = columns.Where(column => !column.Name.StartsWith("common_error", StringComparison.Ordinal)).ToArray();
        Save("one.parquet", 1, earlier.Where(column => column.Name != "grouping"));
        Assert.Equal([row with { Grouping = "" }, row with { Grouping = "", Region = "II" }], RunTable.Read<SubsampleRow>(_folder["one.parquet"]));

        Save("two.parquet", 2, earlier);
        Assert.Equal([row, row with { Region = "II" }], RunTable.Read<SubsampleRow>(_folder["two.parquet"]));

        Save("four.parquet", 4, columns);
        Assert.Contains("version 1 to 3", Refused.Message(() => RunTable.Read<SubsampleRow>(_folder["four.parquet"])), StringComparison.Ordinal);
        Save("damaged.parquet", 2, columns.Where(column => column.Name != "grouping"));
        Assert.Contains("no such column", Refused.Message(() => RunTable.Read<SubsampleRow>(_folder["damaged.parquet"])), StringComparison.Ordinal);
    }

    [Fact]
    public void Clusters_of_older_runs_are_read_with_unknown_morphology()
    {
        RunTable.Write(_folder["two.parquet"], [Cluster]);
        string[] later = ["morphology", "centroid_shift", "concentration", "gini", "zernike"];
        Save("one.parquet", 1, ParquetTable.Read(_folder["two.parquet"]).Columns.Where(column => !later.Any(column.Name.StartsWith)), "clusters");
        var expected = Cluster with { MorphologyCoverage = null, CentroidShift = null, CentroidShiftSource = "", CentroidShiftMeasured = null, CentroidShiftMeasuredError = null };
        Assert.Equal([expected], RunTable.Read<ClusterRow>(_folder["one.parquet"]));
    }

    private void Save(string name, int version, IEnumerable<TableColumn> columns, string table = "subsamples")
    {
        using var stream = File.Create(_folder[name]);
        ParquetTable.Write(stream, table, version, [.. columns]);
    }

    private void RoundTrip<TRow>(TRow row, string name) where TRow : class
    {
        RunTable.Write(_folder[$"{name}.parquet"], [row]);
        Assert.Equal([row], RunTable.Read<TRow>(_folder[$"{name}.parquet"]));
        Assert.Equal(name, ParquetTable.Read(_folder[$"{name}.parquet"]).Table);
    }
}
