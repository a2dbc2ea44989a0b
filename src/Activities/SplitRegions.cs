using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Physics.Spectra;

namespace ClusterSurvey.Activities;

[Step("Spectra", "Split regions", "Splits a cluster into regions by the elliptical radius of its mean model, and lays down the scales of its spectra.", RunsInPlan = true)]
public sealed class SplitRegions : Step
{
    [Input("The maps of the cluster.", Order = 1)]
    public required Artifact Maps { get; init; }

    [Input("The mean model of the cluster.", Order = 2)]
    public required Artifact MeanModel { get; init; }

    [Input("The regions: name, inner and outer elliptical radius in R500.", Order = 3)]
    public IReadOnlyList<RadialRegion> Regions { get; init; } = RadialRegion.Standard;

    [Input("Scales in geometric progression, as LO:HI:N in R500.", Unit = "R500", Order = 4)]
    public string Scales { get; init; } = "0.1:1:8";

    [Output("The regions of the cluster.")]
    public Artifact? RegionSet { get; private set; }

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var maps = StoredMaps.Load(context.Store, Maps).Maps;
        var range = ScaleRange.Of(Scales);
        if (!ScaleGrid.Resolves(maps.PixelR500, range.SmallestR500))
            throw new BadInputException(maps.Name, $"a smallest scale of {range.SmallestR500:g3} R500 on pixels of {maps.PixelR500:g3} R500",
                "3 pixels at least", "raise the smallest scale, or pixels_across (the native maps set the limit)");
        var posterior = StoredMeanModel.Load(context.Store, MeanModel);
        var radius = posterior.Model(maps).EllipticalRadius(posterior.Best);
        var pixels = Regions.Select(region => (Region: region, Pixels: region.Pixels(radius, maps.Mask))).ToList();
        var few = pixels.Where(region => region.Pixels.Count(inside => inside) < RegionSpectra.FewestPixels).ToList();
        var kept = pixels.Except(few).ToList();
        if (kept.Count == 0)
            throw new BadInputException(maps.Name, "no region with usable pixels", $"{RegionSpectra.FewestPixels} usable pixels in one region at least",
                "check exposure and mask of this cluster");
        var dropped = few.Select(region =>
            new DroppedRegion(region.Region.Name, $"{region.Pixels.Count(inside => inside)} usable pixels, {RegionSpectra.FewestPixels} needed"));
        RegionSet = new StoredRegions(
            [.. kept.Select(region => region.Region)], [.. kept.Select(region => region.Pixels)], radius, range.Values(), [.. dropped])
            .Save(context.Store, maps.Width);
        return Done;
    }
}
