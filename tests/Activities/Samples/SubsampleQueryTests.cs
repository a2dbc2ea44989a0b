using ClusterSurvey.Activities.Tables;

namespace ClusterSurvey.Activities.Samples;

public sealed class SubsampleQueryTests
{
    private static readonly SampleTable Table = SampleTable.Parse("""
        name,ra_deg,dec_deg,redshift,r500_kpc,m500_1e14msun,radio_halo,tier,"my ""class"
        A2142,10,20,0.09,1400,8.9,yes,12,x
        A85,10,20,0.055,1200,5.6,,1,x
        A644,10,20,0.07,1230,5.7,no,1,
        """, "s.csv");

    [Theory]
    [InlineData("redshift < 0.08", "A85,A644")]
    [InlineData("true", "A2142,A85,A644")]
    [InlineData("radio_halo = 'yes' OR tier = 12", "A2142")]
    [InlineData("radio_halo IS NULL", "A85")]
    [InlineData("\"my \"\"class\" = 'x'", "A2142,A85")]
    [InlineData("m500_1e14msun >= (SELECT median(m500_1e14msun) FROM sample)", "A2142,A644")]
    [InlineData("name IN ('A85', 'A2142') -- two of them", "A2142,A85")]
    [InlineData("(gini > 0.5)", "")]
    [InlineData("gini IS NULL", "A2142,A85,A644")]
    [InlineData("name LIKE 'A%;--' OR name = 'A85'", "A85")]
    public void A_condition_selects_names_in_the_order_of_the_table(string sql, string names) =>
        Assert.Equal(names, string.Join(',', Table.Where(sql, TestContext.Current.CancellationToken)));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("redshif < 0.1")]
    [InlineData("redshift <")]
    [InlineData("true; DROP TABLE sample")]
    [InlineData("true) UNION SELECT (name")]
    [InlineData("true) ORDER BY (1")]
    [InlineData("true), (1")]
    [InlineData("true) FROM sample WHERE (true")]
    [InlineData("true) -- ")]
    [InlineData("name IN (SELECT * FROM read_csv('/etc/passwd'))")]
    [InlineData("name IN (SELECT content FROM read_text('/etc/passwd'))")]
    [InlineData("name IN (SELECT file FROM glob('/*'))")]
    [InlineData("name IN (SELECT column0 FROM '/etc/passwd')")]
    [InlineData("name IN (SELECT name FROM duckdb_settings())")]
    [InlineData("name IN (SELECT table_name FROM information_schema.tables)")]
    [InlineData("(SELECT count(*) FROM range(1000000000)) > 0")]
    [InlineData("name = (WITH t AS (SELECT 1 FROM range(9)) SELECT 'A85' FROM t)")]
    [InlineData("CAST(name AS INTEGER) > 0")]
    public void Anything_else_is_refused(string sql)
    {
        var problem = Assert.Single(Refused.By(() => Table.Where(sql, TestContext.Current.CancellationToken)));
        Assert.Equal($"where \"{sql}\"", problem.Where);
        Assert.NotEmpty(problem.Found);
    }

    [Fact]
    public void A_column_of_the_sample_may_have_any_name()
    {
        var table = SampleTable.Parse("name,ra_deg,dec_deg,redshift,r500_kpc,rowid,select,'; DROP TABLE sample\nA2,10,20,0.1,1000,9,x,y\nA1,10,20,0.1,1000,1,x,z\n", "s.csv");
        Assert.Equal(["A2", "A1"], table.Where("\"select\" = 'x'", TestContext.Current.CancellationToken));
        Assert.Equal(["A1"], table.Where("\"'; DROP TABLE sample\" = 'z'", TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_column_that_is_not_there_is_named_on_one_line()
    {
        var message = Refused.Message(() => Table.Where("redshit > 5", TestContext.Current.CancellationToken));
        Assert.Contains("\"redshit\" not found", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_cancelled_query_is_cancelled()
    {
        // Left alone the condition ends by itself, without this exception, after some twenty seconds.
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        const string Endless = "(SELECT count(*) FROM sample a, sample b, sample c, sample d, sample e, sample f, sample g, sample h, sample i, sample j, sample k, sample l, sample m, sample n, sample o, sample p, sample q, sample r, sample s, sample t) > 0";
        Assert.ThrowsAny<OperationCanceledException>(() => Table.Where(Endless, cancelled.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => Table.Where("true", cancelled.Token));
    }
}
