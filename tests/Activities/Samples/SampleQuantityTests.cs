namespace ClusterSurvey.Activities.Samples;

public sealed class SampleQuantityTests
{
    private static readonly SampleTable Sample = SampleTable.Parse("""
        name,ra_deg,dec_deg,redshift,r500_kpc,m500_1e14msun,dynamical_state,radio_halo
        A,1,1,0.1,1000,10,relaxed,no
        B,1,1,0.2,1000,,Disturbed,mini-halo
        C,1,1,0.3,1000,1,mixed,yes
        D,1,1,0.4,1000,1,odd,candidate
        """, "sample.csv");

    [Theory]
    [InlineData("log10_m500_1e14msun", "1,-,0,0")]
    [InlineData("redshift", "0.1,0.2,0.3,0.4")]
    [InlineData("dynamical_state", "0,2,1,-")]
    [InlineData("radio_halo", "0,-,1,-")]
    [InlineData("gini", "-,-,-,-")]
    public void Words_have_their_place_and_what_is_in_none_is_unknown(string quantity, string values) =>
        Assert.Equal(values, string.Join(',', Sample.Rows.Select(row => SampleQuantity.All.Single(known => known.Name == quantity).Of(row)?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-")));

    [Fact]
    public void Every_quantity_is_a_column_of_the_sample_table() =>
        Assert.All(SampleQuantity.All, quantity => Assert.Contains(quantity.Column, SampleColumns.Known.Select(column => column.Name)));
}
