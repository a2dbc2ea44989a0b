namespace ClusterSurvey.Activities.Tables;

public sealed class MatrixFileTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly NumericTable _table = new(["log10_sigma", "slope"], [-0.7, 3.6667, 0.1, 1e-30, double.MaxValue, -0.0]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("t.csv")]
    [InlineData("t.npy")]
    [InlineData("t.parquet")]
    public void The_three_forms_hold_the_same_table(string name)
    {
        MatrixFile.Write(_folder[name], _table);
        var back = MatrixFile.Read(_folder[name]);
        Assert.Equal(_table.Values, back.Values);
        Assert.Equal(2, back.ColumnCount);
        if (!name.EndsWith("npy", StringComparison.Ordinal)) Assert.Equal(_table.Columns, back.Columns);
    }

    [Fact]
    public void The_content_decides_and_not_the_extension()
    {
        Npy.Write(_folder["a.dat"], _table.Values, 3, 2);
        Assert.Equal(_table.Values, MatrixFile.Read(_folder["a.dat"]).Values);
        Assert.Contains("magic", Refused.Message(() => MatrixFile.Read(_folder.Write("b.npy", "1,2\n"))), StringComparison.Ordinal);
        Assert.Contains(".csv, .npy or .parquet", Refused.Message(() => MatrixFile.Write(_folder["c.txt"], _table)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_is_not_finite_is_named_by_row_and_column()
    {
        Npy.Write(_folder["a.npy"], [1, 2, 3, double.NaN], 2, 2);
        Assert.Contains("row 1 column 1", Refused.Message(() => MatrixFile.Read(_folder["a.npy"])), StringComparison.Ordinal);
        ParquetTable.Write(_folder["a.parquet"], "t", 1, [new TableColumn("x", "1", new double?[] { 1, null })]);
        Assert.Contains("row 1 column 'x': found a missing value", Refused.Message(() => MatrixFile.Read(_folder["a.parquet"])), StringComparison.Ordinal);
        Npy.Write(_folder["b.npy"], new double[8], 2, 2, 2);
        Refused.By(() => MatrixFile.Read(_folder["b.npy"]));
    }

    [Fact]
    public void Columns_are_selected_in_the_order_asked_for() => Assert.Equal([3.6667, -0.7, 1e-30, 0.1, -0.0, double.MaxValue], _table.Select([1, 0]).Values);

    [Fact]
    public void An_observation_is_a_row_or_the_only_one()
    {
        NumericCsv.Write(_folder["x.csv"], _table);
        Assert.Equal([0.1, 1e-30], ObservationArgument.Parse(_folder["x.csv"] + ":1").Read());
        Assert.Contains("x.csv:ROW", Refused.Message(() => ObservationArgument.Parse(_folder["x.csv"]).Read()), StringComparison.Ordinal);
        Assert.Contains("from 0 to 2", Refused.Message(() => ObservationArgument.Parse(_folder["x.csv"] + ":3").Read()), StringComparison.Ordinal);
        Refused.By(() => ObservationArgument.Parse(_folder["x.csv"] + ":-1"));
        NumericCsv.Write(_folder["one.csv"], new NumericTable(["a", "b"], [4, 5]));
        Assert.Equal([4.0, 5], ObservationArgument.Parse(_folder["one.csv"]).Read());
        Npy.Write(_folder["one.npy"], [6.0, 7, 8], 3);
        Assert.Equal([6.0, 7, 8], ObservationArgument.Parse(_folder["one.npy"]).Read());
    }

    [Fact]
    public void A_file_whose_name_holds_a_colon_is_taken_as_it_stands()
    {
        NumericCsv.Write(_folder["x:7"], new NumericTable(["a"], [4]));
        Assert.Equal([4.0], ObservationArgument.Parse(_folder["x:7"]).Read());
    }
}
