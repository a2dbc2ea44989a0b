using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Support;

namespace ClusterSurvey.Activities.Settings;

public sealed class InstrumentTableTests
{
    private const string Header = "instrument,aliases,component,profile,core_radius_arcsec,slope,half_energy_width_arcsec,weight,source\n";

    private static InstrumentTable Shipped => InstrumentTable.Read(Path.Combine(SharedData.RepositoryRoot, "data", "instruments.csv"));

    [Fact]
    public void XMM_is_the_sum_of_its_cameras_by_whatever_name()
    {
        var xmm = Shipped.Find("XMM");
        Assert.Equal([new PsfComponent(6.6, 1.5, null, 1065), new PsfComponent(5, 1.45, null, 566)], xmm);
        foreach (var name in (string[])["xmm", "XMM-Newton", "xmm newton", "EPIC"]) Assert.Equal(xmm, Shipped.Find(name));
        Assert.Equal([6.6], Shipped.Find("EPIC pn").Select(component => component.CoreRadiusArcsec));
        Assert.Equal([5], Shipped.Find("MOS").Select(component => component.CoreRadiusArcsec));
    }

    [Fact]
    public void An_instrument_that_is_not_known_has_no_function()
    {
        Assert.Empty(Shipped.Find("ROSAT"));
        Assert.Empty(Shipped.Find(null));
        Assert.Null(PsfComponent.Sum([]));
    }

    [Fact]
    public void Every_cluster_of_the_shipped_samples_is_XMMs()
    {
        foreach (var sample in (string[])["xcop", "chexmate"])
            Assert.All(SampleTable.Read(Path.Combine(SharedData.RepositoryRoot, "data", "samples", $"{sample}.csv")).Rows, row => Assert.Equal(2, Shipped.Find(row.Instrument).Count));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("instrument\nXMM\n", "instrument,aliases")]
    [InlineData(Header + "A,,a,kign,1,2,,1,x\n", "kign")]
    [InlineData(Header + "A,,a,king,0,2,,1,x\n", "core_radius_arcsec")]
    [InlineData(Header + "A,,a,king,5,1,,1,x\n", "slope")]
    [InlineData(Header + "A,,a,gaussian,5,1,,1,x\n", "half_energy_width_arcsec")]
    [InlineData(Header + "A,,a,gaussian,,,15,inf,x\n", "weight")]
    [InlineData(Header + "A,,a\n", "3 cells")]
    public void A_table_that_is_none_is_refused(string text, string says)
        => Assert.Contains(says, Refused.Message(() => InstrumentTable.Parse(text, "instruments.csv")), StringComparison.Ordinal);
}
