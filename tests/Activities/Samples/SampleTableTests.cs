using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Tables;
using CsCheck;

namespace ClusterSurvey.Activities.Samples;

public sealed class SampleTableTests
{
    private const string Header = "name,ra_deg,dec_deg,redshift,r500_kpc,theta500_arcmin";

    [Fact]
    public void Every_known_column_is_read()
    {
        var row = Assert.Single(SampleTable.Parse("""
            name,ra_deg,dec_deg,redshift,theta500_arcmin,nh_1e20cm2,m500_1e14msun,tier,centroid_shift,concentration,gini,zernike,dynamical_state,radio_halo,instrument,exposure_unit,background_factor,counts,exposure,background,mask,nh_map,alt_name,r500_source,my_class
            A1,10,-20,0.1,5.5,3.2,4.1,12,0.01,0.3,0.7,0.5,relaxed,TRUE,ROSAT,cm2_s,0.5,c.fits,e.fits,b.fits,a.reg; b.fits ;,nh.fits,Abell 1,a paper,x
            """, "s.csv").Rows);
        Assert.Equal(("A1", 10.0, -20.0, 0.1, (double?)null, (double?)5.5), (row.Name, row.RaDeg, row.DecDeg, row.Redshift, row.R500Kpc, row.Theta500Arcmin));
        Assert.Equal((3.2, 4.1, 12, 0.01, 0.3, 0.7, 0.5), (row.ColumnDensity1E20Cm2, row.M5001E14Msun, row.Tier, row.CentroidShift, row.Concentration, row.Gini, row.Zernike));
        Assert.Equal(("relaxed", "yes", "ROSAT", "cm2_s", 0.5), (row.DynamicalState, row.RadioHalo, row.Instrument, row.ExposureUnit, row.BackgroundFactor));
        Assert.Equal(("c.fits", "e.fits", "b.fits", "nh.fits"), (row.Maps.Counts, row.Maps.Exposure, row.Maps.Background, row.Maps.ColumnDensity));
        Assert.Equal(["a.reg", "b.fits"], row.Maps.Masks);
        Assert.Equal(["alt_name=Abell 1", "my_class=x", "r500_source=a paper"], row.Extra.Select(pair => $"{pair.Key}={pair.Value}"));
    }

    [Fact]
    public void An_empty_cell_is_unknown()
    {
        var row = SampleTable.Parse($"{Header},tier,radio_halo,background_factor,exposure_unit\nA1,10,-20,0.1,1000,,,,,\n", "s.csv").Rows[0];
        Assert.Equal((null, null, 1.0, "s"), (row.Tier, row.RadioHalo, row.BackgroundFactor, row.ExposureUnit));
    }

    [Fact]
    public void Every_problem_of_every_row_is_gathered()
    {
        var problems = Refused.By(() => SampleTable.Parse($"""
            {Header},exposure_unit,radio_halo,counts,exposure,centroid_shift
            A1,400,-91,,,,m2_s,maybe,c.fits,,3.85
            A2,10,20,0.1,1000,5,,,,,
            ,10,20,abc,1000,,,,,,
            A4,10,20,0.1,1000
            """, "s.csv"));
        string[] expected =
        [
            "s.csv:2 (A1) ra_deg", "s.csv:2 (A1) dec_deg", "s.csv:2 (A1) redshift", "s.csv:2 (A1) centroid_shift", "s.csv:2 (A1) radio_halo", "s.csv:2 (A1) exposure_unit",
            "s.csv:2 (A1) r500_kpc", "s.csv:2 (A1) exposure", "s.csv:3 (A2) r500_kpc", "s.csv:4 name", "s.csv:4 redshift", "s.csv:5",
        ];
        Assert.Equal(expected, problems.Select(problem => problem.Where));
        Assert.All(problems, problem => Assert.NotEmpty(problem.Remedy));
    }

    [Fact]
    public void Names_are_distinct_and_fit_for_folders()
    {
        var problems = Refused.By(() => SampleTable.Parse($"{Header}\nA1,10,20,0.1,1000,\na1,10,20,0.1,1000,\n../up,10,20,0.1,1000,\n", "s.csv"));
        Assert.Contains("lines 2, 3", problems[0].Found, StringComparison.Ordinal);
        Assert.Contains("'../up'", problems[1].Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redshif", "redshift")]
    [InlineData("Gini", "gini")]
    [InlineData("z", "redshift")]
    [InlineData("centroidshift", "centroid_shift")]
    [InlineData("r500", "r500_kpc")]
    [InlineData("exposure_units", "exposure_unit")]
    public void A_column_that_is_nearly_a_known_one_is_an_error(string column, string meant)
    {
        var problem = Assert.Single(Refused.By(() => SampleTable.Parse($"{Header},{column}\nA1,10,20,0.1,1000,,1\n", "s.csv")));
        Assert.Equal(($"s.csv:1 column '{column}'", $"'{meant}'"), (problem.Where, problem.Expected));
    }

    [Theory]
    [InlineData("my_flag")]
    [InlineData("gini_source")]
    [InlineData("kt_kev")]
    [InlineData("psz2_name")]
    public void Other_columns_are_kept_as_text(string column) =>
        Assert.Equal("007", SampleTable.Parse($"{Header},{column}\nA1,10,20,0.1,1000,,007\n", "s.csv").Rows[0].Extra[column]);

    [Fact]
    public void Missing_columns_and_empty_tables_are_errors()
    {
        Assert.Equal(2, Refused.By(() => SampleTable.Parse("name,ra_deg,dec_deg\nA1,1,2\n", "s.csv")).Count);
        Refused.By(() => SampleTable.Parse(Header + "\n", "s.csv"));
        Refused.By(() => SampleTable.Parse("", "s.csv"));
    }

    [Fact]
    public void A_selection_keeps_the_order_and_names_every_stranger()
    {
        var table = SampleTable.Parse($"{Header}\nA1644,10,20,0.1,1000,\nA85,10,20,0.1,1000,\nA2142,10,20,0.1,1000,\n", "s.csv");
        Assert.Equal(["A1644", "A2142"], table.Select("A2142, A1644").Names);
        var problems = Refused.By(() => table.Select("A2124,A85,XYZ"));
        Assert.Equal(["no cluster 'A2124'", "no cluster 'XYZ'"], problems.Select(problem => problem.Found));
        Assert.Equal("did you mean 'A2142'?", problems[0].Remedy);
        Refused.By(() => table.Select(","));
    }

    [Fact]
    public void The_canonical_form_does_not_depend_on_the_order_of_columns_or_the_writing_of_numbers()
    {
        var one = SampleTable.Parse("name,ra_deg,dec_deg,redshift,r500_kpc,zebra,apple\nA1,10,-20,0.1,1000,1,2\n", "s.csv").Rows[0];
        var two = SampleTable.Parse("apple,r500_kpc,zebra,redshift,name,dec_deg,ra_deg,gini\n2,1e3,1,0.10,A1,-20.0,10.000,\n", "other.csv").Rows[0];
        Assert.Equal(one.CanonicalJson(), two.CanonicalJson());
        Assert.Equal("""{"name":"A1","ra_deg":10,"dec_deg":-20,"redshift":0.1,"r500_kpc":1000,"exposure_unit":"s","background_factor":1,"apple":"2","zebra":"1"}""", one.CanonicalJson());
    }

    [Fact]
    public void Notes_indicators_and_paths_do_not_change_what_the_analysis_depends_on()
    {
        var one = SampleTable.Parse("name,ra_deg,dec_deg,redshift,r500_kpc\nA1,10,-20,0.1,1000\n", "s.csv").Rows[0];
        var two = SampleTable.Parse("name,ra_deg,dec_deg,redshift,r500_kpc,notes,gini,counts,exposure\nA1,10,-20,0.1,1000,checked,0.7,c.fits,e.fits\n", "s.csv").Rows[0];
        Assert.Equal(one.ObservationJson(), two.ObservationJson());
        Assert.NotEqual(one.ObservationJson(), (one with { Redshift = 0.11 }).ObservationJson());
        Assert.NotEqual(one.CanonicalJson(), two.CanonicalJson());
    }

    [Fact]
    public void Any_text_is_a_table_or_bad_input()
    {
        Gen.Char["a,1.-\"\n z"].Array[0, 40].Select(letters => new string(letters)).Sample(text =>
        {
            try
            {
                return SampleTable.Parse($"{Header},{text}\nA1,10,20,0.1,1000,,{text}", "s.csv").Rows.Count > 0;
            }
            catch (BadInputException refused)
            {
                return refused.Problems.Count > 0;
            }
        }, iter: 2000, threads: 1);
    }

    [Fact]
    public void The_canonical_form_is_json_whatever_the_text()
    {
        var row = SampleTable.Parse($"{Header}\nA1,10,20,0.1,1000,\n", "s.csv").Rows[0];
        Gen.String.Sample(text => (string?)JsonNode.Parse((row with { Instrument = text }).CanonicalJson())!["instrument"] == text, iter: 200, threads: 1);
    }
}
