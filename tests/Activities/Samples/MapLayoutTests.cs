using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Support;

namespace ClusterSurvey.Activities.Samples;

public sealed class MapLayoutTests : IDisposable
{
    private const string Header = "name,ra_deg,dec_deg,redshift,r500_kpc";
    private readonly ScratchFolder _maps = new();

    public void Dispose() => _maps.Dispose();

    [Fact]
    public void Files_that_the_table_names_are_taken_as_they_stand()
    {
        Touch("a/c.img", "a/e.img", "a/m.reg", "m.fits");
        var files = Find("counts,exposure,background,mask,nh_map", "A1,10,20,0.1,1000,a/c.img,a/e.img,,a/m.reg;m.fits,");
        Assert.Equal((_maps["a/c.img"], _maps["a/e.img"], null, null), (files.Counts, files.Exposure, files.Background, files.ColumnDensity));
        Assert.Equal([_maps["a/m.reg"], _maps["m.fits"]], files.Masks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("A2142/")]
    [InlineData("a2142/")]
    public void The_layout_of_X_COP_is_found_flat_and_in_folders(string folder)
    {
        Touch($"{folder}mosaic_a2142.fits.gz", $"{folder}mosaic_a2142_expo.fits.gz", $"{folder}mosaic_a2142_bkg.fits.gz", $"{folder}src_ps.reg", $"{folder}A2142_nh.fits");
        var files = Find("", "A2142,10,20,0.1,1000");
        Assert.Equal(_maps[$"{folder}mosaic_a2142.fits.gz"], files.Counts);
        Assert.Equal(_maps[$"{folder}mosaic_a2142_expo.fits.gz"], files.Exposure);
        Assert.Equal(_maps[$"{folder}mosaic_a2142_bkg.fits.gz"], files.Background);
        Assert.Equal([_maps[$"{folder}src_ps.reg"]], files.Masks);
        Assert.Equal(_maps[$"{folder}A2142_nh.fits"], files.ColumnDensity);
    }

    [Fact]
    public void The_layout_of_CHEX_MATE_is_found()
    {
        const string Folder = "PSZ2 G040.03+74.95";
        Touch($"{Folder}/images_700_1200/epic-obj-im-700-1200.fits.gz", $"{Folder}/images_700_1200/epic-exp-im-700-1200.fits.gz", $"{Folder}/images_700_1200/epic-back-tot-sp-700-1200.fits.gz",
            $"{Folder}/regions/srclist_PSZ2G040.03+74.95.reg", $"{Folder}/PSZ2G040.03+74.95_nh.fits");
        var files = Find("", "PSZ2G040.03+74.95,10,20,0.1,1000");
        Assert.EndsWith("epic-obj-im-700-1200.fits.gz", files.Counts, StringComparison.Ordinal);
        Assert.EndsWith("epic-exp-im-700-1200.fits.gz", files.Exposure, StringComparison.Ordinal);
        Assert.EndsWith("epic-back-tot-sp-700-1200.fits.gz", files.Background, StringComparison.Ordinal);
        Assert.Single(files.Masks);
        Assert.NotNull(files.ColumnDensity);
    }

    [Fact]
    public void Every_missing_file_of_every_cluster_is_reported_at_once()
    {
        Touch("mosaic_A1.fits", "c.img");
        var table = SampleTable.Parse($"{Header},counts,exposure,mask\nA1,10,20,0.1,1000,,,\nA2,10,20,0.1,1000,,,\nA3,10,20,0.1,1000,c.img,e.img,x.reg;y.reg\n", "s.csv");
        var problems = Refused.By(() => MapLayout.Find(table, _maps.Path));
        Assert.Equal(["s.csv:2 (A1)", "s.csv:3 (A2)", "s.csv:4 (A3) exposure", "s.csv:4 (A3) mask", "s.csv:4 (A3) mask"], problems.Select(problem => problem.Where));
        Assert.Contains("exposure map", problems[0].Found, StringComparison.Ordinal);
        Assert.Contains("counts map", problems[1].Found, StringComparison.Ordinal);
        Refused.By(() => MapLayout.Find(table, _maps["none"]));
    }

    [Fact]
    public void One_cluster_is_not_given_the_maps_of_another()
    {
        Touch("mosaic_A21.fits", "mosaic_A21_expo.fits", "mosaic_A2142_expo.fits");
        Assert.Contains("no counts map", Refused.Message(() => Find("", "A2142,10,20,0.1,1000")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside/c.img")]
    [InlineData("link.img")]
    public void A_map_outside_of_the_folder_of_maps_is_refused(string counts)
    {
        using var outside = new ScratchFolder();
        File.WriteAllText(outside["c.img"], "x");
        Touch("e.img");
        File.CreateSymbolicLink(_maps["link.img"], outside["c.img"]);
        var path = counts.StartsWith("..", StringComparison.Ordinal) ? Path.GetRelativePath(_maps[""], outside["c.img"]) : counts;

        Assert.Contains("within the folders of the run", Refused.Message(() => Find("counts,exposure", $"A1,10,20,0.1,1000,{path},e.img")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_real_maps_are_found_by_their_columns()
    {
        var table = SampleTable.Parse($"""
            {Header},counts,exposure,background
            A3158,55.724583,-53.635278,0.0597,1123,{Real("rosat_a3158", "b_37")},{Real("rosat_a3158", "expose_mask_37")},{Real("rosat_a3158", "back_37")}
            """, "real.csv");
        Assert.All(MapLayout.Find(table, SharedData.Path("maps")), files => Assert.True(File.Exists(files.Counts) && File.Exists(files.Exposure) && File.Exists(files.Background)));
    }

    private static string Real(string folder, string stem) =>
        Path.Combine(folder, Path.GetFileName(Directory.GetFiles(SharedData.Path("maps", folder), stem + "*").Order(StringComparer.Ordinal).First()));

    private MapFiles Find(string columns, string row) =>
        Assert.Single(MapLayout.Find(SampleTable.Parse($"{Header}{(columns.Length > 0 ? "," : "")}{columns}\n{row}\n", "s.csv"), _maps.Path));

    private void Touch(params string[] names)
    {
        foreach (var name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_maps[name])!);
            File.WriteAllText(_maps[name], "");
        }
    }
}
