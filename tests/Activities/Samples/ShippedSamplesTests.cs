using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Support;

namespace ClusterSurvey.Activities.Samples;

/// <summary>The facts in data/samples against what the publications say and what follows from them.</summary>
public sealed class ShippedSamplesTests
{
    private static readonly SampleTable Xcop = SampleTable.Read(Data("samples", "xcop.csv"));
    private static readonly SampleTable ChexMate = SampleTable.Read(Data("samples", "chexmate.csv"));

    [Fact]
    public void X_COP_has_twelve_clusters_with_a_source_for_every_fact()
    {
        Assert.Equal(["A85", "A644", "A1644", "A1795", "A2029", "A2142", "A2255", "A2319", "A3158", "A3266", "RXC1825", "ZW1215"], Xcop.Names);
        Assert.All(Xcop.Rows, row =>
        {
            Assert.NotNull(row.R500Kpc);
            Assert.Contains("Ettori et al. 2019", row.Extra["r500_source"], StringComparison.Ordinal);
            Assert.NotEmpty(row.Extra["coordinates_source"]);
            Assert.Equal(row.CentroidShift is not null, row.Extra.ContainsKey("morphology_source"));
            Assert.Equal(row.ColumnDensity1E20Cm2 is not null, row.Extra.ContainsKey("nh_source"));
            Assert.Equal(row.RadioHalo is not null, row.Extra.ContainsKey("radio_halo_source"));
        });
        Assert.Equal(8, Xcop.Rows.Count(row => row.CentroidShift is not null));
    }

    [Fact]
    public void Centroid_shifts_are_in_R500_and_not_in_thousandths()
    {
        Assert.Equal(0.00385, Xcop.Rows[0].CentroidShift);
        Assert.Equal(["A2255", "A2319", "A3266"], Xcop.Where("centroid_shift > 0.02", TestContext.Current.CancellationToken));
    }

    [Fact]
    public void CHEX_MATE_has_118_clusters_in_two_tiers_of_61()
    {
        Assert.Equal(118, ChexMate.Rows.Count);
        Assert.Equal((61, 61, 4), (Count("tier IN (1, 12)"), Count("tier IN (2, 12)"), Count("tier = 12")));
        Assert.All(ChexMate.Rows, row => Assert.All(new[] { "coordinates", "redshift", "theta500", "m500", "nh" }, fact => Assert.NotEmpty(row.Extra[$"{fact}_source"])));
        Assert.All(ChexMate.Rows, row => Assert.Null(row.CentroidShift));
    }

    [Theory]
    [InlineData("X-COP")]
    [InlineData("CHEX-MATE")]
    public void Radii_follow_from_masses_in_the_cosmology_of_the_survey(string sample)
    {
        // R500 = (3 M / (4 pi 500 rho_c))^(1/3), rho_c = 3 H^2 / (8 pi G), flat, H0 = 70, Omega_m = 0.3.
        foreach (var row in (sample == "X-COP" ? Xcop : ChexMate).Rows)
        {
            var hubble2 = 70.0 * 70.0 * ((0.3 * Math.Pow(1 + row.Redshift, 3)) + 0.7);
            var r500Kpc = 1000 * Math.Cbrt(row.M5001E14Msun!.Value * 1e14 * 4.30091e-9 / (250 * hubble2));
            Assert.Equal(1, (row.R500Kpc ?? (row.Theta500Arcmin!.Value * KpcPerArcmin(row.Redshift))) / r500Kpc, 0.0025);
        }
    }

    [Fact]
    public void Exclusions_are_names_of_the_sample_where_they_say_so()
    {
        var records = CsvText.Parse(File.ReadAllText(Data("samples", "chexmate-exclusions.csv")), "exclusions").Skip(1).ToList();
        Assert.Equal(21, records.Count);
        Assert.All(records, record => Assert.Equal(record.Cells[2] == "yes", ChexMate.Names.Contains(record.Cells[0])));
        Assert.Equal(records.Where(record => record.Cells[2] == "yes").Select(record => record.Cells[0]).Order(),
            ChexMate.Where("excluded_2024 = 'yes'", TestContext.Current.CancellationToken).Order());
    }

    [Fact]
    public void Every_result_of_the_literature_has_a_source_and_no_error_without_a_value()
    {
        var records = CsvText.Parse(File.ReadAllText(Data("literature.csv")), "literature").ToList();
        Assert.Equal(["quantity", "sample", "subsample", "region", "value", "err_low", "err_high", "unit", "status", "notes", "source"], records[0].Cells);
        Assert.All(records.Skip(1), record =>
        {
            Assert.NotEmpty(record.Cells[10]);
            Assert.All(record.Cells[4..7], cell => Assert.True(cell.Length == 0 || double.TryParse(cell, System.Globalization.CultureInfo.InvariantCulture, out _), cell));
            Assert.True(record.Cells[4].Length > 0 || record.Cells[5].Length == 0);
        });
    }

    [Fact]
    public void The_list_of_columns_is_the_one_of_the_program()
    {
        var records = CsvText.Parse(File.ReadAllText(Data("samples", "COLUMNS.csv")), "columns").Skip(1).Select(record => string.Join('|', record.Cells));
        Assert.Equal(SampleColumns.Known.Select(column => $"{column.Name}|{column.Unit}|{column.Meaning}"), records);
    }

    private static int Count(string where) => ChexMate.Where(where, TestContext.Current.CancellationToken).Count;

    [Fact]
    public void The_settings_of_CHEX_MATE_divide_its_sample()
    {
        var settings = SurveySettings.Read(Data("surveys", "chexmate.json"));
        Assert.Equal("chexmate-exclusions", Assert.Single(settings.Exclude).File);
        var groupings = SampleDivision.By(settings with { Exclude = [] }, ChexMate).Groupings;
        Assert.Equal(["mass, Tier 1", "redshift, Tier 2", "dynamical state", "radio halo"], groupings.Select(grouping => grouping.Name));
        // 57 clusters are in either tier alone, and four in both.
        Assert.All(groupings.Take(2), grouping => Assert.Equal(61, grouping.Groups.Sum(group => group.Clusters.Count)));
        Assert.All(groupings.Take(2).SelectMany(grouping => grouping.Groups), group => Assert.InRange(group.Clusters.Count, 19, 22));
        // The table has no centroid shifts: a survey measures them.
        Assert.Equal(118, groupings[2].LeftOut.Count);
        Assert.Equal([4, 0], groupings[3].Groups.Select(group => group.Clusters.Count));
    }

    private static string Data(params string[] parts) => Path.Combine([SharedData.RepositoryRoot, "data", .. parts]);

    private static double KpcPerArcmin(double redshift)
    {
        const int Steps = 400;
        var sum = 0.0;
        for (var i = 0; i < Steps; i++) sum += 1 / Math.Sqrt((0.3 * Math.Pow(1 + ((i + 0.5) * redshift / Steps), 3)) + 0.7);
        return 299792.458 / 70 * sum * redshift / Steps / (1 + redshift) * 1000 * Math.PI / 180 / 60;
    }
}
