using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Maps;
using ClusterSurvey.Physics.Simulation;

namespace ClusterSurvey.Activities;

public sealed class CutHolesTests : IDisposable
{
    private const int Side = 40;

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Holes_cover_their_part_and_the_mask_before_them_is_kept_through_a_second_cut()
    {
        var store = new ArtifactStore(folder["store"]);
        bool[] usable = [.. Enumerable.Range(0, Side * Side).Select(i => i % Side > 3)];
        var maps = new MapSet
        {
            Name = "A85", Width = Side, Height = Side, Counts = new double[Side * Side], Exposure = [.. Enumerable.Repeat(1.0, Side * Side)], Background = new double[Side * Side], Mask = usable,
            ColumnDensityCm2 = 1e20, PixelR500 = 0.06, R500Kpc = 1200, Redshift = 0.05, CentreX = 19.5, CentreY = 19.5,
        };
        var whole = new StoredMaps(maps, []).Save(store);
        var once = Cut(store, whole);
        var twice = Cut(store, once);

        Assert.Null(Read(whole).MaskBeforeHoles);
        Assert.InRange(1 - Used(once) / (double)usable.Count(used => used), 0.1, 0.105);
        Assert.InRange(1 - Used(twice) / (double)Used(once), 0.1, 0.105);
        Assert.Equal(usable, Read(once).MaskBeforeHoles);
        Assert.Equal(usable, Read(twice).MaskBeforeHoles);
        Assert.Equal(usable, FieldGeometry.Of(Read(twice)).Counted);
        Assert.Equal(once, Cut(store, whole));

        MapSet Read(Artifact artifact) => StoredMaps.Load(store, artifact).Maps;
        int Used(Artifact artifact) => Read(artifact).Mask.Count(used => used);
    }

    private Artifact Cut(ArtifactStore store, Artifact maps)
    {
        var step = new CutHoles { Maps = maps };
        step.Run(new StepContext { Seed = new Seed(1), Store = store, Run = new RunFolder(folder["run"]) });
        return step.WithHoles!;
    }
}
