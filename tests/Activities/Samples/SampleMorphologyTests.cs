using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Physics.Morphology;

namespace ClusterSurvey.Activities.Samples;

public sealed class SampleMorphologyTests
{
    private static readonly SampleTable Sample = SampleTable.Parse("""
        name,ra_deg,dec_deg,redshift,r500_kpc,centroid_shift
        A,1,1,0.1,1000,0.004
        B,1,1,0.1,1000,
        C,1,1,0.1,1000,0.03
        D,1,1,0.1,1000,
        """, "sample.csv");

    // D was not measured, or has not come so far.
    private static readonly Dictionary<string, ClusterMorphology> Measured = new()
    {
        ["A"] = Shape(0.005, 0.4), ["B"] = Shape(0.025, 0.1), ["C"] = Shape(0.028, null),
    };

    [Fact]
    public void The_table_comes_first_and_measured_values_fill_its_gaps()
    {
        var morphology = new SampleMorphology(Sample, Measured, SampleMorphology.Table);
        Assert.Equal([0.004, 0.025, 0.03, null], morphology.Sample.Rows.Select(row => row.CentroidShift));
        Assert.Equal([0.4, 0.1, null, null], morphology.Sample.Rows.Select(row => row.Concentration));
        Assert.Equal(["table", "measured", "table", ""], morphology.Sample.Names.Select(name => morphology.Of(name, "centroid_shift").Source));
        Assert.Equal(["measured", "measured", "", ""], morphology.Sample.Names.Select(name => morphology.Of(name, "concentration").Source));
        var note = Assert.Single(morphology.Notes());
        Assert.Contains("centroid_shift of 2 clusters from the table and of 1 measured", note, StringComparison.Ordinal);
    }

    [Fact]
    public void The_setting_takes_measured_values_for_all_clusters()
    {
        var morphology = new SampleMorphology(Sample, Measured, SampleMorphology.Measured);
        Assert.Equal([0.005, 0.025, 0.028, null], morphology.Sample.Rows.Select(row => row.CentroidShift));
        Assert.Equal("", morphology.Of("D", "centroid_shift").Source);
        Assert.Empty(morphology.Notes());
    }

    [Fact]
    public void Groups_and_cuts_use_what_was_measured_and_leave_out_who_has_nothing()
    {
        var settings = new SurveySettings().With(
        [
            """subsamples=[{"name":"state","column":"centroid_shift","quantiles":2},{"name":"core","column":"concentration","quantiles":2}]""",
            """exclude=[{"where":"centroid_shift > 0.029","reason":"disturbed"}]""",
        ]);
        var division = SampleDivision.By(settings, new SampleMorphology(Sample, Measured, SampleMorphology.Table).Sample);
        Assert.Equal([new("C", "disturbed")], division.Excluded);
        Assert.Equal(["A", "B"], division.Groupings[0].Groups.Select(group => Assert.Single(group.Clusters)));
        Assert.Equal([new("D", "no number in centroid_shift")], division.Groupings[0].LeftOut);
        Assert.Equal([new("D", "no number in concentration")], division.Groupings[1].LeftOut);

        // Before anything is measured the column is known all the same: no error, and everyone is left out.
        var before = SampleDivision.By(settings, new SampleMorphology(Sample, new Dictionary<string, ClusterMorphology>(), SampleMorphology.Table).Sample);
        Assert.Equal(3, before.Groupings[1].LeftOut.Count);
    }

    private static ClusterMorphology Shape(double shift, double? concentration) =>
        new(new Indicator(shift, 0.001), concentration is { } known ? new Indicator(known, 0.01) : null, null, null, 0.95);
}
