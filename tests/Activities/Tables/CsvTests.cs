using ClusterSurvey.Support;
using CsCheck;

namespace ClusterSurvey.Activities.Tables;

public sealed class CsvTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Any_text_reads_back_as_it_was_written()
    {
        // Cells are whatever a catalogue may hold; a lone carriage return is normalised by nobody.
        var cell = Gen.Char[" ab,\"\n\t;é0"].Array[0, 8].Select(letters => new string(letters));
        Gen.Select(cell, cell, cell).Array[1, 6].Sample(rows =>
        {
            var cells = rows.Select(row => new[] { "k" + row.Item1, row.Item2, row.Item3 }).ToList();
            CsvText.Write(_folder["t.csv"], ["a", "b", "c"], cells);
            var back = CsvText.Parse(File.ReadAllText(_folder["t.csv"]), "t.csv").ToList();
            return back.Count == cells.Count + 1 && cells.Zip(back.Skip(1)).All(pair => pair.First.SequenceEqual(pair.Second.Cells));
        }, iter: 300, threads: 1);
    }

    [Fact]
    public void Numbers_read_back_bit_for_bit_and_the_text_is_the_shortest()
    {
        Gen.Double.Where(double.IsFinite).Array[1, 40].Sample(values =>
        {
            NumericCsv.Write(_folder["n.csv"], new NumericTable(["x"], values));
            return NumericCsv.Read(_folder["n.csv"]).Values.Zip(values).All(pair => BitConverter.DoubleToInt64Bits(pair.First) == BitConverter.DoubleToInt64Bits(pair.Second));
        }, iter: 200, threads: 1);
        NumericCsv.Write(_folder["n.csv"], new NumericTable(["a", "b"], [0.1, 1e-300, 3, -2.5]));
        Assert.Equal("a,b\n0.1,1E-300\n3,-2.5\n", File.ReadAllText(_folder["n.csv"]));
    }

    [Fact]
    public void A_header_is_there_unless_the_first_token_is_a_number()
    {
        Assert.Equal(["a", "b"], NumericCsv.Parse("a,b\r\n1,2\r\n", "f").Columns);
        Assert.Equal(["c0", "c1"], NumericCsv.Parse("1,2\n3,4", "f").Columns);
        Assert.Equal([1.0, 2, 3, 4], NumericCsv.Parse("\uFEFF 1 , 2 \n\n3,4", "f").Values);
    }

    [Fact]
    public void Every_bad_row_is_reported_with_its_line()
    {
        var problems = Refused.By(() => NumericCsv.Parse("a,b\n1,2\n3\n4,x\n\n5,NaN\n6,\n7,\"1,5\"\n8,9\n", "f.csv"));
        Assert.Equal(["f.csv:3", "f.csv:4 column 'b'", "f.csv:6 column 'b'", "f.csv:7 column 'b'", "f.csv:8 column 'b'"], problems.Select(problem => problem.Where));
        Assert.Equal(["1 cells", "'x'", "'NaN'", "an empty cell", "'1,5'"], problems.Select(problem => problem.Found));
        Assert.Contains("'b' twice", Refused.Message(() => NumericCsv.Parse("a,b,b\n1,2,3\n", "f")).Replace("the column ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("a,\"b\n1,2")]
    [InlineData("a,\"b\"c\n1,2")]
    [InlineData("1,inf")]
    public void What_is_no_table_is_refused(string text) => Refused.By(() => NumericCsv.Parse(text, "f"));

    [Fact]
    public void A_header_without_rows_is_a_table_without_rows() => Assert.Equal(0, NumericCsv.Parse("a,b\n", "f").RowCount);

    [Fact]
    public void Text_that_is_not_utf8_is_refused()
    {
        _folder.Write("latin1.csv", [(byte)'a', 0xE9, (byte)'\n', (byte)'1']);
        Assert.Contains("UTF-8", Refused.Message(() => NumericCsv.Read(_folder["latin1.csv"])), StringComparison.Ordinal);
    }

    [Fact]
    public void Published_reference_samples_are_read()
    {
        var table = MatrixFile.Read(SharedData.Path("golden", "sbibm", "gaussian_linear", "obs01", "reference_posterior_samples.csv"));
        Assert.Equal((10_000, 10), (table.RowCount, table.ColumnCount));
    }
}
