using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Support;

namespace ClusterSurvey.Runner.Tests.EndToEnd;

/// <summary>Maps of A3158 (ROSAT PSPC) and A1835 (XMM MOS2) as archives hold them, whose facts are the rows of the sample catalogues.</summary>
public sealed class RealMapsTests
{
    private const string Sample =
        """
        name,ra_deg,dec_deg,redshift,r500_kpc,theta500_arcmin,nh_1e20cm2,instrument,exposure_unit,counts,exposure,background
        A3158,55.724583,-53.635278,0.0597,1123,,1.1,ROSAT PSPC,s,rosat_a3158/b_37.fits.gz,rosat_a3158/expose_mask_37.fits.gz,rosat_a3158/back_37.fits.gz
        A1835,210.25833,2.87861,0.2528,,5.741,2.04,XMM MOS2,s,xmm_a1835_mos2/P0098010101M2U009IMAGE_3000.FTZ,xmm_a1835_mos2/P0098010101M2U009EXPMAP3000.FTZ,xmm_a1835_mos2/P0098010101M2X000BKGMAP3000.FTZ

        """;

    private static string Rosat(string file) => SharedData.Path("maps", "rosat_a3158", file);

    [Fact]
    public void Two_clusters_from_archives_go_from_their_files_to_the_report()
    {
        using var folder = new ScratchFolder();
        var run = SurveyProgram.Run("run", "cluster-survey", "--sample", folder.Write("two.csv", Sample), "--maps", SharedData.Path("maps"), "--out", folder["runs"], "--json",
            "--set", "pixels_across=32", "--set", "scales=0.2:1:4", "--set", "simulations=60", "--set", "ensemble=1", "--set", "grid=12", "--set", "draws=200").Expect(0).Json["folder"]!.GetValue<string>();

        var spectra = RunTable.Read<SpectrumRow>(Path.Combine(run, "spectra.parquet"));
        Assert.Equal(["A1835", "A3158"], spectra.Select(row => row.Cluster).Distinct());
        // Archive exposure maps fall to nothing in chip gaps; were those pixels used, their noise would put S at -11 beyond 0.5 R500.
        Assert.All(spectra, row => Assert.InRange(row.S!.Value, -3, 6));
        // Fluctuations of A1835 stand above its noise; what there is of them on large scales is taken up by the smooth factor, with some of the noise.
        Assert.Contains(spectra, row => row is { Cluster: "A1835", Region: "global", ScaleR500: < 0.25, S: > 0.3 });
        var draws = RunTable.Read<SampleDrawRow>(Path.Combine(run, "samples.parquet"));
        Assert.Equal(["", "A1835", "A3158"], draws.Select(row => row.Cluster).Distinct().Order(StringComparer.Ordinal));
        Assert.All(draws, row => Assert.InRange(row.Log10Sigma, -3, 1));
        // A1835 has the strong cool core of the two; the table has no morphology of either.
        var clusters = RunTable.Read<ClusterRow>(Path.Combine(run, "clusters.parquet")).Where(row => row.Region == "global").ToDictionary(row => row.Cluster);
        Assert.All(clusters.Values, row => Assert.Equal("measured", row.CentroidShiftSource));
        Assert.True(clusters["A1835"].Concentration > clusters["A3158"].Concentration + 5 * clusters["A3158"].ConcentrationMeasuredError);
        Assert.True(clusters["A1835"].Gini > clusters["A3158"].Gini);
        Assert.All(clusters.Values, row => Assert.InRange(row.CentroidShift!.Value, 0, 0.05));
        Assert.All(clusters.Values, row => Assert.InRange(row.MorphologyCoverage!.Value, 0.7, 1));
        var page = File.ReadAllText(Path.Combine(run, "report", "cluster-A3158.html"));
        Assert.Contains("ROSAT PSPC", page, StringComparison.Ordinal);
        Assert.Contains("counts where there is no exposure", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_spectrum_of_a_rosat_observation_stands_above_its_noise_on_large_scales_only()
    {
        using var folder = new ScratchFolder();
        var told = SurveyProgram.Run("spectrum", "--counts", Rosat("b_37.fits.gz"), "--exposure", Rosat("expose_mask_37.fits.gz"), "--background", Rosat("back_37.fits.gz"), "--ra", "55.724583", "--dec", "-53.635278",
            "--theta500", "16.22", "--annuli", "0.25,0.5,1", "--scales", "0.1:1:3", "--csv", folder["s.csv"], "--json").Expect(0).Json;
        var lines = File.ReadAllLines(folder["s.csv"]);
        Assert.Equal("region,scale_r500,power,null_power,s,n_pixels", lines[0]);
        var s = lines.Skip(1).Select(line => double.Parse(line.Split(',')[4], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(6, s.Length);
        Assert.Equal(s, told["rows"]!.AsArray().Select(row => row!["s"]!.GetValue<double>()));
        Assert.All((double[])[s[0], s[3]], small => Assert.InRange(small, -0.15, 0.15));
        Assert.All((double[])[s[2], s[5]], large => Assert.InRange(large, 0.3, 3));
    }

    [Fact]
    public void Inspection_names_what_is_odd_about_real_maps()
    {
        var folder = SurveyProgram.Run("inspect", SharedData.Path("maps", "rosat_a3158")).Expect(0).Output;
        Assert.Contains("b_37.fits.gz", folder, StringComparison.Ordinal);
        Assert.Contains("512x512", folder, StringComparison.Ordinal);
        Assert.Contains("11722", folder.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var xmm = SurveyProgram.Run("inspect", SharedData.Path("maps", "xmm_a1835_mos2", "P0098010101M2U009IMAGE_3000.FTZ"), "--json").Expect(0);
        Assert.Contains("648", xmm.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bad01_truncated.fits", "NAXIS")]
    [InlineData("bad02_wrong_naxis.fits", "NAXIS2")]
    [InlineData("bad06_zero_length.fits", "empty")]
    [InlineData("bad07_not_fits.fits", "SIMPLE")]
    [InlineData("bad08_bad_bitpix.fits", "BITPIX")]
    [InlineData("bad10_huge_naxis.fits", "NAXIS")]
    public void Inspection_names_file_and_keyword_of_a_damaged_map(string file, string names)
    {
        var outcome = SurveyProgram.Run("inspect", SharedData.Path("maps", "damaged", file)).Expect(ExitCode.BadInput);
        var said = outcome.Output + outcome.Errors;
        Assert.Contains(file, said, StringComparison.Ordinal);
        Assert.Contains(names, said, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }
}
