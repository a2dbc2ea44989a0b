using ClusterSurvey.Activities.Inspection;
using ClusterSurvey.Activities.Tests.Fits;

namespace ClusterSurvey.Activities.Tests.Inspection;

public sealed class MapSetFinderTests : IDisposable
{
    private static readonly byte[] Map = FitsBytes.Primary(8, 1, 1).End().Raw(1).Fill().ToArray();

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Xcop_maps_are_found_by_their_names()
    {
        string[] files = ["mosaic_A2142.fits.gz", "mosaic_A2142_expo.fits.gz", "mosaic_A2142_bkg.fits.gz", "src_ps.reg", "A2142_nh.fits"];
        foreach (var file in files) folder.File(file, Map);
        var maps = Assert.Single(MapSetFinder.Find(folder.Path));
        Assert.Equal("A2142", maps.Name);
        Assert.Equal(files, new[] { maps.Counts, maps.Exposure, maps.Background, Assert.Single(maps.Masks), maps.ColumnDensity }.Select(Path.GetFileName));
    }

    [Fact]
    public void Chex_mate_maps_are_found_in_their_folders()
    {
        string[] files =
        [
            "images_700_1200/epic-obj-im-700-1200.fits.gz", "images_700_1200/epic-exp-im-700-1200.fits.gz", "images_700_1200/epic-back-tot-sp-700-1200.fits.gz",
            "regions/srclist_PSZ2G040.reg", "PSZ2G040_nh.fits",
        ];
        foreach (var file in files) folder.File(Path.Combine("PSZ2G040", file), Map);
        var maps = Assert.Single(MapSetFinder.Find(Path.Combine(folder.Path, "PSZ2G040")));
        Assert.Equal("PSZ2G040", maps.Name);
        Assert.Equal(files, new[] { maps.Counts, maps.Exposure, maps.Background, Assert.Single(maps.Masks), maps.ColumnDensity }.Select(file => Path.GetRelativePath(Path.Combine(folder.Path, "PSZ2G040"), file!)));
    }

    [Fact]
    public void Several_clusters_in_a_folder_are_several_sets()
    {
        foreach (var name in (string[])["A85", "A2029"]) folder.File($"mosaic_{name}.fits", Map);
        Assert.Equal(["A2029", "A85"], MapSetFinder.Find(folder.Path).Select(maps => maps.Name));
    }

    [Fact]
    public void Names_that_leave_several_readings_make_no_set()
    {
        folder.File("one.fits", Map);
        folder.File("exposure.fits", Map);
        Assert.Single(MapSetFinder.Find(folder.Path));
        folder.File("two.fits", Map);
        Assert.Empty(MapSetFinder.Find(folder.Path));
    }
}
