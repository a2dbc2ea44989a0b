using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Foundation;
using ClusterSurvey.Support;

namespace ClusterSurvey.Activities;

public sealed class LoadMapsTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_radius_that_no_map_holds_is_bad_input()
    {
        InputFile Map(string file) => new(SharedData.Path("maps", "damaged", file));
        var cluster = new ClusterObservation
        {
            Name = "A", RaDeg = 210.2583, DecDeg = 2.8786, Redshift = 0.25, R500Kpc = 1e300, ExposureUnit = "s", BackgroundFactor = 1,
            Counts = Map("ok_counts.fits"), Exposure = Map("ok_exposure.fits"),
        };
        var context = new StepContext { Seed = new Seed(1), Store = new ArtifactStore(folder["store"]), Run = new RunFolder(folder["run"]) };
        var step = new LoadMaps { Cluster = cluster };
        Assert.Contains("ok_counts.fits", Refused.Message(() => step.Run(context)), StringComparison.Ordinal);
    }
}
